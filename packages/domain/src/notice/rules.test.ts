import { describe, expect, it } from 'vitest';
import type { CaseState, EventActor, EventHeader, EventType, TaskState } from '../case/schema.ts';
import { mediationProcedure } from '../dispute/procedure.ts';
import { hearingProcedure } from '../hearing/procedure.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { emptyState } from '../procedure/rules.ts';
import type { Procedure } from '../procedure/schema.ts';
import { type Audience, type Former, tellingsOf } from './rules.ts';

const HANDLES = ['case.handle', 'letter.answer', 'letter.review'];
const RECEIVES = ['case.accept', 'case.dispatch', 'letter.accept'];
const worker: Audience = { to: 'person', personId: 'handler' };
const third: Audience = { to: 'responsible', organizationId: 'lead', rank: 3 };
const at = (organizationId: string, ...capabilities: string[]): Audience => ({ to: 'posts', organizationId, capabilities });
const somebody: EventActor = { kind: 'person', personId: 'somebody', organizationId: 'centre' };

const stateOf = (procedure: Procedure, stage: string, more: Partial<CaseState> = {}): CaseState => ({
  ...emptyState('case'),
  procedureId: procedure.id,
  stage,
  areaIds: ['city'],
  receivingOrganizationId: 'centre',
  leadOrganizationId: 'lead',
  handlerId: 'handler',
  ...more,
});

const told = (
  procedure: Procedure,
  header: EventHeader,
  {
    type = 'case.acted',
    state = {},
    actor = somebody,
    former,
  }: { type?: EventType; state?: Partial<CaseState>; actor?: EventActor; former?: Former } = {},
) =>
  tellingsOf(procedure, stateOf(procedure, header.to ?? 'handling', state), { type, header, actor }, former).map(({ kind, audiences }) => [
    kind,
    ...audiences,
  ]);

/** Whom each action that leaves a case where it stands tells of what, by hand: at the first stage it is taken at, with a body and a handler at work. */
const SAME: Record<string, Record<string, unknown[]>> = {
  order: {
    lapseObjection: [],
    firstContact: [],
    reportProgress: [],
    requestExtension: [['extension', at('centre', 'case.review')]],
    approveExtension: [['extension', worker]],
    refuseExtension: [['extension', worker]],
    urge: [['urged', worker]],
    supervise: [['supervised', worker, third]],
    answerSupervision: [['news', at('centre', 'case.supervise')]],
    instruct: [['instructed', worker]],
    respond: [['news', at('centre', ...RECEIVES)]],
    addInformation: [['news', at('centre', ...RECEIVES)]],
    callBackReached: [],
    callBackUnanswered: [],
    callBackRefused: [],
    rate: [],
    lapseReopening: [],
  },
  letter: {
    lapseObjection: [],
    investigate: [],
    requestExtension: [['extension', at('lead', 'letter.approve')]],
    approveExtension: [['extension', worker]],
    refuseExtension: [['extension', worker]],
    reportBack: [['news', at('centre', 'letter.accept')]],
    urge: [['supervised', worker, third]],
    addInformation: [['news', at('centre', ...RECEIVES)]],
    rate: [],
  },
  mediation: {
    consent: [['news', worker]],
    sendAskedUp: [],
    sendChoiceUp: [],
    sendUp: [],
    joinBeside: [['news', worker]],
    leaveBeside: [['news', worker]],
    // Of danger nobody is told but who reads the case.
    noteSafety: [],
    noteDanger: [],
    liftDanger: [],
    extendMediation: [['news', worker]],
    letChoosingLapse: [['news', worker]],
    letConfirmationLapse: [['news', worker]],
    // What a court does is written down by whoever has it in hand.
    recordAcceptance: [],
    recordProlonging: [],
    recordPart: [],
    recordLast: [],
    followUp: [],
  },
  hearing: { addEvidence: [['news', worker]], closeEvidence: [['news', worker]], replacePanellist: [] },
};

describe('actions that leave a case where it stands', () => {
  it.each([orderProcedure, letterProcedure, mediationProcedure, hearingProcedure])(
    'of $id tell whom they concern, each as written',
    (procedure) => {
      const same = Object.entries(procedure.actions).filter(([, { to }]) => to === 'same');
      const found = same.map(([action, { from }]) => [action, told(procedure, { action, from: from[0]!, to: from[0]! })]);
      expect(Object.fromEntries(found)).toEqual(SAME[procedure.id]);
    },
  );

  it('reach the body where nobody of it has taken the case up, and whoever received it where no body has it', () => {
    const urged = (state: Partial<CaseState>) => told(orderProcedure, { action: 'urge', from: 'dispatched', to: 'dispatched' }, { state });
    expect(urged({ handlerId: undefined })).toEqual([['urged', at('lead', ...HANDLES)]]);
    expect(urged({ handlerId: undefined, leadOrganizationId: undefined })).toEqual([['urged', at('centre', ...RECEIVES)]]);
  });

  it('tell what a reporter adds to whoever has the turn', () => {
    const added = (stage: string) => told(orderProcedure, { action: 'addInformation', from: stage, to: stage });
    expect(added('handling')).toEqual([['news', worker]]);
    expect(added('replied')).toEqual([['news', at('centre', ...RECEIVES)]]);
  });

  it('tell a dissatisfied rating to who calls back, and no other rating to anybody', () => {
    const rated = (satisfaction: string) =>
      told(orderProcedure, { action: 'rate', from: 'replied', to: 'replied', set: { satisfaction } }).map(([kind, ...whom]) => [
        kind,
        whom[0],
      ]);
    expect(rated('satisfied')).toEqual([]);
    expect(rated('dissatisfied')).toEqual([['news', at('centre', 'case.callback')]]);
  });

  it('ask whom a locality named in place of the usual', () => {
    const approve = { ...orderProcedure.actions.approveExtension!, by: [{ capability: 'case.close', relation: 'leadBody' as const }] };
    const varied = { ...orderProcedure, actions: { ...orderProcedure.actions, approveExtension: approve } };
    expect(told(varied, { action: 'requestExtension', from: 'handling', to: 'handling' })).toEqual([
      ['extension', at('lead', 'case.close')],
    ]);
  });
});

describe('work that goes to others', () => {
  it('is told to the body it is taken back from: to its handler, else to the body', () => {
    const recall: EventHeader = {
      action: 'recall',
      from: 'handling',
      to: 'accepted',
      assign: { leadOrganizationId: null, handlerId: null },
    };
    const state = { leadOrganizationId: undefined, handlerId: undefined };
    const arrived = ['arrived', at('centre', ...RECEIVES)];
    expect(told(orderProcedure, recall, { state, former: { organizationId: 'lead', handlerId: 'handler' } })).toEqual([
      arrived,
      ['taken', worker],
    ]);
    expect(told(orderProcedure, recall, { state, former: { organizationId: 'lead' } })).toEqual([
      arrived,
      ['taken', at('lead', ...HANDLES)],
    ]);
    expect(told(orderProcedure, recall, { state })).toEqual([arrived]);
  });

  it('is told to the body at work when a reporter withdraws or it is joined with another, not when the body ended it itself', () => {
    const withdraw: EventHeader = { action: 'withdraw', from: 'handling', to: 'withdrawn' };
    expect(told(orderProcedure, withdraw)).toEqual([['taken', worker]]);
    expect(told(orderProcedure, withdraw, { actor: { kind: 'person', personId: 'x', organizationId: 'lead' } })).toEqual([]);
    expect(told(orderProcedure, { ...withdraw, from: 'received' }, { state: { leadOrganizationId: undefined } })).toEqual([]);
  });

  it('is told to a mediator who was named, and to the centre a dispute was sent up to', () => {
    const assign = { handlerId: 'mediator' };
    expect(told(mediationProcedure, { action: 'appoint', from: 'mediating', to: 'mediating', assign })).toEqual([
      ['arrived', { to: 'person', personId: 'mediator' }],
    ]);
    expect(told(mediationProcedure, { action: 'appoint', from: 'choosing', to: 'mediating', assign: { handlerId: 'somebody' } })).toEqual(
      [],
    );
    const up = { leadOrganizationId: 'above', handlerId: null };
    expect(
      told(
        mediationProcedure,
        { action: 'sendUp', from: 'mediating', to: 'mediating', assign: up },
        { former: { organizationId: 'centre' } },
      ),
    ).toEqual([['arrived', at('above', ...HANDLES)]]);
  });

  it('is told to whoever had it in hand when a colleague takes it over', () => {
    const taken = (codes: EventHeader['codes']) => told(orderProcedure, { codes }, { type: 'case.takenOver' });
    expect(taken({ fromPersonId: 'before', fromPostId: 'post' })).toEqual([['taken', { to: 'person', personId: 'before' }]]);
    expect(taken({ fromPostId: 'post' })).toEqual([]);
  });
});

describe('joint work', () => {
  it.each([
    ['task.opened', 'open', ['arrived', at('other', ...HANDLES)]],
    ['task.changed', 'acknowledged', undefined],
    ['task.changed', 'done', ['news', worker]],
    ['task.changed', 'returned', ['news', worker]],
    ['task.changed', 'cancelled', ['taken', at('other', ...HANDLES)]],
  ] as const)('%s to %s tells whose turn it is', (type, status: TaskState['status'], telling) => {
    const task = { taskId: 'task', organizationId: 'other', status };
    expect(told(orderProcedure, { task }, { type })).toEqual(telling ? [telling] : []);
  });
});

describe('queues and clocks', () => {
  it('a case that moves tells whose queue it comes to; an imported one tells nobody', () => {
    expect(told(orderProcedure, { action: 'resolve', from: 'handling', to: 'resolved' })).toEqual([
      ['arrived', { to: 'area', areaIds: ['city'], capabilities: ['case.verify'] }],
    ]);
    expect(told(orderProcedure, { to: 'handling' }, { type: 'case.imported' })).toEqual([]);
  });

  it('a clock tells whom its ladder names, and the reporter elsewhere', () => {
    const codes = { kind: 'overdue', tell: ['handler', 'thirdResponsible', 'reporter'] };
    expect(told(orderProcedure, { codes }, { type: 'clock.told' })).toEqual([['overdue', worker, third]]);
    expect(told(orderProcedure, { codes: { kind: 'overdue', tell: ['reporter'] } }, { type: 'clock.told' })).toEqual([]);
  });

  it('a shift handed over tells whoever receives the case, the task or the queue', () => {
    const handed = (header: EventHeader, state: Partial<CaseState> = {}) =>
      told(orderProcedure, header, { type: 'case.handedOver', state });
    expect(handed({})).toEqual([['arrived', worker]]);
    expect(handed({}, { handlerId: undefined, stage: 'dispatched' })).toEqual([['arrived', at('lead', ...HANDLES)]]);
    expect(handed({ task: { taskId: 'task', organizationId: 'other', status: 'open' } })).toEqual([['arrived', at('other', ...HANDLES)]]);
  });
});
