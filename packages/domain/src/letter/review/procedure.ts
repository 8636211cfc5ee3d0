import { choice, code, label, words } from '../../form/schema.ts';
import type { Action, Field } from '../../procedure/schema.ts';

const OFFICE: Action['by'] = [{ capability: 'letter.accept', relation: 'receivingBody' }];
/**
 * The reviewing body becomes the lead body. Who accepted the letter or answered it is locked out even if he now sits there: of the opinion, and
 * of every step that leads to it or serves it.
 */
const REVIEWER: Action['by'] = [{ capability: 'letter.review', relation: 'leadBody' }];
const BEFORE: Action['notBy'] = ['decide', 'handle'];
const BEFORE_REVIEW: Action['notBy'] = [...BEFORE, 'verify'];
/** The writer asks, or the window logs a request on paper. */
const ASKS: Action['by'] = [{ relation: 'reporter' }, { capability: 'case.register', relation: 'receivingBody' }];

const BODY: Field[] = [
  { ...code('organizationId', label('受理机关', 'Reviewing body'), 'organization', { seenBy: ['reporter'] }), notLead: true },
  words('note', label('转送说明', 'Note'), { required: false }),
];
const OPINION: Field[] = [
  { id: 'opinionNumber', label: label('意见书文号', 'Number of the opinion'), type: 'text', required: false, content: false },
  choice(
    'outcome',
    label('意见', 'Outcome'),
    [
      ['upheld', '维持', 'Upheld', true],
      ['changed', '变更', 'Changed'],
      ['revoked', '撤销', 'Revoked'],
    ],
    { seenBy: ['reporter'] },
  ),
  words('opinion', label('意见和依据', 'Opinion and its basis'), { seenBy: ['reporter'] }),
];
const SERVICE: Field[] = [
  code('servedOn', label('签收日期', 'Date of service'), 'date', { seenBy: ['reporter'] }),
  choice('means', label('送达方式', 'Means of service'), [
    ['inPerson', '直接送达', 'In person'],
    ['post', '邮寄送达', 'By post'],
    ['left', '留置送达', 'Left with witnesses'],
    ['publicNotice', '公告送达', 'Public notice'],
  ]),
];
const PAPER: Action['evidence'] = { min: 1, kinds: ['document', 'photo'] };

/** 复查 and 复核: each by another body, each within thirty days, the second final. */
export const review: Record<string, Action> = {
  requestReview: {
    label: label('申请复查', 'Ask for a review'),
    told: label('您申请了复查', 'You asked for a review'),
    from: ['served'],
    to: 'reviewAsked',
    duty: 'party',
    partyAct: 'appeal',
    by: ASKS,
    set: { answered: false },
    form: [words('grounds', label('复查理由', 'Why'), { seenBy: ['reporter'] })],
    clocks: { stop: ['reviewWindow'], start: ['review'] },
    primary: true,
  },
  passToReview: {
    label: label('转复查机关', 'Pass to the reviewing body'),
    told: label('已转复查机关', 'Passed to the reviewing body'),
    from: ['reviewAsked'],
    to: 'reviewing',
    duty: 'progress',
    by: OFFICE,
    assign: { leadOrganization: { input: 'organizationId' }, handler: 'none' },
    form: BODY,
    primary: true,
  },
  issueReview: {
    label: label('出具复查意见书', 'Issue the review opinion'),
    told: label('复查意见书已出具', 'The review opinion was issued'),
    from: ['reviewing'],
    to: 'reviewIssued',
    duty: 'verify',
    notBy: BEFORE,
    by: REVIEWER,
    form: OPINION,
    evidence: PAPER,
    clocks: { stop: ['review'] },
    appeal: { action: 'requestReReview' },
    primary: true,
  },
  recordReviewService: {
    label: label('复查送达回证', 'Record service of the review'),
    told: label('复查意见书已送达；三十日内可以申请复核', 'The review opinion was served; you may ask for a re-review within thirty days'),
    from: ['reviewIssued'],
    to: 'reviewServed',
    duty: 'progress',
    notBy: BEFORE,
    by: REVIEWER,
    set: { answered: true },
    form: SERVICE,
    evidence: PAPER,
    clocks: { start: [{ clock: 'reReviewWindow', from: { input: 'servedOn' } }] },
    primary: true,
  },
  lapseReReview: {
    label: label('复核期满办结', 'Window for re-review ends'),
    told: label('复核申请期满，信访事项办结', 'The window for asking a re-review has ended; the matter is closed'),
    from: ['reviewServed'],
    to: 'closed',
    duty: 'close',
    by: [{ relation: 'service' }],
    clocks: { stop: ['reReviewWindow'] },
  },
  requestReReview: {
    label: label('申请复核', 'Ask for a re-review'),
    told: label('您申请了复核', 'You asked for a re-review'),
    from: ['reviewServed'],
    to: 'reReviewAsked',
    duty: 'party',
    partyAct: 'appeal',
    by: ASKS,
    set: { answered: false },
    form: [words('grounds', label('复核理由', 'Why'), { seenBy: ['reporter'] })],
    clocks: { stop: ['reReviewWindow'], start: ['reReview'] },
    primary: true,
  },
  passToReReview: {
    label: label('转复核机关', 'Pass to the re-reviewing body'),
    told: label('已转复核机关', 'Passed to the re-reviewing body'),
    from: ['reReviewAsked'],
    to: 'reReviewing',
    duty: 'progress',
    by: OFFICE,
    assign: { leadOrganization: { input: 'organizationId' }, handler: 'none' },
    form: BODY,
    primary: true,
  },
  beginHearing: {
    label: label('开始听证', 'Begin a hearing'),
    told: label('举行听证，听证时间不计入复核期限', 'A hearing is held; its time does not count'),
    from: ['reReviewing'],
    to: 'hearing',
    duty: 'progress',
    notBy: BEFORE,
    by: REVIEWER,
    form: [words('notice', label('听证通知', 'Notice of hearing'), { seenBy: ['reporter'] })],
    clocks: { pause: ['reReview'] },
  },
  endHearing: {
    label: label('结束听证', 'End the hearing'),
    told: label('听证结束', 'The hearing has ended'),
    from: ['hearing'],
    to: 'reReviewing',
    duty: 'progress',
    notBy: BEFORE,
    by: REVIEWER,
    form: [words('minutes', label('听证笔录', 'Minutes'))],
    clocks: { resume: ['reReview'] },
    primary: true,
  },
  issueReReview: {
    label: label('出具复核意见书', 'Issue the re-review opinion'),
    told: label('复核意见书已出具', 'The re-review opinion was issued'),
    from: ['reReviewing'],
    to: 'reReviewIssued',
    duty: 'verify',
    notBy: BEFORE_REVIEW,
    by: REVIEWER,
    form: OPINION,
    evidence: PAPER,
    clocks: { stop: ['reReview'] },
    appeal: { final: '信访工作条例第三十六条' },
    primary: true,
  },
  recordReReviewService: {
    label: label('复核送达回证', 'Record service of the re-review'),
    told: label('复核意见书已送达，信访程序终结', 'The re-review opinion was served; it is final'),
    from: ['reReviewIssued'],
    to: 'concluded',
    duty: 'close',
    notBy: BEFORE,
    by: REVIEWER,
    set: { answered: true },
    form: SERVICE,
    evidence: PAPER,
    primary: true,
  },
};
