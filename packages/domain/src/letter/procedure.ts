import type { ClockDefinition } from '../clock/schema.ts';
import { label } from '../form/schema.ts';
import { defineProcedure, STANDARD_FACTS, type Stage } from '../procedure/schema.ts';
import { acceptance } from './acceptance/procedure.ts';
import { handling } from './handling/procedure.ts';
import { review } from './review/procedure.ts';

const stages: Record<string, Stage> = {
  received: {
    label: label('待登记', 'To be logged'),
    told: label('已收到，等待登记', 'Received; waiting to be logged'),
    owner: 'receivingBody',
  },
  registered: {
    label: label('已登记', 'Logged'),
    told: label('已登记，正在确定办理单位', 'Logged; we are settling who handles it'),
    owner: 'receivingBody',
  },
  referred: {
    label: label('已转办', 'Referred'),
    told: label('已转有权处理的单位', 'Passed to the body with the power to decide'),
    owner: 'leadBody',
  },
  objected: {
    label: label('异议待核实', 'Objection to verify'),
    told: label('正在确定办理单位', 'We are settling who handles it'),
    owner: 'receivingBody',
  },
  handling: {
    label: label('办理中', 'In hand'),
    told: label('已受理，正在办理', 'Accepted and being dealt with'),
    owner: 'leadBody',
    tasks: true,
  },
  opinionIssued: {
    label: label('待送达', 'Opinion to be served'),
    told: label('处理意见书已出具，等待送达', 'The written opinion is ready to be served'),
    owner: 'leadBody',
  },
  served: {
    label: label('已送达', 'Served'),
    told: label('处理意见书已送达，可以申请复查', 'The opinion was served; you may ask for a review'),
    owner: 'receivingBody',
  },
  reviewAsked: {
    label: label('已申请复查', 'Review asked'),
    told: label('已收到复查申请', 'Your request for review was received'),
    owner: 'receivingBody',
  },
  reviewing: { label: label('复查中', 'Under review'), told: label('正在复查', 'Under review'), owner: 'leadBody' },
  reviewIssued: {
    label: label('复查意见待送达', 'Review opinion to be served'),
    told: label('复查意见书等待送达', 'The review opinion is ready to be served'),
    owner: 'leadBody',
  },
  reviewServed: {
    label: label('复查意见已送达', 'Review opinion served'),
    told: label('复查意见书已送达，可以申请复核', 'The review opinion was served; you may ask for a re-review'),
    owner: 'receivingBody',
  },
  reReviewAsked: {
    label: label('已申请复核', 'Re-review asked'),
    told: label('已收到复核申请', 'Your request for re-review was received'),
    owner: 'receivingBody',
  },
  reReviewing: { label: label('复核中', 'Under re-review'), told: label('正在复核', 'Under re-review'), owner: 'leadBody' },
  hearing: {
    label: label('听证中', 'Hearing'),
    told: label('正在听证，听证时间不计入期限', 'A hearing is held; its time does not count'),
    owner: 'leadBody',
  },
  reReviewIssued: {
    label: label('复核意见待送达', 'Re-review opinion to be served'),
    told: label('复核意见书等待送达', 'The re-review opinion is ready to be served'),
    owner: 'leadBody',
  },
  contested: {
    label: label('不予受理异议', 'Decline contested'),
    told: label('正在由另一位人员审核', 'Somebody else is looking at it again'),
    owner: 'receivingBody',
  },
  closed: { label: label('已办结', 'Closed'), told: label('已办结', 'Closed'), end: 'answered' },
  concluded: { label: label('已终结', 'Concluded'), told: label('复核意见为终结意见', 'The re-review opinion is final'), end: 'answered' },
  directed: {
    label: label('已告知法定途径', 'Directed elsewhere'),
    told: label('请通过告知的法定途径解决', 'Please use the legal way we named'),
    end: 'lawfulEnd',
  },
  declined: {
    label: label('不予受理', 'Declined'),
    told: label('不予受理，救济途径见下', 'Not accepted; where you may turn is below'),
    end: 'declined',
  },
  closedAnonymous: {
    label: label('匿名办结', 'Closed, anonymous'),
    told: label('已办结，未留联系方式', 'Closed; no way to reach you was left'),
    end: 'anonymous',
  },
  withdrawn: { label: label('已撤回', 'Withdrawn'), told: label('您已撤回', 'You have withdrawn it'), end: 'withdrawn' },
};

const ARTICLE = (article: string): string => `信访工作条例 (2022) ${article}`;

/** Statutory limits of the 信访工作条例 (2022), standards.md §6.1; those marked local are local data. Bare 日 are calendar days. */
const clocks: Record<string, ClockDefinition> = {
  registration: {
    label: label('登记转办时限', 'Limit to log and refer'),
    limit: { fixed: { amount: 15, unit: 'day' } },
    ladder: [
      { id: 'registrationDueSoon', when: 'before', offset: { amount: 3, unit: 'day' }, kind: 'dueSoon', tell: ['receivingBody'] },
      { id: 'registrationOverdue', when: 'at', kind: 'overdue', tell: ['receivingBody', 'thirdResponsible'] },
    ],
    source: ARTICLE('第二十二条、第二十三条'),
    shownToReporter: true,
  },
  objectionWindow: {
    label: label('提出异议期', 'Window for objecting'),
    limit: { fixed: { amount: 5, unit: 'workingDay' } },
    ladder: [{ id: 'objectionWindowEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'lapseObjection' }],
    source: ARTICLE('第二十三条'),
  },
  acceptance: {
    label: label('受理时限', 'Limit to accept'),
    limit: { fixed: { amount: 15, unit: 'day' } },
    ladder: [{ id: 'acceptanceOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'thirdResponsible', 'receivingBody'] }],
    source: 'local',
  },
  handling: {
    label: label('办理期限', 'Handling limit'),
    limit: { fixed: { amount: 60, unit: 'day' } },
    ladder: [
      { id: 'handlingDueSoon', when: 'before', offset: { amount: 10, unit: 'day' }, kind: 'dueSoon', tell: ['handler', 'leadBody'] },
      { id: 'handlingOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'thirdResponsible', 'receivingBody'] },
      { id: 'handlingSecond', when: 'after', offset: { amount: 3, unit: 'day' }, kind: 'escalate', tell: ['secondResponsible'] },
      { id: 'handlingFirst', when: 'after', offset: { amount: 7, unit: 'day' }, kind: 'escalate', tell: ['firstResponsible'] },
    ],
    source: ARTICLE('第三十四条'),
    shownToReporter: true,
  },
  reviewWindow: {
    label: label('申请复查期限', 'Window for asking a review'),
    limit: { fixed: { amount: 30, unit: 'day' } },
    ladder: [
      { id: 'reviewWindowSoon', when: 'before', offset: { amount: 5, unit: 'day' }, kind: 'dueSoon', tell: ['reporter'] },
      { id: 'reviewWindowEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'lapseReview' },
    ],
    source: ARTICLE('第三十五条'),
    shownToReporter: true,
  },
  review: {
    label: label('复查期限', 'Review limit'),
    limit: { fixed: { amount: 30, unit: 'day' } },
    ladder: [
      { id: 'reviewDueSoon', when: 'before', offset: { amount: 5, unit: 'day' }, kind: 'dueSoon', tell: ['leadBody'] },
      { id: 'reviewOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'receivingBody'] },
    ],
    source: ARTICLE('第三十五条'),
    shownToReporter: true,
  },
  reReviewWindow: {
    label: label('申请复核期限', 'Window for asking a re-review'),
    limit: { fixed: { amount: 30, unit: 'day' } },
    ladder: [
      { id: 'reReviewWindowSoon', when: 'before', offset: { amount: 5, unit: 'day' }, kind: 'dueSoon', tell: ['reporter'] },
      { id: 'reReviewWindowEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'lapseReReview' },
    ],
    source: ARTICLE('第三十六条'),
    shownToReporter: true,
  },
  reReview: {
    label: label('复核期限', 'Re-review limit'),
    limit: { fixed: { amount: 30, unit: 'day' } },
    ladder: [
      { id: 'reReviewDueSoon', when: 'before', offset: { amount: 5, unit: 'day' }, kind: 'dueSoon', tell: ['leadBody'] },
      { id: 'reReviewOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'receivingBody'] },
    ],
    source: ARTICLE('第三十六条'),
    shownToReporter: true,
  },
};

/**
 * 信访事项 under the 信访工作条例 (2022): logged and referred within fifteen days, handled within sixty (one extension of at most thirty), a
 * written opinion served on paper, a review by another body, a re-review that is final.
 */
export const letterProcedure = defineProcedure({
  id: 'letter',
  version: 2,
  title: label('信访事项', 'Letter'),
  numberPrefix: 'XF',
  confidential: true,
  receivedBy: 'letter.accept',
  source: '信访工作条例 (2022-05-01)',
  start: 'received',
  facts: {
    reporterReachable: [...STANDARD_FACTS.reporterReachable],
    answered: [...STANDARD_FACTS.answered],
    tasksOpen: [...STANDARD_FACTS.tasksOpen],
    /** 申诉求决, 建议意见, 检举控告: the sixty-day route and the review are for claims. */
    kind: ['claim', 'suggestion', 'accusation'],
    mayObject: [false, true],
    extension: ['none', 'asked', 'granted'],
  },
  initial: {
    reporterReachable: { filing: 'reporterReachable' },
    answered: false,
    tasksOpen: false,
    kind: 'claim',
    mayObject: false,
    extension: 'none',
  },
  startClocks: ['registration'],
  stages,
  actions: { ...acceptance, ...handling, ...review },
  clocks,
  lights: { overall: 'handling', handling: 'registration' },
});
