import { choice, code, label, limit, words } from '../../form/schema.ts';
import type { Action } from '../../procedure/schema.ts';
import { SAFE } from '../safety/procedure.ts';
import { door, IN_FORCE, MEDIATORS, PARTIES } from '../sides/procedure.ts';

/** SHA-256 of the agreement's words: the record holds to the very text that was signed. */
const digest = code('digest', label('协议文本校验值', 'Digest of the text'), 'text', { maxLength: 64 });

const CONFIRMATION = { clock: 'confirmation', from: { input: 'effectiveOn' } } as const;

/** In a suit the court itself makes the agreement enforceable (调解书), or the suit is withdrawn: there are no thirty days (特邀调解规定 第二十条; 法释〔2011〕5号 第十三条). */
const inSuit = (action: Action, english: string): Action => ({
  ...action,
  label: label(`${action.label.zh}（立案后委托）`, english),
  set: { ...action.set, confirmation: 'suit' },
  clocks: { ...action.clocks, start: (action.clocks?.start ?? []).filter((one) => one !== CONFIRMATION) },
});

const takeEffect: Action = {
  label: label('签字盖章，协议生效', 'Signed and sealed: in force'),
  told: label('各方签名、委员会盖章，协议生效', 'Signed by all, sealed by the committee: in force'),
  from: ['drafted'],
  to: 'effective',
  duty: 'handle',
  by: MEDIATORS,
  guard: SAFE,
  form: [
    code('effectiveOn', label('生效日期', 'In force since'), 'date', { seenBy: PARTIES }),
    code('performBy', label('下一次履行期限', 'Next performance by'), 'date', { seenBy: PARTIES }),
    digest,
  ],
  clocks: {
    stop: ['mediation'],
    start: [CONFIRMATION, { clock: 'performance', until: { input: 'performBy' } }],
  },
  primary: true,
  door,
};

const takeEffectLasting: Action = {
  label: label('签字盖章，协议生效（无履行期限）', 'Signed and sealed: in force, with no day owed'),
  told: label('各方签名、委员会盖章，协议生效', 'Signed by all, sealed by the committee: in force'),
  from: ['drafted'],
  to: 'effective',
  duty: 'handle',
  by: MEDIATORS,
  guard: SAFE,
  set: { performance: 'done' },
  form: [code('effectiveOn', label('生效日期', 'In force since'), 'date', { seenBy: PARTIES }), digest],
  clocks: { stop: ['mediation'], start: [CONFIRMATION] },
  door,
};

/** From a draft that all sides read to a signed, sealed agreement, its confirmation and its performance. */
export const agreeing: Record<string, Action> = {
  coolOff: {
    label: label('冷静期', 'Cool off'),
    told: label('先冷静一下，到约定日期再谈', 'A pause; talks go on at the day agreed'),
    from: ['mediating'],
    to: 'cooling',
    duty: 'progress',
    by: MEDIATORS,
    form: [code('until', label('到哪天', 'Until'), 'date', { seenBy: PARTIES })],
    clocks: { start: [{ clock: 'coolingOff', until: { input: 'until' } }] },
  },
  goOn: {
    label: label('继续调解', 'Go on'),
    told: label('继续调解', 'Talks go on'),
    from: ['cooling'],
    to: 'mediating',
    duty: 'progress',
    by: [...MEDIATORS, { relation: 'service' }],
    clocks: { stop: ['coolingOff'] },
    primary: true,
  },
  extendMediation: {
    label: label('各方同意延长期限', 'All sides agree to more time'),
    told: label('各方同意，调解期限延长', 'All sides agreed to more time'),
    from: ['mediating', 'cooling', 'drafted'],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    // Each side reads what is said of its own yes.
    form: [
      limit('by', label('延长', 'By'), ['day'], 30, { seenBy: PARTIES }),
      words('agreedHow', label('各方何时、怎样表示同意', 'When and how each side agreed'), { seenBy: PARTIES }),
    ],
    clocks: { extend: [{ clock: 'mediation', by: { input: 'by' } }] },
  },
  putInWriting: {
    label: label('形成书面协议', 'Put in writing'),
    told: label('协议已写好，请各方阅读', 'The agreement is written; all sides are asked to read it'),
    from: ['mediating'],
    to: 'drafted',
    duty: 'progress',
    by: MEDIATORS,
    guard: SAFE,
    form: [digest],
    door,
  },
  revise: {
    label: label('修改协议', 'Revise'),
    told: label('协议退回修改', 'The draft is revised'),
    from: ['drafted'],
    to: 'mediating',
    duty: 'progress',
    by: MEDIATORS,
    door,
  },
  takeEffect,
  takeEffectInSuit: inSuit(takeEffect, 'Signed and sealed, in a suit: in force'),
  takeEffectLasting,
  takeEffectLastingInSuit: inSuit(takeEffectLasting, 'Signed and sealed, in a suit: in force, with no day owed'),
  applyForConfirmation: {
    label: label('共同申请司法确认', 'Apply jointly for confirmation'),
    told: label('各方共同申请司法确认', 'All sides asked the court to confirm'),
    from: ['effective'],
    to: 'confirming',
    duty: 'progress',
    by: MEDIATORS,
    set: { confirmation: 'asked' },
    // Also where it was asked for in time and written down late.
    guard: { fact: 'confirmation', is: ['open', 'lapsed'] },
    form: [code('appliedOn', label('申请日期', 'Applied on'), 'date', { seenBy: PARTIES })],
    clocks: { stop: ['confirmation'], start: [{ clock: 'courtAccepting', from: { input: 'appliedOn' } }] },
    door,
  },
  letConfirmationLapse: {
    label: label('申请司法确认的期限届满', 'The time for confirmation is over'),
    told: label('申请司法确认的三十日已过', 'The thirty days for confirmation are over'),
    from: ['effective'],
    to: 'same',
    duty: 'progress',
    by: [{ relation: 'service' }],
    set: { confirmation: 'lapsed' },
    guard: { fact: 'confirmation', is: 'open' },
    clocks: { stop: ['confirmation'] },
  },
  recordAcceptance: {
    label: label('登记法院受理', 'Record that the court took it'),
    told: label('法院已受理，编立“调确”字案号', 'The court took it, under a number of its own'),
    from: ['confirming'],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    set: { confirmation: 'accepted' },
    guard: { fact: 'confirmation', is: 'asked' },
    form: [
      code('acceptedOn', label('受理日期', 'Taken on'), 'date', { seenBy: PARTIES }),
      code('number', label('案号', 'Number'), 'text', { required: false, seenBy: PARTIES, maxLength: 60 }),
    ],
    clocks: { stop: ['courtAccepting'], start: [{ clock: 'courtRuling', from: { input: 'acceptedOn' } }] },
  },
  /** Once, with the leave of the court's president. */
  recordProlonging: {
    label: label('登记法院延长十日', 'Record ten more days for the court'),
    told: label('经法院院长批准，作出裁定的期限延长十日', 'The court has ten more days to rule, by leave of its president'),
    from: ['confirming'],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    set: { confirmation: 'prolonged' },
    guard: { fact: 'confirmation', is: 'accepted' },
    clocks: { extend: [{ clock: 'courtRuling', by: { amount: 10, unit: 'day' } }] },
  },
  recordConfirmation: {
    label: label('登记法院裁定', 'Record the ruling'),
    told: label('法院已作出裁定', 'The court has ruled'),
    from: ['confirming'],
    to: 'effective',
    duty: 'progress',
    by: MEDIATORS,
    set: { confirmation: { input: 'ruling' } },
    clocks: { stop: ['courtAccepting', 'courtRuling'] },
    form: [
      choice(
        'ruling',
        label('裁定', 'Ruling'),
        [
          ['confirmed', '确认有效', 'Confirmed'],
          ['refused', '驳回申请或者不予受理', 'Rejected or not accepted'],
        ],
        { seenBy: PARTIES },
      ),
      code('number', label('文书号', 'Number of the ruling'), 'text', { required: false, seenBy: PARTIES, maxLength: 60 }),
    ],
  },
  recordPart: {
    label: label('履行了一期', 'A part was performed'),
    told: label('履行了一期', 'A part was performed'),
    from: IN_FORCE,
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    guard: { fact: 'performance', is: 'open' },
    form: [code('next', label('下一次履行期限', 'Next performance by'), 'date', { seenBy: PARTIES })],
    clocks: { stop: ['performance'], start: [{ clock: 'performance', until: { input: 'next' } }] },
    door,
  },
  performLast: {
    label: label('全部履行', 'All performed'),
    told: label('协议已全部履行', 'All that was agreed was performed'),
    from: ['effective'],
    to: 'settled',
    duty: 'handle',
    by: MEDIATORS,
    set: { answered: true, performance: 'done' },
    clocks: { stop: ['performance', 'confirmation'] },
    door,
  },
  recordLast: {
    label: label('全部履行，等待裁定', 'All performed; the ruling is awaited'),
    told: label('协议已全部履行，等待法院裁定', 'All that was agreed was performed; the ruling is awaited'),
    from: ['confirming'],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    set: { performance: 'done' },
    clocks: { stop: ['performance'] },
    door,
  },
  closeKept: {
    label: label('无待履行事项，结案', 'Nothing is owed any more: close'),
    told: label('没有待履行的事项，已结案', 'Nothing is owed any more; closed'),
    from: ['effective'],
    to: 'settled',
    duty: 'handle',
    by: MEDIATORS,
    set: { answered: true },
    guard: { fact: 'performance', is: 'done' },
    form: [words('followUp', label('回访情况', 'What was heard'), { required: false, seenBy: PARTIES })],
    clocks: { stop: ['confirmation'] },
  },
  followUp: {
    label: label('回访', 'Follow up'),
    told: label('已回访', 'Followed up'),
    from: ['promised', ...IN_FORCE],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    form: [words('followUp', label('回访情况', 'What was heard'), { seenBy: PARTIES })],
  },
};
