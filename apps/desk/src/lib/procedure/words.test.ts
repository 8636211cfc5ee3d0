import { mediationProcedure } from '@tongxin/domain/dispute/procedure.ts';
import { hearingProcedure } from '@tongxin/domain/hearing/procedure.ts';
import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import { CASE_WORK } from '@tongxin/domain/post/policy.ts';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { zh } from '../i18n/zh.ts';

const built = { orderProcedure, letterProcedure, mediationProcedure, hearingProcedure };
const used = (procedure: (typeof built)[keyof typeof built]): string[] =>
  Object.values(procedure.actions).flatMap(({ by }) => by.flatMap(({ capability }) => capability ?? []));

test.each(Object.entries(built))('every right that %s asks for can be chosen in a variant, by a name in both languages', (_, procedure) => {
  const asked = [...new Set([...used(procedure), ...CASE_WORK])];
  expect(used(procedure).filter((one) => !CASE_WORK.some((offered) => offered === one))).toEqual([]);
  for (const words of [zh, en] as readonly Record<string, string>[])
    expect(asked.filter((one) => !words[`procedure.capability.${one}`])).toEqual([]);
});
