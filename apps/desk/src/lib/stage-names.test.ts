import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import { expect, test } from 'vitest';
import { stageOfNumber, stagesOf } from './stage-names.ts';

const both = [orderProcedure, letterProcedure];

test('a stage that two procedures name differently goes by both names, one they name alike by one', () => {
  const named = new Map(stagesOf(both).map(({ id, labels }) => [id, labels.map(({ zh }) => zh)]));
  expect(named.get('closed')).toEqual(['已结案', '已办结']);
  expect(named.get('withdrawn')).toEqual([...new Set(both.map(({ stages }) => stages.withdrawn!.label.zh))]);
  for (const procedure of both)
    for (const [id, { label }] of Object.entries(procedure.stages)) expect(named.get(id), id).toContain(label.zh);
});

test('a letter on the map stands where letters stand, an order where orders do', () => {
  expect(stageOfNumber(both, 'XF2026-000001', 'closed')?.zh).toBe('已办结');
  expect(stageOfNumber(both, 'GD2026-000001', 'closed')?.zh).toBe('已结案');
  expect(stageOfNumber(both, 'ZZ2026-000001', 'closed')).toBeUndefined();
});
