import { describe, expect, test } from 'vitest';
import { asked, perDay, spanBefore } from './rules.ts';

describe('what is asked of a post on a day', () => {
  test('is a sum over the days on which posts finished something, to a tenth; nothing where there was none', () => {
    expect(perDay({ fields: 100, seconds: 3000 }, 8)).toEqual({ fields: 12.5, minutes: 6.3 });
    expect(perDay({ fields: 0, seconds: 0 }, 0)).toEqual({ fields: 0, minutes: 0 });
  });

  test('adds up over departments', () => {
    const department = { code: 'fire', records: 3 };
    expect(
      asked({
        departments: [
          { ...department, fields: 3, seconds: 20 },
          { ...department, fields: 4, seconds: 31 },
        ],
      }),
    ).toEqual({ fields: 7, seconds: 51 });
  });

  test('is held against as many days before', () => {
    expect(spanBefore({ from: '2026-03-01', to: '2026-03-28' })).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(spanBefore({ from: '2026-01-01', to: '2026-01-01' })).toEqual({ from: '2025-12-31', to: '2025-12-31' });
  });
});
