import { describe, expect, it } from 'vitest';
import { orderProcedure } from '../order/procedure.ts';
import { applyVariant } from './rules.ts';

const { version } = orderProcedure;
const of = (change: object) => ({ extends: { id: 'order', version }, version: version + 1, ...change });

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
        JSON.parse(`{"extends":{"id":"order","version":${version}},"version":${version + 1},"clocks":{"__proto__":{"source":"x"}}}`),
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
    expect(applyVariant(orderProcedure, { extends: { id: 'letter', version }, version: version + 1 })).toMatchObject({
      ok: false,
      code: 'otherBase',
    });
    expect(applyVariant(orderProcedure, { extends: { id: 'order', version }, version })).toMatchObject({
      ok: false,
      code: 'otherBase',
    });
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
      version: version + 1,
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
});
