import { choice, label, words } from '../../form/schema.ts';
import type { Action } from '../../procedure/schema.ts';

const CENTRE: Action['by'] = [
  { capability: 'case.close', relation: 'receivingBody' },
  { capability: 'case.close', relation: 'area' },
];
const CALLERS: Action['by'] = [
  { capability: 'case.callback', relation: 'receivingBody' },
  { capability: 'case.close', relation: 'receivingBody' },
  { capability: 'case.close', relation: 'area' },
];
const SATISFACTION = [
  ['satisfied', '满意', 'Satisfied'],
  ['basicallySatisfied', '基本满意', 'Basically satisfied'],
  ['dissatisfied', '不满意', 'Dissatisfied'],
] as const;
const UNANSWERED = { fact: 'satisfaction', is: 'unknown' } as const;
const REOPENED: Action['set'] = {
  answered: false,
  satisfaction: 'unknown',
  callBack: 'none',
  reopened: true,
  mayReopen: false,
};

/** The answer, the call-back, the rating, and the ends. */
export const feedback: Record<string, Action> = {
  answer: {
    label: label('答复', 'Answer'),
    told: label('答复您反映的问题', 'The answer to your report'),
    from: ['verified'],
    to: 'replied',
    duty: 'progress',
    by: CALLERS,
    guard: { fact: 'reporterReachable', is: true },
    set: { answered: true, mayReopen: true },
    form: [words('reply', label('答复内容', 'Answer'), { seenBy: ['reporter'] })],
    clocks: { stop: ['overall'] },
    primary: true,
  },
  closeAnonymous: {
    label: label('匿名办结', 'Close, anonymous'),
    told: label('已办结', 'Closed'),
    from: ['verified'],
    to: 'closedAnonymous',
    duty: 'close',
    by: CENTRE,
    guard: {
      all: [
        { fact: 'reporterReachable', is: false },
        { fact: 'supervision', is: 'none' },
        { fact: 'tasksOpen', is: false },
      ],
    },
    form: [words('reply', label('办理结果', 'Result'), { seenBy: ['reporter'] })],
    clocks: { stop: ['overall'] },
    primary: true,
  },
  callBackReached: {
    label: label('回访接通', 'Call-back: reached'),
    told: label('已回访您', 'We called you back'),
    personal: true,
    from: ['replied'],
    to: 'same',
    duty: 'progress',
    by: CALLERS,
    guard: UNANSWERED,
    set: { satisfaction: { input: 'satisfaction' } },
    form: [
      choice('solved', label('是否解决', 'Solved'), [
        ['yes', '已解决', 'Yes'],
        ['partly', '部分解决', 'Partly'],
        ['no', '未解决', 'No'],
      ]),
      choice('satisfaction', label('满意度', 'Satisfaction'), SATISFACTION),
      words('words', label('诉求人意见', 'What was said'), { required: false }),
    ],
    primary: true,
  },
  callBackUnanswered: {
    label: label('回访未接', 'Call-back: no answer'),
    from: ['replied'],
    to: 'same',
    duty: 'progress',
    by: CALLERS,
    guard: { all: [UNANSWERED, { not: { fact: 'callBack', is: 'exhausted' } }] },
    set: { callBack: { next: true } },
  },
  callBackRefused: {
    label: label('拒访', 'Call-back: refused'),
    from: ['replied'],
    to: 'same',
    duty: 'progress',
    by: CALLERS,
    guard: { all: [UNANSWERED, { not: { fact: 'callBack', is: 'exhausted' } }] },
    set: { callBack: 'exhausted' },
  },
  explain: {
    label: label('解释说明', 'Explain'),
    told: label('向您说明', 'An explanation'),
    personal: true,
    from: ['accepted', 'replied'],
    to: 'replied',
    duty: 'progress',
    by: CALLERS,
    guard: {
      all: [
        { fact: 'tasksOpen', is: false },
        {
          any: [
            { fact: 'reopened', is: true },
            { fact: 'satisfaction', is: 'dissatisfied' },
          ],
        },
      ],
    },
    set: { answered: true, satisfaction: 'explained', mayReopen: true },
    form: [words('explanation', label('解释内容', 'Explanation'), { seenBy: ['reporter'] })],
    clocks: { stop: ['overall'] },
  },
  rate: {
    label: label('评价', 'Rate'),
    told: label('您已评价', 'You rated it'),
    personal: true,
    from: ['replied', 'closed'],
    to: 'same',
    duty: 'party',
    partyAct: 'rate',
    by: [{ relation: 'reporter' }],
    set: { satisfaction: { input: 'satisfaction' } },
    form: [
      choice('satisfaction', label('您满意吗', 'Are you satisfied'), SATISFACTION, { seenBy: ['reporter'] }),
      words('words', label('想说的话', 'Anything to add'), { required: false, seenBy: ['reporter'] }),
    ],
    primary: true,
  },
  reopen: {
    label: label('重新办理', 'Reopen'),
    told: label('已重新办理', 'It has been reopened'),
    personal: true,
    from: ['replied'],
    to: 'accepted',
    duty: 'decide',
    by: CALLERS,
    guard: { fact: 'satisfaction', is: 'dissatisfied' },
    set: REOPENED,
    form: [words('reason', label('重办理由', 'Why'), { seenBy: ['reporter'] })],
    clocks: { start: ['overall'] },
  },
  askToReopen: {
    label: label('要求重办', 'Ask to reopen'),
    told: label('您要求重新办理', 'You asked for it to be reopened'),
    personal: true,
    from: ['replied', 'closed'],
    to: 'accepted',
    duty: 'party',
    partyAct: 'appeal',
    by: [{ relation: 'reporter' }],
    guard: { fact: 'mayReopen', is: true },
    set: REOPENED,
    form: [words('reason', label('还没解决的是', 'What is still unsolved'), { seenBy: ['reporter'] })],
    clocks: { stop: ['reopenWindow'], start: ['overall'] },
  },
  lapseReopening: {
    label: label('重办期满', 'Window for reopening ends'),
    from: ['closed'],
    to: 'same',
    duty: 'progress',
    by: [{ relation: 'service' }],
    set: { mayReopen: false },
    clocks: { stop: ['reopenWindow'] },
  },
  close: {
    label: label('结案', 'Close'),
    told: label('已结案', 'Closed'),
    from: ['replied'],
    to: 'closed',
    duty: 'close',
    by: CENTRE,
    guard: {
      all: [
        { fact: 'supervision', is: 'none' },
        { fact: 'tasksOpen', is: false },
        {
          any: [
            { fact: 'satisfaction', is: ['satisfied', 'basicallySatisfied', 'explained'] },
            {
              all: [
                UNANSWERED,
                {
                  any: [
                    { fact: 'callBackWanted', is: false },
                    { fact: 'callBack', is: 'exhausted' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    clocks: { start: ['reopenWindow'] },
    primary: true,
  },
  withdraw: {
    label: label('撤诉', 'Withdraw'),
    told: label('您已撤回', 'You have withdrawn it'),
    // Once answered it is rated or reopened: a withdrawal then would take a dissatisfied answer out of the rates.
    personal: true,
    from: ['received', 'accepted', 'dispatched', 'objected', 'handling', 'held', 'resolved', 'verified'],
    to: 'withdrawn',
    // Not a party act in law's eyes here: staff may log a spoken withdrawal, and the side complained of must never be among them.
    duty: 'close',
    partyAct: 'withdraw',
    by: [{ relation: 'reporter' }, { capability: 'case.register', relation: 'receivingBody' }],
    set: { supervision: 'none', mayObject: false, extension: 'none' },
    form: [words('reason', label('撤回原因', 'Why'), { required: false, seenBy: ['reporter'] })],
    clocks: { stop: ['acceptance', 'overall', 'handling', 'hold', 'contact', 'objectionWindow', 'objectionReview', 'supervision'] },
  },
};
