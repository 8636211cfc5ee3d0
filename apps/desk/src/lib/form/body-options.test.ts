import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';
import { expect, test } from 'vitest';
import { bodiesToChoose } from './body-options.ts';

const body = (id: string, more: Partial<OrganizationView> = {}): OrganizationView => ({
  id,
  kind: 'department',
  name: { zh: id },
  areaId: 'area',
  respondent: true,
  synthetic: true,
  ...more,
});
const [farA, ownA, farB, ownB] = [body('farA'), body('ownA'), body('farB'), body('ownB', { respondent: false })];
const all = [farA, ownA, farB, ownB, body('portal', { kind: 'service' })];
const idsOf = (own: readonly OrganizationView[], named: readonly string[] = [], respondents = false): string[] =>
  bodiesToChoose(all, own, { named: new Set(named), respondents }).map(({ id }) => id);

test('a dispatcher finds the bodies of the own town before those of every other, each once and in their order', () => {
  expect(idsOf([ownA, ownB])).toEqual(['ownA', 'ownB', 'farA', 'farB']);
  // What the duty list names stands above already.
  expect(idsOf([ownA, ownB], ['ownA', 'farB'])).toEqual(['ownB', 'farA']);
  expect(idsOf([ownA, ownB], [], true)).toEqual(['ownA', 'farA', 'farB']);
});

test('before the own area is known, and where it is everything, the list is as it came', () => {
  expect(idsOf([])).toEqual(['farA', 'ownA', 'farB', 'ownB']);
  expect(idsOf(all)).toEqual(['farA', 'ownA', 'farB', 'ownB']);
});
