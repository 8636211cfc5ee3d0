import { choice, code, label, words } from '../../form/schema.ts';
import type { Action } from '../../procedure/schema.ts';

const CENTRE_ACCEPTS: Action['by'] = [
  { capability: 'case.accept', relation: 'receivingBody' },
  { capability: 'case.accept', relation: 'area' },
];
const CENTRE_DISPATCHES: Action['by'] = [
  { capability: 'case.dispatch', relation: 'receivingBody' },
  { capability: 'case.dispatch', relation: 'area' },
];
const CENTRE_REVIEWS: Action['by'] = [
  { capability: 'case.review', relation: 'receivingBody' },
  { capability: 'case.review', relation: 'area' },
];

/** From the report to a decision whether and how the centre takes it. */
export const acceptance: Record<string, Action> = {
  accept: {
    label: label('受理', 'Accept'),
    told: label('已受理您反映的问题', 'We have accepted your report'),
    from: ['received'],
    to: 'accepted',
    duty: 'decide',
    by: CENTRE_ACCEPTS,
    assign: { category: { input: 'categoryId' }, respondentOrganization: { input: 'respondentOrganizationId' } },
    form: [
      code('categoryId', label('事项类别', 'Category'), 'category', { required: false }),
      code('respondentOrganizationId', label('被投诉单位', 'Respondent'), 'organization', { required: false }),
    ],
    clocks: { stop: ['acceptance'], start: ['overall'] },
    primary: true,
  },
  decline: {
    label: label('不予受理', 'Decline'),
    told: label(
      '不予受理，理由和办法见下；如不同意可以申请复核',
      'Not accepted; the reasons and where to turn are below. You may ask for a review',
    ),
    from: ['received'],
    to: 'declined',
    duty: 'refuse',
    by: CENTRE_ACCEPTS,
    form: [
      choice(
        'ground',
        label('不予受理情形', 'Ground'),
        [
          ['urgent', '应拨打110、119、120、122', 'Call 110, 119, 120 or 122'],
          ['statutoryWay', '应通过诉讼、仲裁、复议等法定途径', 'A statutory way exists: court, arbitration, review'],
          ['sameDemand', '同一诉求无新事实', 'The same demand without new facts'],
          ['secrets', '涉及国家秘密、商业秘密、个人隐私', 'Secrets or privacy'],
          ['beyondDuty', '不属于职责范围', 'Beyond duty'],
          ['unlawful', '违反法律或公序良俗', 'Against law or public order'],
        ],
        { seenBy: ['reporter'] },
      ),
      words('reason', label('理由和其他途径', 'Reasons and where to turn'), { seenBy: ['reporter'] }),
    ],
    clocks: { stop: ['acceptance'] },
    appeal: { action: 'appealDecline' },
  },
  appealDecline: {
    label: label('申请复核', 'Ask for a review'),
    told: label('您已申请复核', 'You asked for a review'),
    from: ['declined'],
    to: 'declineReview',
    duty: 'party',
    partyAct: 'appeal',
    by: [{ relation: 'reporter' }],
    form: [words('grounds', label('理由', 'Why'), { seenBy: ['reporter'] })],
    clocks: { start: ['acceptance'] },
    primary: true,
  },
  overturnDecline: {
    label: label('改为受理', 'Accept after review'),
    told: label('复核后已受理', 'Accepted after review'),
    from: ['declineReview'],
    to: 'accepted',
    duty: 'decide',
    notBy: ['refuse'],
    by: CENTRE_REVIEWS,
    form: [words('reason', label('复核意见', 'Opinion'), { seenBy: ['reporter'] })],
    clocks: { stop: ['acceptance'], start: ['overall'] },
    primary: true,
  },
  upholdDecline: {
    label: label('维持不予受理', 'Uphold the decline'),
    told: label('复核后仍不予受理；有新情况可以再次申请', 'Still not accepted after review; with new facts you may ask again'),
    from: ['declineReview'],
    to: 'declined',
    duty: 'refuse',
    notBy: ['refuse'],
    by: CENTRE_REVIEWS,
    form: [words('reason', label('复核意见', 'Opinion'), { seenBy: ['reporter'] })],
    clocks: { stop: ['acceptance'] },
    appeal: { action: 'appealDecline' },
  },
  answerDirectly: {
    label: label('直接答复', 'Answer directly'),
    told: label('已直接答复您', 'We have answered you'),
    from: ['received', 'accepted'],
    to: 'closed',
    duty: 'close',
    by: CENTRE_ACCEPTS,
    guard: {
      all: [
        { fact: 'supervision', is: 'none' },
        { fact: 'tasksOpen', is: false },
      ],
    },
    set: { answered: true, mayReopen: true },
    form: [
      words('reply', label('答复内容', 'Answer'), { seenBy: ['reporter'] }),
      { id: 'knowledge', label: label('知识库条目', 'Knowledge entry'), type: 'text', required: false, content: false },
    ],
    clocks: { stop: ['acceptance', 'overall'], start: ['reopenWindow'] },
  },
  merge: {
    label: label('并单', 'Merge'),
    told: label(
      '与他人反映的同一问题合并办理，结果会一样告诉您',
      'Joined with the same matter reported by others; you will get its answer',
    ),
    from: ['received', 'accepted', 'dispatched', 'handling'],
    to: 'merged',
    duty: 'close',
    by: CENTRE_DISPATCHES,
    guard: { fact: 'tasksOpen', is: false },
    set: { supervision: 'none', mayObject: false, extension: 'none' },
    assign: { mainCase: { input: 'mainCaseId' } },
    form: [code('mainCaseId', label('主单', 'Main case'), 'case'), words('reason', label('并单理由', 'Why'), { required: false })],
    clocks: { stop: ['acceptance', 'overall', 'handling', 'contact', 'objectionWindow', 'supervision'] },
  },
  fileForRecord: {
    label: label('事件报备', 'File for the record'),
    told: label('已记录在案', 'Kept on record'),
    from: ['received'],
    to: 'filed',
    duty: 'close',
    by: [{ capability: 'case.record', relation: 'area' }],
    guard: { fact: 'channel', is: 'patrol' },
    form: [words('note', label('情况说明', 'What was seen'), { seenBy: ['reporter'] })],
    clocks: { stop: ['acceptance'] },
  },
  settleOnSpot: {
    label: label('即办自处', 'Settle on the spot'),
    told: label('已当场处理', 'Settled on the spot'),
    from: ['received'],
    to: 'settled',
    duty: 'handle',
    by: [{ capability: 'case.record', relation: 'area' }],
    guard: { fact: 'channel', is: 'patrol' },
    form: [words('result', label('处理情况', 'What was done'), { seenBy: ['reporter'] })],
    evidence: { min: 1, kinds: ['photo'] },
    clocks: { stop: ['acceptance'] },
  },
};
