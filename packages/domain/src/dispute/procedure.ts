import { choice, code, label, words } from '../form/schema.ts';
import { type Action, defineProcedure, STANDARD_FACTS } from '../procedure/schema.ts';

const LAW = '人民调解法 (2010)';
/** Whoever mediates for the committee; the database shows a case only to whoever has it in hand, and to the committee's head. */
const MEDIATORS: Action['by'] = [{ capability: 'mediation.record', relation: 'receivingBody' }];
const PARTIES = ['reporter', 'party'] as const;

const agreement = words('agreement', label('协议内容', 'What was agreed'), { seenBy: PARTIES });
const ways = words('ways', label('告知的其他途径', 'Other ways that were named'), {
  seenBy: PARTIES,
  hint: label('仲裁、行政途径或者向法院起诉（人民调解法 第二十六条）', 'Arbitration, an authority or the court (article 26)'),
});

/**
 * 人民调解, as far as it is recorded in two minutes (简易登记): a quarrel that was settled by word of mouth, at once or by a day; that was not
 * settled, with the ways told that remain; or that is still being talked about. An oral agreement counts from when it is reached
 * (第二十八条、第三十条) and the committee watches over its performance (第三十一条). Either side leaves at any time (第二十三条).
 */
export const mediationProcedure = defineProcedure({
  id: 'mediation',
  version: 1,
  title: label('矛盾纠纷', 'Dispute'),
  numberPrefix: 'TJ',
  confidential: true,
  confided: true,
  receivedBy: 'mediation.record',
  source: LAW,
  start: 'registered',
  facts: {
    reporterReachable: [...STANDARD_FACTS.reporterReachable],
    answered: [...STANDARD_FACTS.answered],
    tasksOpen: [...STANDARD_FACTS.tasksOpen],
  },
  initial: { reporterReachable: { filing: 'reporterReachable' }, answered: false, tasksOpen: false },
  startClocks: [],
  stages: {
    registered: { label: label('已登记', 'Registered'), told: label('已登记', 'Registered') },
    mediating: {
      label: label('调解中', 'In mediation'),
      told: label('正在调解，您可以随时退出', 'In mediation; you may leave at any time'),
    },
    promised: {
      label: label('待履行', 'To be performed'),
      told: label('已达成协议，等待履行', 'Agreed; to be performed'),
    },
    settled: { label: label('已履行', 'Settled'), told: label('已达成协议并履行', 'Agreed and performed'), end: 'answered' },
    unsettled: {
      label: label('调解不成', 'Not settled'),
      told: label('没有达成协议，可以走告知的其他途径', 'No agreement; the other ways you were told of stay open'),
      end: 'lawfulEnd',
    },
    broken: {
      label: label('未履行', 'Not performed'),
      told: label('协议没有履行，可以向人民法院起诉', 'The agreement was not performed; you may turn to the court'),
      end: 'lawfulEnd',
    },
    withdrawn: { label: label('当事人退出', 'Left by a party'), told: label('调解已终止', 'The mediation has ended'), end: 'withdrawn' },
  },
  actions: {
    settleAtOnce: {
      label: label('达成协议，当场履行', 'Settled and performed at once'),
      told: label('达成口头协议并当场履行', 'Agreed by word of mouth and performed at once'),
      from: ['registered', 'mediating'],
      to: 'settled',
      duty: 'handle',
      by: MEDIATORS,
      set: { answered: true },
      assign: { handler: 'actor' },
      form: [agreement],
      primary: true,
    },
    settleByDay: {
      label: label('达成协议，约期履行', 'Settled, to be performed by a day'),
      told: label('达成口头协议，约定期限履行', 'Agreed by word of mouth, to be performed by a day'),
      from: ['registered', 'mediating'],
      to: 'promised',
      duty: 'handle',
      by: MEDIATORS,
      assign: { handler: 'actor' },
      form: [agreement, code('performBy', label('履行期限', 'To be performed by'), 'date', { seenBy: PARTIES })],
      clocks: { start: [{ clock: 'performance', until: { input: 'performBy' } }] },
      primary: true,
    },
    beginMediation: {
      label: label('继续调解', 'Go on mediating'),
      told: label('调解员正在调解', 'A mediator is at it'),
      from: ['registered'],
      to: 'mediating',
      duty: 'progress',
      by: MEDIATORS,
      assign: { handler: 'actor' },
    },
    endUnsettled: {
      label: label('调解不成', 'Not settled'),
      told: label('没有达成协议，已告知其他途径', 'No agreement; you were told of the other ways'),
      from: ['registered', 'mediating'],
      to: 'unsettled',
      duty: 'handle',
      by: MEDIATORS,
      assign: { handler: 'actor' },
      form: [ways],
    },
    confirmPerformed: {
      label: label('已经履行', 'Performed'),
      told: label('回访：已经履行', 'Followed up: performed'),
      from: ['promised'],
      to: 'settled',
      duty: 'handle',
      by: MEDIATORS,
      set: { answered: true },
      form: [words('followUp', label('回访情况', 'What was heard'), { required: false, seenBy: PARTIES })],
      clocks: { stop: ['performance'] },
      primary: true,
    },
    recordBreach: {
      label: label('没有履行', 'Not performed'),
      told: label('没有履行，已告知可以起诉', 'Not performed; you were told that you may sue'),
      from: ['promised'],
      to: 'broken',
      duty: 'handle',
      by: MEDIATORS,
      form: [{ ...ways, hint: label('就协议的履行向人民法院起诉（人民调解法 第三十二条）', 'A suit over the performance (article 32)') }],
      clocks: { stop: ['performance'] },
    },
    leave: {
      label: label('退出调解', 'Leave the mediation'),
      told: label('已退出调解，起诉的权利不受影响', 'Left; the right to sue is untouched'),
      from: ['registered', 'mediating'],
      to: 'withdrawn',
      duty: 'party',
      partyAct: 'withdraw',
      by: [{ relation: 'reporter' }, { relation: 'party' }],
    },
    recordLeaving: {
      label: label('当事人拒绝继续', 'A party refuses to go on'),
      told: label('一方不愿意继续，调解终止', 'A side does not want to go on; the mediation has ended'),
      from: ['registered', 'mediating'],
      to: 'unsettled',
      duty: 'handle',
      by: MEDIATORS,
      assign: { handler: 'actor' },
      form: [
        choice('by', label('谁不愿意', 'Who'), [
          ['one', '一方', 'One side'],
          ['all', '各方', 'All sides'],
        ]),
        ways,
      ],
    },
  },
  clocks: {
    performance: {
      label: label('履行期限', 'To be performed by'),
      limit: { fixed: { amount: 0, unit: 'day' } },
      ladder: [
        { id: 'performanceSoon', when: 'before', offset: { amount: 3, unit: 'day' }, kind: 'dueSoon', tell: ['handler'] },
        { id: 'performanceDue', when: 'at', kind: 'overdue', tell: ['handler', 'receivingBody'] },
      ],
      source: `${LAW} 第三十一条`,
      shownToReporter: true,
    },
  },
  lights: { overall: 'performance' },
});
