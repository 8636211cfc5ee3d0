import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttempt, secondsBetween } from './rules.ts';

/** A time of day in China on 30 September 2026, a Wednesday. */
const china = (time: string, day = '2026-09-30'): string => new Date(`${day}T${time}:00+08:00`).toISOString();

describe('when to call back', () => {
  it('is at once when the answer was given by day, and the next morning when it was given at night', () => {
    expect(nextAttempt(china('10:10'), [])).toBe(china('10:10'));
    expect(nextAttempt(china('21:40'), [])).toBe(china('09:30', '2026-10-01'));
    expect(nextAttempt(china('03:00'), [])).toBe(china('09:30'));
  });

  it('is at another part of the day after each call that nobody took', () => {
    expect(nextAttempt(china('09:00'), [china('10:00')])).toBe(china('15:00'));
    expect(nextAttempt(china('09:00'), [china('10:00'), china('15:00')])).toBe(china('19:00'));
    expect(nextAttempt(china('09:00'), [china('15:00'), china('19:00')])).toBe(china('09:30', '2026-10-01'));
    expect(nextAttempt(china('09:00'), [china('10:00'), china('15:00'), china('19:00')])).toBe(china('09:30', '2026-10-01'));
  });

  it('is never before the last call, nor at an hour at which people sleep', () => {
    const at = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') });
    fc.assert(
      fc.property(at, fc.array(fc.integer({ min: 1, max: 5 * 86_400_000 }), { maxLength: 3 }), (answered, gaps) => {
        const attempts = gaps.map((_, i) => new Date(answered + gaps.slice(0, i + 1).reduce((a, b) => a + b, 0)).toISOString());
        const next = nextAttempt(new Date(answered).toISOString(), attempts);
        expect(Date.parse(next)).toBeGreaterThanOrEqual(Date.parse(attempts.at(-1) ?? new Date(answered).toISOString()));
        const hour = new Date(Date.parse(next) + 8 * 3_600_000).getUTCHours();
        expect(hour).toBeGreaterThanOrEqual(9);
        expect(hour).toBeLessThan(20);
      }),
    );
  });
});

it('a call lasts whole seconds, and never less than none', () => {
  expect(secondsBetween(china('10:00'), new Date(Date.parse(china('10:00')) + 61_400).toISOString())).toBe(61);
  expect(secondsBetween(china('10:01'), china('10:00'))).toBe(0);
});
