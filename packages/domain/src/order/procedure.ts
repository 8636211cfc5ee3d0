import type { ClockDefinition } from '../clock/schema.ts';
import { label } from '../form/schema.ts';
import { defineProcedure, STANDARD_FACTS, type Stage } from '../procedure/schema.ts';
import { acceptance } from './acceptance/procedure.ts';
import { dispatch } from './dispatch/procedure.ts';
import { feedback } from './feedback/procedure.ts';
import { handling } from './handling/procedure.ts';

const stages: Record<string, Stage> = {
  received: { label: label('待受理', 'Received'), told: label('已收到，等待受理', 'We have received your report'), owner: 'receivingBody' },
  accepted: {
    label: label('待派单', 'Accepted'),
    told: label('已受理，正在安排承办单位', 'Accepted; we are choosing who handles it'),
    owner: 'receivingBody',
  },
  dispatched: {
    label: label('待签收', 'Dispatched'),
    told: label('已转给承办单位', 'Passed to the body that will handle it'),
    owner: 'leadBody',
  },
  objected: {
    label: label('异议待审', 'Objection under review'),
    told: label('正在确定承办单位', 'We are settling who handles it'),
    owner: 'receivingBody',
  },
  handling: { label: label('办理中', 'In hand'), told: label('正在办理', 'It is being dealt with'), owner: 'leadBody', tasks: true },
  held: {
    label: label('挂账', 'On long-term hold'),
    told: label('已列入长期计划，到期前会办理', 'Planned for a later date'),
    owner: 'leadBody',
  },
  resolved: {
    label: label('待核查', 'Resolved'),
    told: label('承办单位已办完，正在核查', 'Done; being checked by somebody else'),
    owner: 'area',
  },
  verified: {
    label: label('待答复', 'Verified'),
    told: label('已核查，即将答复您', 'Checked; you will have an answer soon'),
    owner: 'receivingBody',
  },
  replied: {
    label: label('待回访', 'Answered'),
    told: label('已答复，请评价', 'Answered; please tell us how we did'),
    owner: 'receivingBody',
  },
  declineReview: {
    label: label('不予受理复核', 'Decline under review'),
    told: label('正在由另一位人员复核', 'Somebody else is looking at it again'),
    owner: 'receivingBody',
  },
  closed: { label: label('已结案', 'Closed'), told: label('已办结', 'Closed'), end: 'answered' },
  closedAnonymous: {
    label: label('匿名办结', 'Closed, anonymous'),
    told: label('已办结，未留联系方式', 'Closed; no way to reach you was left'),
    end: 'anonymous',
  },
  declined: {
    label: label('不予受理', 'Declined'),
    told: label('不予受理，可以申请复核', 'Not accepted; you may ask for a review'),
    end: 'declined',
  },
  withdrawn: { label: label('已撤诉', 'Withdrawn'), told: label('您已撤回', 'You have withdrawn it'), end: 'withdrawn' },
  merged: {
    label: label('已并单', 'Merged'),
    told: label('已并入同一事项，结果会一样告诉您', 'Joined with the same matter; you will get its answer'),
    end: 'merged',
  },
  filed: { label: label('已报备', 'Filed for the record'), told: label('已记录在案', 'Kept on record'), end: 'forTheRecord' },
  settled: { label: label('已自处', 'Settled on the spot'), told: label('已当场处理', 'Settled on the spot'), end: 'settledOnSpot' },
};

/** Limits are local data: a locality's variant changes them. */
const clocks: Record<string, ClockDefinition> = {
  acceptance: {
    label: label('受理时限', 'Acceptance limit'),
    limit: { fixed: { amount: 1, unit: 'workingDay' } },
    ladder: [{ id: 'acceptanceOverdue', when: 'at', kind: 'overdue', tell: ['receivingBody'] }],
    source: 'local',
  },
  overall: {
    label: label('总时限', 'Overall limit'),
    limit: { category: true, otherwise: { amount: 5, unit: 'workingDay' } },
    ladder: [
      {
        id: 'overallDueSoon',
        when: 'before',
        offset: { amount: 4, unit: 'workingHour' },
        kind: 'dueSoon',
        tell: ['receivingBody', 'leadBody'],
      },
      { id: 'overallOverdue', when: 'at', kind: 'overdue', tell: ['receivingBody', 'leadBody'] },
      { id: 'overallEscalate', when: 'after', offset: { amount: 1, unit: 'workingDay' }, kind: 'escalate', tell: ['firstResponsible'] },
    ],
    source: 'local; 北京市接诉即办工作条例 Art. 13',
    shownToReporter: true,
  },
  handling: {
    label: label('承办时限', 'Handling limit'),
    limit: { category: true, otherwise: { amount: 5, unit: 'workingDay' } },
    ladder: [
      { id: 'handlingDueSoon', when: 'before', offset: { amount: 4, unit: 'workingHour' }, kind: 'dueSoon', tell: ['handler', 'leadBody'] },
      { id: 'handlingOverdue', when: 'at', kind: 'overdue', tell: ['handler', 'leadBody', 'thirdResponsible'] },
      { id: 'handlingSecond', when: 'after', offset: { amount: 1, unit: 'workingDay' }, kind: 'escalate', tell: ['secondResponsible'] },
      {
        id: 'handlingFirst',
        when: 'after',
        offset: { amount: 2, unit: 'workingDay' },
        kind: 'escalate',
        tell: ['firstResponsible', 'receivingBody'],
      },
    ],
    source: 'local; 北京市接诉即办工作条例 Art. 13',
  },
  hold: {
    label: label('挂账期限', 'Target date of the hold'),
    limit: { fixed: { amount: 90, unit: 'day' } },
    ladder: [
      { id: 'holdDueSoon', when: 'before', offset: { amount: 5, unit: 'workingDay' }, kind: 'dueSoon', tell: ['leadBody'] },
      { id: 'holdOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'receivingBody', 'firstResponsible'] },
    ],
    source: 'local',
  },
  contact: {
    label: label('首次联系时限', 'First-contact limit'),
    limit: { fixed: { amount: 24, unit: 'hour' } },
    ladder: [{ id: 'contactLate', when: 'at', kind: 'overdue', tell: ['leadBody', 'thirdResponsible'] }],
    source: 'local; 北京市接诉即办工作条例 Art. 15',
  },
  objectionWindow: {
    label: label('派单异议期', 'Window for objecting'),
    limit: { fixed: { amount: 1, unit: 'workingDay' } },
    ladder: [{ id: 'objectionWindowEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'lapseObjection' }],
    source: 'local; 北京市接诉即办工作条例 Art. 12',
  },
  objectionReview: {
    label: label('退单审核时限', 'Limit for deciding an objection'),
    limit: { fixed: { amount: 1, unit: 'workingDay' } },
    ladder: [{ id: 'objectionReviewOverdue', when: 'at', kind: 'overdue', tell: ['receivingBody'] }],
    source: 'local',
  },
  supervision: {
    label: label('督办回复时限', 'Limit for answering a supervision order'),
    limit: { fixed: { amount: 3, unit: 'workingDay' } },
    ladder: [{ id: 'supervisionOverdue', when: 'at', kind: 'overdue', tell: ['leadBody', 'firstResponsible'] }],
    source: 'local',
  },
  reopenWindow: {
    label: label('申请重办期', 'Window for reopening'),
    limit: { fixed: { amount: 7, unit: 'day' } },
    ladder: [{ id: 'reopenWindowEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'lapseReopening' }],
    source: 'local',
    shownToReporter: true,
  },
};

/**
 * 网格事件·热线工单: a report from a resident, the hotline, a patrol or another system, until its reporter has an answer. The resident's
 * overall limit runs from acceptance to the answer whoever handles it; the handling limit restarts with each body.
 */
export const orderProcedure = defineProcedure({
  id: 'order',
  version: 2,
  title: label('网格事件·热线工单', 'Grid event and hotline order'),
  numberPrefix: 'GD',
  confidential: false,
  receivedBy: 'case.dispatch',
  source: '北京市接诉即办工作条例 (2021)、GB/T 44189-2024；地方规定',
  start: 'received',
  facts: {
    reporterReachable: [...STANDARD_FACTS.reporterReachable],
    answered: [...STANDARD_FACTS.answered],
    tasksOpen: [...STANDARD_FACTS.tasksOpen],
    callBackWanted: [true, false],
    /** What a worker found on patrol may be settled or filed by that worker; what somebody else reported may not. */
    channel: ['other', 'patrol'],
    mayObject: [false, true],
    extension: ['none', 'asked'],
    supervision: ['none', 'open'],
    /** Unanswered call-backs; after the third the attempt to reach the reporter is exhausted. */
    callBack: ['none', 'once', 'twice', 'exhausted'],
    satisfaction: ['unknown', 'satisfied', 'basicallySatisfied', 'dissatisfied', 'explained'],
    reopened: [false, true],
    mayReopen: [false, true],
  },
  initial: {
    reporterReachable: { filing: 'reporterReachable' },
    answered: false,
    tasksOpen: false,
    callBackWanted: { filing: 'callBackWanted' },
    channel: { filing: 'channel' },
    mayObject: false,
    extension: 'none',
    supervision: 'none',
    callBack: 'none',
    satisfaction: 'unknown',
    reopened: false,
    mayReopen: false,
  },
  startClocks: ['acceptance'],
  stages,
  actions: { ...acceptance, ...dispatch, ...handling, ...feedback },
  clocks,
  lights: { overall: 'overall', handling: 'handling' },
});
