import { expect, test } from 'vitest';
import { checkProcedure } from '../soundness/rules.ts';
import { hearingProcedure } from './procedure.ts';

test('the procedure of a hearing is sound, and a limit to answer that nobody stops is found', () => {
  expect(checkProcedure(hearingProcedure)).toMatchObject({ ok: true, findings: [] });
  const { reply } = hearingProcedure.actions;
  const weakened = { ...hearingProcedure, actions: { ...hearingProcedure.actions, reply: { ...reply!, clocks: {} } } };
  expect(checkProcedure(weakened).findings.map(({ rule }) => rule)).toContain('clocksStop');
});
