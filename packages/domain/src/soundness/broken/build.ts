import type { Action, Procedure } from '../../procedure/schema.ts';

const name = (zh: string) => ({ zh, en: zh });

const action = (one: Partial<Action> & Pick<Action, 'from' | 'to' | 'duty' | 'by'>): Action => ({
  label: name('动作'),
  told: name('告知'),
  ...one,
});

export const CENTRE: Action['by'] = [{ capability: 'case.dispatch', relation: 'area' }];
export const LEAD: Action['by'] = [{ capability: 'case.handle', relation: 'leadBody' }];
export const CHECKER: Action['by'] = [{ capability: 'case.verify', relation: 'area' }];

/** The smallest sound procedure with something for every rule: broken ones differ from it in one place. */
export const smallProcedure = (): Procedure => ({
  id: 'small',
  version: 1,
  title: name('小流程'),
  numberPrefix: 'SM',
  confidential: false,
  receivedBy: 'case.dispatch',
  source: 'made up',
  start: 'received',
  facts: { reporterReachable: [true, false], answered: [false, true], tasksOpen: [false, true], tries: ['none', 'once', 'twice'] },
  initial: { reporterReachable: { filing: 'reporterReachable' }, answered: false, tasksOpen: false, tries: 'none' },
  startClocks: ['whole'],
  stages: {
    received: { label: name('待受理'), told: name('待受理') },
    handling: { label: name('办理中'), told: name('办理中'), tasks: true },
    resolved: { label: name('待核查'), told: name('待核查') },
    verified: { label: name('待答复'), told: name('待答复') },
    closed: { label: name('已结案'), told: name('已结案'), end: 'answered' },
    anonymous: { label: name('匿名'), told: name('匿名'), end: 'anonymous' },
    declined: { label: name('不予受理'), told: name('不予受理'), end: 'declined' },
    withdrawn: { label: name('已撤回'), told: name('已撤回'), end: 'withdrawn' },
    merged: { label: name('已并单'), told: name('已并单'), end: 'merged' },
  },
  actions: {
    dispatch: action({
      from: ['received'],
      to: 'handling',
      duty: 'decide',
      by: CENTRE,
      assign: { leadOrganization: { input: 'body' } },
      form: [{ id: 'body', label: name('单位'), type: 'organization', required: true, content: false }],
      clocks: { start: ['work'] },
    }),
    decline: action({
      from: ['received'],
      to: 'declined',
      duty: 'refuse',
      by: CENTRE,
      clocks: { stop: ['whole'] },
      appeal: { action: 'appeal' },
    }),
    appeal: action({
      from: ['declined'],
      to: 'received',
      duty: 'party',
      partyAct: 'appeal',
      by: [{ relation: 'reporter' }],
      clocks: { start: ['whole'] },
    }),
    hold: action({
      from: ['handling'],
      to: 'handling',
      duty: 'decide',
      by: CENTRE,
      set: { tries: { next: true } },
      guard: { not: { fact: 'tries', is: 'twice' } },
    }),
    resolve: action({
      from: ['handling'],
      to: 'resolved',
      duty: 'handle',
      partyAct: 'rectify',
      by: LEAD,
      guard: { fact: 'tasksOpen', is: false },
      clocks: { stop: ['work'] },
    }),
    pass: action({ from: ['resolved'], to: 'verified', duty: 'verify', notBy: ['handle'], by: CHECKER }),
    rework: action({ from: ['resolved'], to: 'handling', duty: 'verify', notBy: ['handle'], by: CHECKER, clocks: { start: ['work'] } }),
    close: action({
      from: ['verified'],
      to: 'closed',
      duty: 'close',
      by: CENTRE,
      guard: { fact: 'reporterReachable', is: true },
      set: { answered: true },
      clocks: { stop: ['whole'] },
    }),
    closeAnonymous: action({
      from: ['verified'],
      to: 'anonymous',
      duty: 'close',
      by: CENTRE,
      guard: { fact: 'reporterReachable', is: false },
      clocks: { stop: ['whole'] },
    }),
    reopen: action({
      from: ['closed'],
      to: 'received',
      duty: 'party',
      partyAct: 'appeal',
      by: [{ relation: 'reporter' }],
      set: { answered: false },
      clocks: { start: ['whole'] },
    }),
    withdraw: action({
      from: ['received', 'handling'],
      to: 'withdrawn',
      duty: 'close',
      partyAct: 'withdraw',
      by: [{ relation: 'reporter' }],
      clocks: { stop: ['whole', 'work'] },
    }),
    merge: action({
      from: ['received'],
      to: 'merged',
      duty: 'close',
      by: CENTRE,
      assign: { mainCase: { input: 'main' } },
      form: [{ id: 'main', label: name('主单'), type: 'case', required: true, content: false }],
      clocks: { stop: ['whole'] },
    }),
    reply: action({ from: ['handling'], to: 'same', duty: 'party', partyAct: 'reply', by: [{ relation: 'respondent' }] }),
  },
  clocks: {
    whole: { label: name('总时限'), limit: { fixed: { amount: 5, unit: 'workingDay' } }, ladder: [], source: 'local' },
    work: { label: name('承办时限'), limit: { fixed: { amount: 5, unit: 'workingDay' } }, ladder: [], source: 'local' },
  },
  lights: { overall: 'whole', handling: 'work' },
});

type Draft = ReturnType<typeof smallProcedure>;

/** One break a variant of a rule: the code the checker must give, and how the sound procedure is broken. */
export const BROKEN: readonly {
  readonly code: string;
  readonly why: string;
  readonly where: string;
  readonly break: (draft: Draft) => void;
}[] = [
  {
    code: 'stageUnreachable',
    why: 'a stage to which no action leads',
    where: 'attic',
    break: ({ stages }) => {
      stages.attic = { label: name('阁楼'), told: name('阁楼'), end: 'lawfulEnd' };
    },
  },
  {
    code: 'stageUnreachable',
    why: 'a stage behind a guard that never holds',
    where: 'anonymous',
    break: ({ actions }) => {
      actions.closeAnonymous!.guard = {
        all: [
          { fact: 'reporterReachable', is: true },
          { fact: 'reporterReachable', is: false },
        ],
      };
    },
  },
  {
    code: 'stuck',
    why: 'a stage out of which nothing leads for the unreachable',
    where: 'verified',
    break: ({ actions }) => {
      actions.closeAnonymous!.from = ['received'];
    },
  },
  {
    code: 'neverEnds',
    why: 'two stages that pass a case to and fro for ever',
    where: 'resolved',
    break: ({ actions }) => {
      delete actions.pass;
      delete actions.close;
      delete actions.closeAnonymous;
      actions.resolve!.assign = { leadOrganization: 'actor' };
      actions.withdraw!.from = ['received'];
    },
  },
  {
    code: 'endNeedsParty',
    why: 'a case that only its reporter could bring to an end',
    where: 'verified',
    break: ({ actions }) => {
      actions.close!.by = [{ relation: 'reporter' }];
    },
  },
  {
    code: 'deadAction',
    why: 'an action whose condition never holds',
    where: 'rework',
    break: ({ actions }) => {
      actions.rework!.guard = { fact: 'answered', is: true };
    },
  },
  {
    code: 'deadAction',
    why: 'an action of a lead body before there is one',
    where: 'early',
    break: ({ actions }) => {
      actions.early = action({ from: ['received'], to: 'same', duty: 'progress', by: LEAD, guard: { fact: 'tries', is: 'none' } });
      actions.appeal!.assign = { leadOrganization: 'none' };
      actions.reopen!.assign = { leadOrganization: 'none' };
    },
  },
  {
    code: 'deadFrom',
    why: 'an action that cannot be taken from one of its stages',
    where: 'hold@declined',
    break: ({ actions }) => {
      actions.hold = {
        ...actions.hold!,
        to: 'same',
        from: ['handling', 'declined'],
        by: [...LEAD],
        guard: { all: [{ fact: 'answered', is: true }] },
      };
      actions.hold.from = ['closed', 'declined'];
    },
  },
  {
    code: 'clockRunsAtEnd',
    why: 'a clock that nobody stops on one way to an end',
    where: 'whole@closed',
    break: ({ actions }) => {
      delete actions.close!.clocks;
      actions.reopen!.clocks = { stop: ['whole'], start: ['whole'] };
    },
  },
  {
    code: 'clockPausedAtEnd',
    why: 'a clock that is paused and forgotten',
    where: 'work@closed',
    break: ({ actions }) => {
      actions.resolve!.clocks = { pause: ['work'] };
      actions.rework!.clocks = { resume: ['work'] };
      actions.dispatch!.clocks = { stop: ['work'], start: ['work'] };
    },
  },
  {
    code: 'clockRestarted',
    why: 'a clock started again while it runs',
    where: 'work@hold',
    break: ({ actions }) => {
      actions.hold!.clocks = { start: ['work'] };
    },
  },
  {
    code: 'sameHands',
    why: 'a handler who may verify his own work',
    where: 'pass',
    break: ({ actions }) => {
      delete actions.pass!.notBy;
    },
  },
  {
    code: 'verifierUnknown',
    why: 'a check by somebody who holds no post',
    where: 'pass',
    break: ({ actions }) => {
      actions.pass!.by = [...CHECKER, { relation: 'party' }];
    },
  },
  {
    code: 'noAppeal',
    why: 'a refusal without an appeal',
    where: 'decline',
    break: ({ actions }) => {
      delete actions.decline!.appeal;
    },
  },
  {
    code: 'noAppeal',
    why: 'a refusal hidden among the choices of a form',
    where: 'close',
    break: ({ actions }) => {
      actions.close!.form = [
        {
          id: 'outcome',
          label: name('结果'),
          type: 'choice',
          required: true,
          content: false,
          options: [{ value: 'no', label: name('不支持'), refuses: true }],
        },
      ];
    },
  },
  {
    code: 'finalWithoutArticle',
    why: 'a refusal that is final because somebody says so',
    where: 'decline',
    break: ({ actions }) => {
      actions.decline!.appeal = { final: '本单位最终决定' };
    },
  },
  {
    code: 'appealUnreachable',
    why: 'an appeal that cannot be made after the refusal',
    where: 'decline',
    break: ({ actions }) => {
      actions.appeal!.from = ['merged'];
    },
  },
  {
    code: 'appealByRefuser',
    why: 'an appeal open only to those who refused',
    where: 'decline',
    break: ({ actions }) => {
      actions.appeal!.by = CENTRE;
    },
  },
  {
    code: 'endUnanswered',
    why: 'an answered end without an answer',
    where: 'close@closed',
    break: ({ actions }) => {
      delete actions.close!.set;
    },
  },
  {
    code: 'anonymousButReachable',
    why: 'an anonymous end for somebody who can be reached',
    where: 'closeAnonymous@anonymous',
    break: ({ actions }) => {
      delete actions.closeAnonymous!.guard;
    },
  },
  {
    code: 'endUntold',
    why: 'an end of which the reporter hears nothing',
    where: 'decline@declined',
    break: ({ actions }) => {
      delete actions.decline!.told;
    },
  },
  {
    code: 'mergedWithoutMain',
    why: 'a merger into no case',
    where: 'merge@merged',
    break: ({ actions }) => {
      delete actions.merge!.assign;
    },
  },
  {
    code: 'stillMerged',
    why: 'a merger undone that still points to the main case',
    where: 'unmerge@received',
    break: ({ actions }) => {
      actions.unmerge = action({ from: ['merged'], to: 'received', duty: 'decide', by: CENTRE, clocks: { start: ['whole'] } });
    },
  },
  {
    code: 'withdrawnByOthers',
    why: 'a withdrawal that is none',
    where: 'withdraw@withdrawn',
    break: ({ actions }) => {
      delete actions.withdraw!.partyAct;
    },
  },
  {
    code: 'answeredUntold',
    why: 'an answer of which the reporter is not told',
    where: 'close@closed',
    break: ({ actions }) => {
      delete actions.close!.told;
    },
  },
  {
    code: 'answeredStale',
    why: 'a reopened case that still counts as answered',
    where: 'reopen@received',
    break: ({ actions }) => {
      delete actions.reopen!.set;
    },
  },
  {
    code: 'reachableDenied',
    why: 'a reachable reporter made unreachable by a stroke of the pen',
    where: 'hold@handling',
    break: ({ actions }) => {
      actions.hold!.set = { ...actions.hold!.set, reporterReachable: false };
    },
  },
  ...(['decide', 'verify', 'close', 'handle', 'refuse', 'progress'] as const).map((duty) => ({
    code: 'respondentDecides',
    why: `the respondent takes an act of duty ${duty}`,
    where: 'reply',
    break: ({ actions }: Draft) => {
      actions.reply = {
        ...actions.reply!,
        duty,
        by: [...CENTRE, { relation: 'respondent' as const }],
        notBy: ['handle' as const],
        appeal: { action: 'appeal' },
      };
    },
  })),
  {
    code: 'respondentActUnlisted',
    why: 'the respondent rates its own matter',
    where: 'reply',
    break: ({ actions }) => {
      actions.reply!.partyAct = 'rate';
    },
  },
  {
    code: 'respondentEnds',
    why: 'the respondent ends the case by an act of a party',
    where: 'reply',
    break: ({ actions }) => {
      actions.reply = { ...actions.reply!, from: ['received'], to: 'declined', clocks: { stop: ['whole'] } };
    },
  },
];
