import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../../letter/procedure.ts';
import { orderProcedure } from '../../order/procedure.ts';
import type { Procedure } from '../schema.ts';
import { factLabel, factValueLabel } from './rules.ts';

describe('a fact that somebody must say', () => {
  it.each([orderProcedure, letterProcedure].map((procedure) => [procedure.id, procedure] as const))(
    'of %s has words in both languages, and so has each of its values',
    (_id, procedure: Procedure) => {
      for (const [fact, values] of Object.entries(procedure.facts))
        for (const label of [factLabel(procedure, fact), ...values.map((value) => factValueLabel(procedure, fact, value))]) {
          expect(label.zh, `${fact}: ${label.zh}`).toMatch(/\p{Script=Han}/u);
          expect(label.en, `${fact}: ${label.zh}`).toMatch(/^[A-Z]/u);
        }
    },
  );

  it('of a locality is called as the form that asks for it', () => {
    const [id, action] = Object.entries(orderProcedure.actions)[0]!;
    const label = { zh: '现场路况', en: 'Road' };
    const options = [{ value: 'wet', label: { zh: '湿滑', en: 'Wet' } }];
    const asking = {
      ...action,
      form: [{ id: 'road', label, type: 'choice' as const, required: false, content: false, options }],
      set: { road: { input: 'road' } },
    };
    const local: Procedure = { ...orderProcedure, actions: { ...orderProcedure.actions, [id]: asking } };
    expect([factLabel(local, 'road'), factValueLabel(local, 'road', 'wet'), factValueLabel(local, 'road', 'dry')]).toEqual([
      label,
      options[0]!.label,
      { zh: 'dry' },
    ]);
  });
});
