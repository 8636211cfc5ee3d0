import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseState, EventHeader } from '../case/schema.ts';
import { mediationProcedure } from '../dispute/procedure.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { awakeAt, nextTry, noticeWords, PAUSES_MS, periodTold, periodWords, progressWords, toldOutside } from './rules.ts';

const at = (time: string): string => new Date(`2026-10-08T${time}:00+08:00`).toISOString();
const step = (action: string, from: string, to: string, more: Partial<EventHeader> = {}) => {
  const { duty, set } = orderProcedure.actions[action]!;
  return {
    type: 'case.acted' as const,
    header: { action, from, to, duty, ...(set ? { set: set as EventHeader['set'] } : {}), ...more } as EventHeader,
  };
};

test('of several words of a period that are due at once, sides hear the last alone', () => {
  const { ladder } = mediationProcedure.clocks.confirmation!;
  const word = (rung: string) => ({
    type: 'clock.told' as const,
    header: { codes: { clock: 'confirmation', rung, kind: 'dueSoon', tell: ['handler', 'reporter'], stage: 'effective' } } as EventHeader,
  });
  const heard = (status: string, told: readonly string[]) =>
    told.map((rung) => periodTold(mediationProcedure, { confirmation: { status, told } } as unknown as CaseState['clocks'], word(rung)));
  // Written down on the twenty-eighth day, and after the period was over.
  expect(heard('running', ['confirmationDay20', 'confirmationDay25'])).toEqual([undefined, 'soon']);
  expect(
    heard(
      'stopped',
      ladder.map(({ id }) => id),
    ),
  ).toEqual([undefined, undefined, 'over']);
  // What went to whoever mediates alone takes no side's word away.
  const { ladder: mediating } = mediationProcedure.clocks.mediation!;
  const own = {
    ...mediationProcedure,
    clocks: {
      ...mediationProcedure.clocks,
      confirmation: { ...mediationProcedure.clocks.confirmation!, ladder: [ladder[0]!, { ...mediating[0]!, tell: ['handler' as const] }] },
    },
  };
  const clocks = { confirmation: { status: 'running', told: [ladder[0]!.id, mediating[0]!.id] } } as unknown as CaseState['clocks'];
  expect(periodTold(own, clocks, word(ladder[0]!.id))).toBe('soon');
});

test('sides of a confided matter hear of a period by a ladder that names them, and of no other', () => {
  const procedure = mediationProcedure;
  const word = (clock: string, rung: string, tell = ['handler', 'reporter']) => ({
    type: 'clock.told' as const,
    header: { codes: { clock, rung, kind: 'dueSoon', tell, stage: 'effective' } } as EventHeader,
  });
  const at = (status: string) => ({ confirmation: { status } }) as unknown as CaseState['clocks'];
  expect(periodTold(procedure, at('running'), word('confirmation', 'confirmationDay20'))).toBe('soon');
  // Asked for in the meantime: nothing is left to be told of.
  expect(periodTold(procedure, at('stopped'), word('confirmation', 'confirmationDay20'))).toBeUndefined();
  expect(periodTold(procedure, at('stopped'), word('confirmation', 'confirmationOver'))).toBe('over');
  expect(periodTold(procedure, at('running'), word('confirmation', 'confirmationDay20', ['handler']))).toBeUndefined();
  expect(periodTold(procedure, at('running'), word('confirmation', 'ofAnotherVersion'))).toBeUndefined();
  expect(
    periodTold({ ...procedure, confided: undefined } as never, at('running'), word('confirmation', 'confirmationDay20')),
  ).toBeUndefined();
  for (const language of ['zh', 'en'] as const)
    for (const what of ['soon', 'over'] as const)
      expect(Object.values(periodWords(what, language)).join()).not.toMatch(/调解|纠纷|司法|协议|mediat|disput|court|TJ/iu);
});

describe('a reporter is told outside the house', () => {
  test.each([
    ['that it was taken up', step('accept', 'received', 'accepted'), '已受理，正在安排承办单位'],
    ['that it was answered', step('answer', 'verified', 'replied'), '已答复，请评价'],
    ['that it was refused', step('decline', 'received', 'declined'), '不予受理，可以申请复核'],
    ['that it is closed', step('close', 'replied', 'closed'), '已办结'],
  ])('%s', (_what, event, words) => expect(toldOutside(orderProcedure, event, false)?.zh).toBe(words));
  test.each([
    ['what passes between offices', step('dispatch', 'accepted', 'dispatched')],
    ['what the reporter did', step('withdraw', 'accepted', 'withdrawn')],
    ['what changes nothing', step('accept', 'received', 'received')],
    ['what is no action', { type: 'clock.told' as const, header: {} }],
    ['an action of another version', { type: 'case.acted' as const, header: { action: 'gone', from: 'received', to: 'closed' } }],
  ])('nothing of %s', (_what, event) => expect(toldOutside(orderProcedure, event, false)).toBeUndefined());
  test('words of a stage, and no others, whatever the step', () => {
    for (const procedure of [orderProcedure, letterProcedure])
      for (const [action, { from, to, duty, partyAct, personal, told }] of Object.entries(procedure.actions)) {
        const target = to === 'same' ? from[0]! : to;
        const event = { type: 'case.acted' as const, header: { action, from: procedure.start, to: target, duty } };
        const words = toldOutside(procedure, event, true);
        if (personal || !told || partyAct || duty === 'party') expect([action, words]).toEqual([action, undefined]);
        else if (words) expect([action, words]).toEqual([action, procedure.stages[target]!.told]);
      }
  });
});

test('a side of a dispute hears the same words whatever ended it: danger is not told to whoever is the danger', () => {
  const ended = (action: string): string | undefined => {
    const { to, duty } = mediationProcedure.actions[action]!;
    return toldOutside(mediationProcedure, { type: 'case.acted', header: { action, from: 'mediating', to, duty } }, false)?.zh;
  };
  const [unsettled, ...others] = ['endUnsettled', 'recordLeaving', 'stopForSafety', 'reportChild'].map(ended);
  expect(unsettled).toBeTruthy();
  expect(others).toEqual([unsettled, unsettled, unsettled]);
});

describe('a message', () => {
  test('is tried eight times in about a day and then given up; a longer pause is kept where it is asked for, of a day at most', () => {
    const now = at('10:00');
    expect(PAUSES_MS.map((_, i) => Date.parse(nextTry(i + 1, now)!) - Date.parse(now))).toEqual(PAUSES_MS);
    expect(nextTry(PAUSES_MS.length + 1, now)).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: PAUSES_MS.length }), fc.integer({ min: 0, max: 1e12 }), (tries, asked) => {
        const pause = Date.parse(nextTry(tries, now, asked)!) - Date.parse(now);
        expect(pause).toBe(Math.max(PAUSES_MS[tries - 1]!, Math.min(asked, 86_400_000)));
      }),
    );
  });
  test.each([
    ['20:59', '20:59'],
    ['21:00', '32:00'],
    ['07:59', '08:00'],
    ['08:00', '08:00'],
  ])('written at %s rings at %s', (written, rings) => {
    const [hour, minute] = rings.split(':').map(Number) as [number, number];
    expect(awakeAt(at(written))).toBe(new Date(Date.parse(at('00:00')) + (hour * 60 + minute) * 60_000).toISOString());
  });
  test('speaks the language of its reader', () => {
    const told = { zh: '已受理', en: 'Accepted' };
    expect(progressWords(told, 'GD1', 'zh').text).toBe('您反映的事项（GD1）：已受理。');
    expect(progressWords(told, 'GD1', 'en').text).toBe('Your matter GD1: Accepted.');
    expect(progressWords(told, 'TZ1', 'zh', 'side').text).toBe('与您有关的事项（TZ1）：已受理。');
    expect(progressWords(told, 'TZ1', 'en', 'side').text).toBe('A matter that concerns you, TZ1: Accepted.');
    expect(progressWords({ zh: '已受理' }, 'GD1', 'en').text).toBe('Your matter GD1: 已受理.');
  });
});

test('of a reception one booked the time and place are told, by the clock of China, and the next one where there is one', () => {
  const at = { at: '2026-10-09T01:20:00.000Z', place: '一楼接待室' };
  expect(noticeWords('receptionSoon', at, 'zh').text).toBe('您预约的接待：2026-10-09 09:20，一楼接待室。来不了，请在“我的”里取消。');
  expect(noticeWords('receptionCalledOff', { ...at, next: '2026-10-15T16:30:00.000Z' }, 'zh').text).toContain('下一场：2026-10-16 00:30');
  expect(noticeWords('receptionCalledOff', at, 'en').text).toContain('is not held');
});
