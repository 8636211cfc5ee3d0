import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { applyVariant, carriedOver, changeBetween, varied } from './rules.ts';
import { FIRST_LOCAL_VERSION } from './schema.ts';

const { version } = orderProcedure;
const LOCAL = FIRST_LOCAL_VERSION;
const of = (change: object) => ({ extends: { id: 'order', version }, version: LOCAL, ...change });

describe('a town that varies the order', () => {
  it('cannot add a stage or an action, nor name one the order does not have', () => {
    expect(applyVariant(orderProcedure, of({ stages: { attic: { label: { zh: '阁楼' } } } }))).toMatchObject({
      ok: false,
      code: 'unknownPart',
      where: 'stages.attic',
    });
    expect(applyVariant(orderProcedure, of({ actions: { constructor: { label: { zh: '构造' } } } }))).toMatchObject({
      ok: false,
      code: 'unknownPart',
    });
    expect(
      applyVariant(
        orderProcedure,
        JSON.parse(`{"extends":{"id":"order","version":${version}},"version":${LOCAL},"clocks":{"__proto__":{"source":"x"}}}`),
      ),
    ).toMatchObject({
      ok: false,
    });
  });

  it('cannot touch guards, duties, appeals or facts', () => {
    for (const change of [
      { guard: { fact: 'answered', is: true } },
      { duty: 'progress' },
      { appeal: { final: '第一条' } },
      { to: 'closed' },
    ])
      expect(applyVariant(orderProcedure, of({ actions: { decline: change } }))).toMatchObject({ ok: false, code: 'variantUnfit' });
    expect(applyVariant(orderProcedure, of({ facts: {} }))).toMatchObject({ ok: false, code: 'variantUnfit' });
  });

  it('cannot extend another procedure, nor publish under a version that exists', () => {
    expect(applyVariant(orderProcedure, { extends: { id: 'letter', version }, version: LOCAL })).toMatchObject({
      ok: false,
      code: 'otherBase',
    });
    // The product's own numbers are not a locality's to take.
    for (const taken of [version, version + 1, LOCAL - 1])
      expect(applyVariant(orderProcedure, { extends: { id: 'order', version }, version: taken })).toMatchObject({
        ok: false,
        code: 'variantUnfit',
      });
    const first = varied(orderProcedure, {}, LOCAL);
    if (!first.ok) throw new Error(first.code);
    const upon = (next: number) => applyVariant(first.definition, { extends: { id: 'order', version: LOCAL }, version: next });
    expect(upon(LOCAL)).toMatchObject({ ok: false, code: 'otherBase' });
    expect(upon(LOCAL + 1)).toMatchObject({ ok: true });
  });

  it('cannot let handlers verify their own work, or the respondent dispatch', () => {
    const hands = applyVariant(orderProcedure, of({ actions: { verifyPass: { notBy: null } } }));
    expect(hands).toMatchObject({ ok: false, code: 'unsound' });
    expect(hands.ok ? [] : hands.findings.map((one) => one.code)).toContain('sameHands');
    const respondent = applyVariant(orderProcedure, of({ actions: { dispatch: { by: [{ relation: 'respondent' }] } } }));
    expect(respondent.ok ? [] : respondent.findings.map((one) => one.code)).toContain('respondentDecides');
  });

  it('may change its words, its limits, its ladders, its forms, its roles and its evidence, and nothing else changes', () => {
    const ladder = [{ id: 'late', when: 'at' as const, kind: 'overdue' as const, tell: ['firstResponsible' as const] }];
    const form = [
      ...orderProcedure.actions.resolve!.form!,
      { id: 'cost', label: { zh: '费用（元）' }, type: 'integer' as const, required: false, content: false, minimum: 0 },
    ];
    const varied = applyVariant(
      orderProcedure,
      of({
        title: { zh: '石岐街道工单' },
        stages: { held: { label: { zh: '长期事项' } } },
        clocks: { objectionWindow: { limit: { fixed: { amount: 2, unit: 'hour' } } }, overall: { ladder } },
        actions: {
          resolve: { form, evidence: { min: 2, kinds: ['photo'] } },
          hold: { by: [{ capability: 'case.review', relation: 'receivingBody' }] },
          settleOnSpot: { evidence: null },
        },
      }),
    );
    if (!varied.ok) throw new Error(varied.code);
    const { definition } = varied;
    expect(definition).toMatchObject({
      id: 'order',
      version: LOCAL,
      extends: { id: 'order', version },
      title: { zh: '石岐街道工单' },
    });
    expect(definition.stages.held).toEqual({ ...orderProcedure.stages.held, label: { zh: '长期事项' } });
    expect(definition.clocks.objectionWindow).toEqual({
      ...orderProcedure.clocks.objectionWindow,
      limit: { fixed: { amount: 2, unit: 'hour' } },
    });
    expect(definition.clocks.overall!.ladder).toEqual(ladder);
    expect(definition.actions.resolve).toEqual({ ...orderProcedure.actions.resolve, form, evidence: { min: 2, kinds: ['photo'] } });
    expect(definition.actions.settleOnSpot!.evidence).toBeUndefined();
    for (const id of Object.keys(orderProcedure.actions))
      if (!['resolve', 'hold', 'settleOnSpot'].includes(id)) expect(definition.actions[id]).toEqual(orderProcedure.actions[id]);
  });

  it('cannot take the window of a right away by dropping the reminder that ends it', () => {
    const varied = applyVariant(orderProcedure, of({ clocks: { reopenWindow: { ladder: [] } } }));
    expect(varied).toMatchObject({ ok: false, code: 'unsound' });
  });

  it('is told apart from its base by the shortest change, whatever it changed', () => {
    const label = fc.record({ zh: fc.string({ minLength: 1, maxLength: 9 }) });
    const some = <T>(ids: readonly string[], change: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...ids), change, { maxKeys: 4 });
    const optional = { requiredKeys: [] };
    const { stages, clocks, actions } = orderProcedure;
    const change = fc.record(
      {
        title: label,
        stages: some(Object.keys(stages), fc.record({ label, told: label }, optional)),
        clocks: some(
          Object.keys(clocks),
          fc.record({ limit: fc.constant({ fixed: { amount: 2, unit: 'day' as const } }), ladder: fc.constant([]) }, optional),
        ),
        actions: some(
          Object.keys(actions),
          fc.record(
            { label, notBy: fc.constantFrom(null, ['handle' as const]), evidence: fc.constant(null), form: fc.constant([]) },
            optional,
          ),
        ),
      },
      optional,
    );
    fc.assert(
      fc.property(change, (wanted) => {
        const whole = varied(orderProcedure, wanted, LOCAL);
        if (!whole.ok) throw new Error(whole.code);
        const shortest = changeBetween(orderProcedure, whole.definition);
        expect(varied(orderProcedure, shortest, LOCAL)).toEqual(whole);
        expect(JSON.stringify(shortest).length).toBeLessThanOrEqual(JSON.stringify(wanted).length);
      }),
      { numRuns: 200 },
    );
    expect(changeBetween(orderProcedure, orderProcedure)).toEqual({});
  });

  it('cannot have words answered in the open, or words that are more than words', () => {
    const cost = { id: 'cost', label: { zh: '费用' }, required: false };
    const resolve = (field: object) =>
      applyVariant(orderProcedure, of({ actions: { resolve: { form: [...orderProcedure.actions.resolve!.form!, field] } } }));
    expect(resolve({ ...cost, type: 'text', content: false })).toMatchObject({ ok: false, code: 'wordsUnsealed' });
    expect(resolve({ ...cost, type: 'text', content: true })).toMatchObject({ ok: true });
    const codes = (field: object) => {
      const result = resolve(field);
      return result.ok || result.findings.map((one) => one.code);
    };
    for (const zh of ['<img src=x>', '</script>', '费用\u202e', '费\u0007用'])
      expect(codes({ ...cost, type: 'integer', content: false, label: { zh } })).toEqual(['badWords']);
    expect(codes({ ...cost, type: 'integer', content: false, label: { zh: '费用 < 500 元' } })).toBe(true);
    expect(codes({ ...cost, type: 'integer', content: false, minimum: 5, maximum: 1 })).toEqual(['emptyRange']);
    const option = { value: 'a', label: { zh: '甲' } };
    expect(codes({ ...cost, type: 'choice', content: false, options: [option, option] })).toEqual(['repeatedOption']);
    expect(codes({ ...cost, id: 'constructor', type: 'integer', content: false })).toContain('badName');
    expect(resolve({ ...cost, id: 'Cost!', type: 'integer', content: false })).toMatchObject({ ok: false, code: 'variantUnfit' });
    expect(applyVariant(orderProcedure, of({ actions: { resolve: { evidence: { min: 1, kinds: [] } } } }))).toMatchObject({
      code: 'unsound',
    });
  });

  it('is carried over to another version of its base as far as that still has the parts', () => {
    const change = {
      title: { zh: '石岐街道工单' },
      clocks: { contact: { limit: { fixed: { amount: 2, unit: 'hour' as const } } } },
      actions: { merge: { label: { zh: '并' } }, resolve: { label: { zh: '办完' } } },
    };
    const { merge: _, ...actions } = orderProcedure.actions;
    const next = { ...orderProcedure, version: version + 1, actions };
    expect(varied(next, change, LOCAL)).toMatchObject({ ok: false, code: 'unknownPart' });
    const carried = carriedOver(next, change);
    expect(carried).toEqual({ ...change, actions: { resolve: { label: { zh: '办完' } } } });
    expect(varied(next, carried, LOCAL)).toMatchObject({ ok: true });
    expect(carriedOver(orderProcedure, change)).toEqual(change);
    expect(carriedOver(orderProcedure, {})).toEqual({});
  });

  it('may keep lawful limits shorter and windows of rights longer, never the other way round', () => {
    const of = (clock: string, change: object) => varied(letterProcedure, { clocks: { [clock]: change } }, LOCAL);
    const fixed = (amount: number, unit: string) => ({ limit: { fixed: { amount, unit } } });
    expect(of('handling', fixed(45, 'day')).ok).toBe(true);
    expect(of('reviewWindow', fixed(45, 'day')).ok).toBe(true);
    for (const [clock, change] of [
      ['handling', fixed(61, 'day')],
      ['handling', fixed(2, 'month')],
      ['handling', { limit: { category: true, otherwise: { amount: 60, unit: 'day' } } }],
      ['reviewWindow', fixed(29, 'day')],
      ['handling', { source: 'local' }],
    ] as const)
      expect([clock, of(clock, change)]).toMatchObject([clock, { ok: false, code: 'againstLaw' }]);
    // Local rules are the locality's.
    expect(of('acceptance', fixed(30, 'day')).ok).toBe(true);
  });
});
