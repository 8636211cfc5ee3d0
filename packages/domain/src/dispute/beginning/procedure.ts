import { choice, code, label } from '../../form/schema.ts';
import type { Action, Field } from '../../procedure/schema.ts';
import { door, IN_FORCE, MEDIATORS, note, OVER, PARTIES, SIDES, UNSIGNED } from '../sides/procedure.ts';

const MEDIATOR: Field = { id: 'mediator', label: label('调解员', 'Mediator'), type: 'person', required: true, content: false };

/** The higher centre has mediators of its own, and its own days: whatever ran for this one runs anew. */
const sendUp: Action = {
  label: label('提交上级中心', 'Send up to the higher centre'),
  told: label('已提交上一级调解中心', 'Sent up to the next centre'),
  from: ['registered'],
  to: 'same',
  duty: 'progress',
  by: MEDIATORS,
  clocks: { stop: ['accepting'], start: ['accepting'] },
  assign: { leadOrganization: { input: 'to' }, handler: 'none', beside: 'none' },
  form: [
    code('to', label('上级中心', 'Higher centre'), 'organization', { seenBy: PARTIES }),
    choice(
      'why',
      label('原因', 'Reason'),
      [
        ['complex', '疑难复杂', 'Difficult'],
        ['manyParties', '涉及多方或者人数众多', 'Many parties'],
        ['trade', '需要专业调解', 'Needs a committee of the trade'],
        ['failed', '多次调解未成', 'Tried without success'],
      ],
      { seenBy: PARTIES },
    ),
    note,
  ],
  door,
};

/** From a first word to a mediator whom all sides accept. */
export const beginning: Record<string, Action> = {
  askConsent: {
    label: label('受理，征求各方意愿', 'Accept, and ask all sides'),
    told: label('已受理，正在征求各方是否愿意调解', 'Accepted; all sides are being asked whether they want to mediate'),
    from: ['registered'],
    to: 'consulting',
    duty: 'progress',
    by: MEDIATORS,
    assign: { handler: 'actor' },
    clocks: { stop: ['accepting'] },
    primary: true,
  },
  consent: {
    label: label('同意调解', 'Agrees to mediate'),
    told: label('一方同意调解', 'A side agreed to mediate'),
    from: ['registered', 'consulting', 'choosing', 'mediating'],
    to: 'same',
    duty: 'party',
    partyAct: 'consent',
    by: [...MEDIATORS, ...SIDES],
    door,
  },
  lastConsent: {
    label: label('各方均同意调解', 'All sides agree to mediate'),
    told: label('各方都同意调解，请选择调解员', 'All sides agreed; a mediator may be chosen'),
    from: ['registered', 'consulting'],
    to: 'choosing',
    duty: 'party',
    partyAct: 'consent',
    by: [...MEDIATORS, ...SIDES],
    form: [code('until', label('调解期限', 'To be mediated by'), 'date', { seenBy: PARTIES })],
    clocks: { stop: ['accepting'], start: [{ clock: 'mediation', until: { input: 'until' } }, 'choosing'] },
    door,
  },
  /** The sides may still agree on somebody; from now on the committee owes them a name, which they accept or not (人民调解法 第十九条). */
  letChoosingLapse: {
    label: label('共同选择的期限届满', 'The time to choose together is over'),
    told: label(
      '共同选择的两个工作日已到；还没有确定调解员的，由调解组织提名，请您决定是否接受',
      'The two working days to choose together are over; where no mediator is appointed yet, one is named, whom you may accept or not',
    ),
    from: ['choosing'],
    to: 'same',
    duty: 'progress',
    by: [{ relation: 'service' }],
    clocks: { stop: ['choosing'], start: ['designating'] },
  },
  appoint: {
    label: label('确定调解员', 'Appoint the mediator'),
    told: label('调解员已确定', 'The mediator is appointed'),
    from: ['choosing', 'mediating', 'cooling'],
    to: 'mediating',
    duty: 'progress',
    by: MEDIATORS,
    assign: { handler: { input: 'mediator' }, beside: { remove: 'mediator' } },
    clocks: { stop: ['coolingOff', 'choosing', 'designating'] },
    form: [
      MEDIATOR,
      choice('how', label('怎样确定', 'How'), [
        ['agreed', '各方共同选定', 'Chosen by all sides'],
        ['accepted', '委员会指定，各方接受', 'Named by the committee, accepted by all sides'],
      ]),
    ],
    door,
  },
  stepAside: {
    label: label('回避，更换调解员', 'Step aside for another mediator'),
    told: label('调解员回避，请另选调解员', 'The mediator stepped aside; another is to be chosen'),
    from: ['mediating', 'cooling', 'drafted'],
    to: 'choosing',
    duty: 'progress',
    by: MEDIATORS,
    assign: { handler: 'none' },
    clocks: { stop: ['coolingOff'], start: ['choosing'] },
    form: [
      choice(
        'why',
        label('原因', 'Reason'),
        [
          ['conflict', '与一方有利害关系', 'An interest in the matter'],
          ['challenged', '当事人申请更换', 'A party asked for another'],
          ['unavailable', '不能继续履职', 'Cannot go on'],
        ],
        { seenBy: PARTIES },
      ),
      note,
    ],
    door,
  },
  joinBeside: {
    label: label('共同调解员加入', 'A second mediator joins'),
    told: label('另一位调解员加入调解', 'A second mediator joins'),
    from: ['mediating', 'cooling', 'drafted'],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    assign: { beside: { add: 'mediator' } },
    form: [MEDIATOR],
    door,
  },
  /** At any time, also after the end: whoever is off it sees it no longer. */
  leaveBeside: {
    label: label('共同调解员不再参与', 'A second mediator no longer takes part'),
    told: label('一位调解员不再参与调解', 'A second mediator no longer takes part'),
    from: [...UNSIGNED, ...IN_FORCE, 'promised', ...OVER],
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    assign: { beside: { remove: 'mediator' } },
    form: [MEDIATOR],
    door,
  },
  sendUp,
  sendAskedUp: { ...sendUp, from: ['consulting'], clocks: {} },
  /** The sides choose anew (第十九条). */
  sendChoiceUp: { ...sendUp, from: ['choosing'], clocks: { stop: ['choosing', 'designating'], start: ['choosing'] } },
  sendTalksUp: { ...sendUp, from: ['mediating'], to: 'choosing', clocks: { start: ['choosing'] } },
};
