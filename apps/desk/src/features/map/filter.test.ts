import { describe, expect, it } from 'vitest';
import { inboxOf, mapSearchFrom, placeFrom, placeText, questionOf } from './filter.ts';

const NOW = Date.parse('2026-09-30T13:40:00Z');

describe('the address of a map', () => {
  it('drops what does not belong to it', () => {
    expect(mapSearchFrom({ show: 'all', from: 'yesterday', stage: 7, areaId: 'x', figure: 'score', other: 'thing' })).toEqual({});
    const good = { show: 'filed', from: '2026-09-01', to: '2026-09-30', stage: 'closed', categoryId: 'c', figure: 'late' };
    expect(mapSearchFrom(good)).toEqual(good);
  });

  it('says where the map stands, and nothing that is nowhere', () => {
    const at = placeText(113.123456789, 22.5, 14.256);
    expect(placeFrom(mapSearchFrom({ at }).at)).toEqual({ center: [113.12346, 22.5], zoom: 14.26 });
    for (const bad of ['', '1,2', '181,22,3', '113,91,3', '113,22,99', 'a,b,c', 7]) expect(mapSearchFrom({ at: bad })).toEqual({});
  });

  it('asks what was filed for the last thirty days unless it says which, and never by a light', () => {
    expect(questionOf({ show: 'filed', light: 'red' }, NOW)).toEqual({ show: 'filed', from: '2026-09-01', to: '2026-09-30' });
    expect(questionOf({ light: 'red' }, NOW)).toEqual({ light: 'red' });
  });

  it('leads to the inbox with what the map is narrowed by, and with the days it stands for', () => {
    const bbox = '113,22,113.1,22.1';
    expect(inboxOf({ stage: 'handling', light: 'red', categoryId: 'c', figure: 'late', areaId: 'x' }, NOW, { bbox })).toEqual({
      bbox,
      stage: 'handling',
      light: 'red',
      categoryId: 'c',
    });
    expect(inboxOf({ show: 'filed', stage: 'closed' }, NOW, { area: ['city', 'town'] })).toEqual({
      area: ['city', 'town'],
      view: 'area',
      filedFrom: '2026-09-01',
      filedTo: '2026-09-30',
      stage: 'closed',
    });
  });
});
