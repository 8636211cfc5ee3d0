import { choice, code, label, words } from '../form/schema.ts';
import { type Action, defineProcedure, type Field, STANDARD_FACTS } from '../procedure/schema.ts';
import { REASON_NAMES } from './data.ts';
import { REASONS } from './schema.ts';

const WHY = REASONS.map((reason) => [reason, REASON_NAMES[reason].zh, REASON_NAMES[reason].en!] as const);

/** The body that convenes; every step of a hearing is its own, but the evidence of those who are heard. */
const CONVENER: Action['by'] = [{ capability: 'hearing.convene', relation: 'receivingBody' }];
const PARTIES = ['reporter', 'party'] as const;
/** The module takes these itself: it keeps the roster, the lot and what is published. */
const door = 'hearing';
const BEFORE = ['announced', 'panelled'];

const day = (id: string, zh: string, en: string): Field => ({
  id,
  label: label(zh, en),
  type: 'date',
  required: true,
  content: false,
  seenBy: [...PARTIES],
});
const votes = (id: string, zh: string, en: string): Field => ({
  id,
  label: label(zh, en),
  type: 'integer',
  required: true,
  content: false,
  minimum: 0,
  maximum: 15,
  seenBy: [...PARTIES],
});

/**
 * 公开听证: announced in time, evidence exchanged until a day, a panel by lot, held with minutes, the panel's opinion counted, answered by the body.
 * Whoever falls out is replaced for a reason that is published, by the next of the same lot; why a hearing is called off is published too.
 * It decides nothing of the case it is about: that case goes on under its own procedure. A serious or complex letter may be heard
 * (信访工作条例 第三十一条); notice of seven days is local practice there, and the law for important decisions (重大行政决策程序暂行条例 第十六条).
 */
export const hearingProcedure = defineProcedure({
  id: 'hearing',
  version: 2,
  title: label('公开听证', 'Public hearing'),
  numberPrefix: 'TZ',
  confidential: true,
  ownDoor: true,
  receivedBy: 'hearing.convene',
  source: '信访工作条例 (2022) 第三十一条；重大行政决策程序暂行条例 (2019) 第十六条',
  start: 'convened',
  facts: {
    reporterReachable: [...STANDARD_FACTS.reporterReachable],
    answered: [...STANDARD_FACTS.answered],
    tasksOpen: [...STANDARD_FACTS.tasksOpen],
    evidence: ['open', 'closed'],
  },
  initial: { reporterReachable: { filing: 'reporterReachable' }, answered: false, tasksOpen: false, evidence: 'open' },
  startClocks: [],
  stages: {
    convened: { label: label('已召集', 'Convened'), told: label('将举行听证', 'A hearing will be held'), owner: 'receivingBody' },
    announced: {
      label: label('已公告', 'Announced'),
      told: label('听证已公告，可以提交证据', 'Announced; evidence may be handed in'),
      owner: 'receivingBody',
    },
    panelled: {
      label: label('听证员已抽定', 'Panel drawn'),
      told: label('听证员已抽定，等待听证', 'The panel is drawn; the hearing is to come'),
      owner: 'receivingBody',
    },
    held: {
      label: label('已听证', 'Held'),
      told: label('已听证，等待评议', 'Held; the panel is to give its opinion'),
      owner: 'receivingBody',
    },
    opined: {
      label: label('已评议', 'Opinion given'),
      told: label('已评议，等待答复', 'The panel has given its opinion; an answer is to come'),
      owner: 'receivingBody',
    },
    replied: { label: label('已答复', 'Answered'), told: label('听证已结束，已答复', 'The hearing is over and answered'), end: 'answered' },
    calledOff: {
      label: label('已取消', 'Called off'),
      told: label('听证取消，原因见下', 'The hearing is called off; why stands below'),
      end: 'lawfulEnd',
    },
  },
  actions: {
    announce: {
      label: label('公告听证', 'Announce'),
      told: label('听证已公告', 'The hearing was announced'),
      door,
      from: ['convened'],
      to: 'announced',
      duty: 'progress',
      by: CONVENER,
      assign: { handler: 'actor' },
      form: [
        day('heldOn', '听证日期', 'Day of the hearing'),
        day('evidenceBy', '证据提交截止', 'Evidence until'),
        code('follows', label('代替已取消的听证', 'In place of the hearing called off'), 'text', { required: false, seenBy: PARTIES }),
      ],
      clocks: {
        start: [
          { clock: 'evidence', until: { input: 'evidenceBy' } },
          { clock: 'day', until: { input: 'heldOn' } },
        ],
      },
    },
    addEvidence: {
      label: label('提交证据', 'Hand in evidence'),
      told: label('提交了证据', 'Evidence was handed in'),
      from: BEFORE,
      to: 'same',
      duty: 'party',
      partyAct: 'evidence',
      by: [{ relation: 'reporter' }, { relation: 'party' }],
      guard: { fact: 'evidence', is: 'open' },
      form: [words('evidenceWords', label('说明', 'What it shows'), { seenBy: PARTIES })],
      evidence: { min: 0, kinds: ['photo', 'document', 'sound'] },
    },
    closeEvidence: {
      label: label('证据提交截止', 'Evidence is closed'),
      told: label('证据提交截止', 'Evidence is closed'),
      from: BEFORE,
      to: 'same',
      duty: 'progress',
      by: [{ relation: 'service' }],
      guard: { fact: 'evidence', is: 'open' },
      set: { evidence: 'closed' },
      clocks: { stop: ['evidence'] },
    },
    drawPanel: {
      label: label('抽签定听证员', 'Draw the panel'),
      told: label('听证员已抽定', 'The panel was drawn'),
      door,
      from: ['announced'],
      to: 'panelled',
      duty: 'progress',
      by: CONVENER,
      form: [words('panel', label('听证员', 'Panel'), { seenBy: PARTIES })],
    },
    replacePanellist: {
      label: label('更换听证员', 'Replace a panellist'),
      told: label('更换了一名听证员', 'A panellist was replaced'),
      door,
      from: ['panelled'],
      to: 'same',
      duty: 'progress',
      by: CONVENER,
      form: [
        code('fallenOut', label('换下的编号', 'Number that fell out'), 'text', { seenBy: PARTIES }),
        choice('reason', label('原因', 'Why'), WHY, { seenBy: PARTIES }),
        words('panel', label('听证员', 'Panel'), { seenBy: PARTIES }),
      ],
    },
    hold: {
      label: label('记录听证', 'Record the hearing'),
      told: label('听证已举行', 'The hearing was held'),
      door,
      from: ['panelled'],
      to: 'held',
      duty: 'handle',
      by: CONVENER,
      set: { evidence: 'closed' },
      form: [
        words('minutes', label('听证笔录', 'Minutes'), {
          seenBy: PARTIES,
          maxLength: 20_000,
          hint: label(
            '陈述、提问、辩论的要点；参加人核对后签字，可以拍照附上',
            'Statements, questions, debate; signed by those present, attach a photograph',
          ),
        }),
      ],
      evidence: { min: 0, kinds: ['photo', 'document', 'sound'] },
      clocks: { stop: ['day', 'evidence'] },
      primary: true,
    },
    giveOpinion: {
      label: label('记录评议意见', "Record the panel's opinion"),
      told: label('听证员已评议', 'The panel has given its opinion'),
      door,
      from: ['held'],
      to: 'opined',
      duty: 'handle',
      by: CONVENER,
      form: [
        votes('votesFor', '赞成', 'For'),
        votes('votesAgainst', '反对', 'Against'),
        votes('abstained', '弃权', 'Abstained'),
        words('opinion', label('评议意见', 'Opinion'), { seenBy: PARTIES }),
        words('dissent', label('不同意见', 'Dissent'), { required: false, seenBy: PARTIES }),
      ],
      clocks: { start: ['reply'] },
    },
    reply: {
      label: label('答复', 'Answer'),
      told: label('已答复', 'Answered'),
      from: ['opined'],
      to: 'replied',
      duty: 'handle',
      by: CONVENER,
      set: { answered: true },
      form: [
        words('reply', label('答复', 'Answer'), {
          seenBy: PARTIES,
          hint: label('采纳了什么、没有采纳什么、为什么', 'What was followed, what was not, and why'),
        }),
      ],
      clocks: { stop: ['reply'] },
      primary: true,
    },
    callOff: {
      label: label('取消听证', 'Call off'),
      told: label('听证取消', 'The hearing was called off'),
      door,
      from: BEFORE,
      to: 'calledOff',
      duty: 'progress',
      by: CONVENER,
      set: { evidence: 'closed' },
      form: [
        words('because', label('原因', 'Why'), {
          seenBy: PARTIES,
          maxLength: 300,
          hint: label('所有人都能看到，不写姓名、电话', 'Everybody reads it: no name and no telephone'),
        }),
      ],
      clocks: { stop: ['day', 'evidence'] },
    },
  },
  clocks: {
    evidence: {
      label: label('证据提交期', 'Time for evidence'),
      limit: { fixed: { amount: 0, unit: 'day' } },
      ladder: [{ id: 'evidenceEnds', when: 'at', kind: 'dueSoon', tell: [], action: 'closeEvidence' }],
      source: 'local',
      shownToReporter: true,
    },
    day: {
      label: label('听证日', 'Day of the hearing'),
      limit: { fixed: { amount: 0, unit: 'day' } },
      ladder: [
        { id: 'dayComes', when: 'before', offset: { amount: 2, unit: 'day' }, kind: 'dueSoon', tell: ['receivingBody'] },
        { id: 'dayOver', when: 'at', kind: 'overdue', tell: ['receivingBody'] },
      ],
      source: 'local',
      shownToReporter: true,
    },
    reply: {
      label: label('答复期限', 'Limit to answer'),
      limit: { fixed: { amount: 15, unit: 'workingDay' } },
      ladder: [
        { id: 'replySoon', when: 'before', offset: { amount: 3, unit: 'workingDay' }, kind: 'dueSoon', tell: ['receivingBody'] },
        { id: 'replyOverdue', when: 'at', kind: 'overdue', tell: ['receivingBody', 'firstResponsible'] },
      ],
      source: 'local',
      shownToReporter: true,
    },
  },
  lights: { overall: 'reply', handling: 'day' },
});
