import { choice, code, label, words } from '../form/schema.ts';
import { defineProcedure, STANDARD_FACTS } from '../procedure/schema.ts';
import { agreeing } from './agreement/procedure.ts';
import { beginning } from './beginning/procedure.ts';
import { SAFE, safety } from './safety/procedure.ts';
import { door, ENDED, LAW, MEDIATORS, PARTIES, SIDES, TALKING, UNSIGNED, UNSIGNED_CLOCKS, ways } from './sides/procedure.ts';

/** Written for what courts send on the net; kept for every dispute alike, for its sides wait no less. */
const ONLINE = '在线调解规则 (2022) 第十条、第十二条';
const CONFIRMING = '法释〔2011〕5号';

const agreement = words('agreement', label('协议内容', 'What was agreed'), { seenBy: PARTIES });

/**
 * 人民调解. The short way is recorded in two minutes (简易登记): a quarrel that was settled by word of mouth, at once or by a day; that was not
 * settled, with the ways told that remain; or that is still being talked about. The full way asks every side first (第十七条), lets them choose
 * who mediates (第十九条), and ends in a written agreement that is signed, sealed, confirmed by the court where both ask for it within thirty
 * days (第三十三条), and performed. An oral agreement counts from when it is reached
 * (第二十八条、第三十条) and the committee watches over its performance (第三十一条). Either side leaves at any time (第二十三条).
 */
export const mediationProcedure = defineProcedure({
  id: 'mediation',
  version: 3,
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
    confirmation: ['open', 'asked', 'accepted', 'prolonged', 'confirmed', 'refused', 'lapsed', 'suit'],
    performance: ['open', 'done'],
    danger: [false, true],
  },
  initial: {
    reporterReachable: { filing: 'reporterReachable' },
    answered: false,
    tasksOpen: false,
    confirmation: 'open',
    performance: 'open',
    danger: false,
  },
  startClocks: ['accepting'],
  stages: {
    registered: { label: label('已登记', 'Registered'), told: label('已登记', 'Registered') },
    mediating: {
      label: label('调解中', 'In mediation'),
      told: label('正在调解，您可以随时退出', 'In mediation; you may leave at any time'),
    },
    consulting: {
      label: label('征求意愿', 'Sides are asked'),
      told: label('正在征求各方意愿', 'All sides are being asked'),
    },
    choosing: {
      label: label('选择调解员', 'Mediator to be chosen'),
      told: label('请选择调解员', 'A mediator is to be chosen'),
    },
    cooling: { label: label('冷静期', 'Cooling off'), told: label('冷静期，之后继续调解', 'A pause; talks go on after it') },
    drafted: {
      label: label('协议待签', 'Agreement to be signed'),
      told: label('协议已写好，请阅读后决定是否签字', 'The agreement is written; read it and decide whether to sign'),
    },
    effective: { label: label('协议生效', 'In force'), told: label('协议已生效，等待履行', 'In force; to be performed') },
    confirming: {
      label: label('司法确认中', 'Before the court'),
      told: label('已申请司法确认，等待法院裁定', 'The court is asked to confirm'),
    },
    stopped: {
      label: label('停止并转介', 'Stopped and referred'),
      told: label('调解已终止', 'The mediation has ended'),
      end: 'lawfulEnd',
      shownAs: 'unsettled',
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
    ...beginning,
    ...agreeing,
    ...safety,
    settleAtOnce: {
      label: label('达成协议，当场履行', 'Settled and performed at once'),
      told: label('达成口头协议并当场履行', 'Agreed by word of mouth and performed at once'),
      from: TALKING,
      to: 'settled',
      duty: 'handle',
      by: MEDIATORS,
      guard: SAFE,
      set: { answered: true },
      assign: { handler: 'actor' },
      form: [agreement],
      clocks: { stop: UNSIGNED_CLOCKS },
      primary: true,
    },
    settleByDay: {
      label: label('达成协议，约期履行', 'Settled, to be performed by a day'),
      told: label('达成口头协议，约定期限履行', 'Agreed by word of mouth, to be performed by a day'),
      from: TALKING,
      to: 'promised',
      duty: 'handle',
      by: MEDIATORS,
      guard: SAFE,
      assign: { handler: 'actor' },
      form: [agreement, code('performBy', label('履行期限', 'To be performed by'), 'date', { seenBy: PARTIES })],
      clocks: { stop: UNSIGNED_CLOCKS, start: [{ clock: 'performance', until: { input: 'performBy' } }] },
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
      clocks: { stop: ['accepting'] },
    },
    endUnsettled: {
      label: label('调解不成', 'Not settled'),
      told: ENDED,
      from: [...TALKING, 'cooling', 'drafted'],
      to: 'unsettled',
      duty: 'handle',
      by: MEDIATORS,
      assign: { handler: 'actor' },
      form: [ways],
      clocks: { stop: UNSIGNED_CLOCKS },
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
      told: label('没有履行，已告知可以走的途径', 'Not performed; you were told of the ways that are open'),
      // Not while the court decides: its ruling comes first, and with it what is open then.
      from: ['promised', 'effective'],
      to: 'broken',
      duty: 'handle',
      by: MEDIATORS,
      // What was performed in full, or owes no day, cannot be missed any more.
      guard: { fact: 'performance', is: 'open' },
      form: [
        {
          ...ways,
          hint: label(
            '经司法确认的申请强制执行（民事诉讼法 第二百四十七条），没有确认的向人民法院起诉（人民调解法 第三十二条）',
            'Enforcement where the court confirmed it (Civil Procedure Law, article 247); otherwise a suit (article 32)',
          ),
        },
      ],
      clocks: { stop: ['performance', 'confirmation'] },
    },
    leave: {
      label: label('退出调解', 'Leave the mediation'),
      told: label('已退出调解，起诉的权利不受影响', 'Left; the right to sue is untouched'),
      from: UNSIGNED,
      to: 'withdrawn',
      duty: 'party',
      partyAct: 'withdraw',
      by: SIDES,
      clocks: { stop: UNSIGNED_CLOCKS },
      // Its own right: who speaks for a side has to be authorised for it (民事诉讼法 第六十二条), which the module knows.
      door,
    },
    recordLeaving: {
      label: label('当事人拒绝继续', 'A party refuses to go on'),
      told: ENDED,
      from: UNSIGNED,
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
      clocks: { stop: UNSIGNED_CLOCKS },
    },
  },
  clocks: {
    accepting: {
      label: label('受理期限', 'To be taken up by'),
      limit: { fixed: { amount: 3, unit: 'workingDay' } },
      ladder: [{ id: 'acceptingDue', when: 'at', kind: 'overdue', tell: ['handler', 'receivingBody'] }],
      source: `法院委派、委托的：${ONLINE}，调解组织三个工作日内确认；其他的由委员会自定`,
      shownToReporter: true,
    },
    choosing: {
      label: label('共同选择调解员的期限', 'To choose a mediator together by'),
      limit: { fixed: { amount: 2, unit: 'workingDay' } },
      ladder: [{ id: 'choosingOver', when: 'at', kind: 'dueSoon', tell: [], action: 'letChoosingLapse' }],
      source: `${ONLINE}，当事人两个工作日内共同选择`,
      shownToReporter: true,
    },
    designating: {
      label: label('指定调解员的期限', 'To name a mediator by'),
      limit: { fixed: { amount: 3, unit: 'workingDay' } },
      ladder: [{ id: 'designatingDue', when: 'at', kind: 'overdue', tell: ['handler', 'receivingBody'] }],
      source: `${ONLINE}，没有共同选定的，三个工作日内指定`,
      shownToReporter: true,
    },
    mediation: {
      label: label('调解期限', 'To be mediated by'),
      limit: { fixed: { amount: 30, unit: 'day' } },
      ladder: [
        { id: 'mediationSoon', when: 'before', offset: { amount: 5, unit: 'day' }, kind: 'dueSoon', tell: ['handler', 'reporter'] },
        { id: 'mediationDue', when: 'at', kind: 'overdue', tell: ['handler', 'receivingBody', 'reporter'] },
      ],
      source: '委员会自定；法院委派、委托的：特邀调解规定 (2016) 第二十七条',
      shownToReporter: true,
    },
    coolingOff: {
      label: label('冷静期', 'Cooling off'),
      limit: { fixed: { amount: 3, unit: 'day' } },
      ladder: [{ id: 'cooledOff', when: 'at', kind: 'dueSoon', tell: ['handler'], action: 'goOn' }],
      source: 'local',
      shownToReporter: true,
    },
    confirmation: {
      label: label('申请司法确认期限', 'To apply for confirmation by'),
      limit: { fixed: { amount: 30, unit: 'day' } },
      ladder: [
        {
          id: 'confirmationDay20',
          when: 'since',
          offset: { amount: 20, unit: 'day' },
          kind: 'dueSoon',
          tell: ['handler', 'reporter'],
        },
        {
          id: 'confirmationDay25',
          when: 'since',
          offset: { amount: 25, unit: 'day' },
          kind: 'dueSoon',
          tell: ['handler', 'reporter'],
        },
        { id: 'confirmationOver', when: 'at', kind: 'dueSoon', tell: ['reporter'], action: 'letConfirmationLapse' },
      ],
      source: `${LAW} 第三十三条；民事诉讼法 (2023) 第二百零五条`,
      shownToReporter: true,
    },
    courtAccepting: {
      label: label('法院决定是否受理的期限', 'The court says whether it takes it by'),
      limit: { fixed: { amount: 3, unit: 'day' } },
      ladder: [{ id: 'courtAcceptingDue', when: 'at', kind: 'dueSoon', tell: ['handler'] }],
      source: `${CONFIRMING} 第四条`,
      shownToReporter: true,
    },
    courtRuling: {
      label: label('法院作出裁定的期限', 'The court rules by'),
      limit: { fixed: { amount: 15, unit: 'day' } },
      ladder: [{ id: 'courtRulingDue', when: 'at', kind: 'dueSoon', tell: ['handler'] }],
      source: `${CONFIRMING} 第五条`,
      shownToReporter: true,
    },
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
  lights: { overall: 'performance', handling: 'mediation' },
});
