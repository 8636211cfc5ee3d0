import { describe, expect, it } from 'vitest';
import { mapSearchFrom, questionOf } from './filter.ts';

const NOW = Date.parse('2026-09-30T13:40:00Z');

describe('the address of a map', () => {
  it('drops what does not belong to it', () => {
    expect(mapSearchFrom({ show: 'all', from: 'yesterday', stage: 7, areaId: 'x', figure: 'score', other: 'thing' })).toEqual({});
    const good = { show: 'filed', from: '2026-09-01', to: '2026-09-30', stage: 'closed', categoryId: 'c', figure: 'late' };
    expect(mapSearchFrom(good)).toEqual(good);
  });

  it('asks what was filed for the last thirty days unless it says which, and never by a light', () => {
    expect(questionOf({ show: 'filed', light: 'red' }, NOW)).toEqual({ show: 'filed', from: '2026-09-01', to: '2026-09-30' });
    expect(questionOf({ light: 'red' }, NOW)).toEqual({ light: 'red' });
  });
});
