import { describe, expect, it } from 'vitest';
import { admits, suggestBodies } from './rules.ts';
import type { DutyItem, DutyListKind } from './schema.ts';

const item = (listKind: DutyListKind, areaId: string, clause: string, categoryId: string, organizationId?: string): DutyItem => ({
  listKind,
  areaId,
  clause,
  title: { zh: clause },
  categoryId,
  ...(organizationId ? { organizationId } : {}),
});
const path = ['city', 'town', 'community', 'grid'];
const items = [
  item('townBasic', 'town', '基本第3项', 'lamp', 'planning'),
  item('dispatchCatalogue', 'city', '目录第9项', 'lamp', 'cityLights'),
  item('dispatchCatalogue', 'town', '目录第1项', 'lamp', 'planning'),
  item('townAssist', 'town', '配合第2项', 'lamp'),
  item('dispatchCatalogue', 'otherTown', '目录第1项', 'lamp', 'elsewhere'),
  item('admission', 'city', '准入第4项', 'bin'),
  item('negative', 'city', '不承担第1项', 'gas'),
  item('admission', 'otherTown', '准入第9项', 'lamp'),
];

describe('the bodies suggested for a category', () => {
  it('come from the nearest list first, the catalogue before duty lists, each body once with its clause', () => {
    expect(suggestBodies(items, 'lamp', path)).toEqual([
      { organizationId: 'planning', clause: '目录第1项' },
      { organizationId: 'cityLights', clause: '目录第9项' },
    ]);
  });
  it('are none where no list names one, or the place is not known', () => {
    expect(suggestBodies(items, 'bin', path)).toEqual([]);
    expect(suggestBodies(items, 'lamp', [])).toEqual([]);
  });
});

describe('work for a community or a grid', () => {
  it('is refused with the clause that forbids it', () => {
    expect(admits(items, 'gridTeam', 'gas', path)).toEqual({
      ok: false,
      code: 'notAdmitted',
      params: { clause: '不承担第1项', list: 'negative' },
    });
  });
  it('is refused when no list of this place admits it', () => {
    expect(admits(items, 'grid', 'lamp', path)).toEqual({ ok: false, code: 'notAdmitted', params: { clause: '', list: 'admission' } });
  });
  it('is admitted by the clause that names it', () => {
    expect(admits(items, 'committee', 'bin', path)).toEqual({ ok: true, clause: '准入第4项' });
  });
  it('is not asked of departments: they need no admission', () => {
    expect(admits(items, 'department', 'gas', path)).toEqual({ ok: true });
  });
});
