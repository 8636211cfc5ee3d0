import { describe, expect, it } from 'vitest';
import { type Answerer, toldOf } from './rules.ts';

const one = (personId: string, depth: number, isOnDuty = false): Answerer => ({ personId, depth, isOnDuty });

describe('a call for help', () => {
  it('is heard by who is on duty and by who is nearest', () =>
    expect(toldOf([one('city', 1, true), one('town', 2), one('lead', 3)], 'me')).toEqual(['lead', 'city']));
  it('is heard by everybody below the city where nobody is on duty', () =>
    expect(toldOf([one('city', 1), one('town', 2), one('lead', 3)], 'me')).toEqual(['lead', 'town']));
  it('goes to the city where there is nobody else, and never to oneself', () => {
    expect(toldOf([one('city', 1), one('me', 3)], 'me')).toEqual(['city']);
    expect(toldOf([one('me', 3, true)], 'me')).toEqual([]);
  });
  it('is not told twice to somebody of two posts', () => expect(toldOf([one('a', 2, true), one('a', 3)], 'me')).toEqual(['a']));
});
