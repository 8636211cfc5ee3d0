import type { ClockDefinition } from '@tongxin/domain/clock/schema.ts';
import { mediationProcedure } from '@tongxin/domain/dispute/procedure.ts';
import { hearingProcedure } from '@tongxin/domain/hearing/procedure.ts';
import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import { CASE_WORK } from '@tongxin/domain/post/policy.ts';
import { expect, test } from 'vitest';
import { words as en } from '../i18n/words/procedure/en.ts';
import { words as zh } from '../i18n/words/procedure/zh.ts';
import { limitSourceIn } from './words.ts';

const built = { orderProcedure, letterProcedure, mediationProcedure, hearingProcedure };
const used = (procedure: (typeof built)[keyof typeof built]): string[] =>
  Object.values(procedure.actions).flatMap(({ by }) => by.flatMap(({ capability }) => capability ?? []));

test.each(Object.entries(built))('every right that %s asks for can be chosen in a variant, by a name in both languages', (_, procedure) => {
  const asked = [...new Set([...used(procedure), ...CASE_WORK])];
  expect(used(procedure).filter((one) => !CASE_WORK.some((offered) => offered === one))).toEqual([]);
  for (const words of [zh, en] as readonly Record<string, string>[])
    expect(asked.filter((one) => !words[`procedure.capability.${one}`])).toEqual([]);
});

test.each(Object.entries(built))('a limit of %s has no length only where every action that starts it names the day', (_, procedure) => {
  const none = Object.entries(procedure.clocks).flatMap(([id, { limit }]) => ('fixed' in limit && limit.fixed.amount === 0 ? [id] : []));
  const started = Object.values(procedure.actions).flatMap(({ clocks }) => clocks?.start ?? []);
  const byLength = started.flatMap((one) => (typeof one === 'string' ? [one] : 'until' in one ? [] : [one.clock]));
  expect(none.filter((id) => [...byLength, ...procedure.startClocks].includes(id))).toEqual([]);
});

test('a limit that runs to a day given in a form is told as that, never as none', () => {
  const said = (words: Readonly<Record<string, string>>, clock: ClockDefinition): string =>
    limitSourceIn({ t: (key) => words[key]!, limit: ({ amount, unit }) => `${amount} ${unit}` }, clock.limit);
  const { day, evidence, reply } = hearingProcedure.clocks;
  const clocks = [day!, evidence!, mediationProcedure.clocks.performance!, reply!];
  expect(clocks.map((clock) => said(zh, clock))).toEqual(['按表单写明的日期', '按表单写明的日期', '按表单写明的日期', '15 workingDay']);
  const toDay = 'on the day written in the form';
  expect(clocks.map((clock) => said(en, clock))).toEqual([toDay, toDay, toDay, '15 workingDay']);
});
