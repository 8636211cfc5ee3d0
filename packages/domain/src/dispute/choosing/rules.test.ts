import { expect, test } from 'vitest';
import { type Step, standingOf } from './rules.ts';

const SIDES = ['down', 'up'];
let serial = 0;
const step = (words: string): Step => {
  const [name, partyId, mediatorId] = words.split(' ') as [Step['step'], string, string];
  return { id: String(++serial), step: name, partyId: partyId === '-' ? undefined : partyId, mediatorId };
};
const settled = (...words: string[]): string => {
  const { settledOn } = standingOf(words.map(step), SIDES);
  return settledOn ? `${settledOn.how} ${settledOn.mediatorId}` : '';
};

test.each<[string, string[], string]>([
  ['nobody said anything', [], ''],
  ['one chose', ['chosen down a'], ''],
  ['both chose the same', ['chosen down a', 'chosen up a'], 'agreed a'],
  ['both chose, not the same', ['chosen down a', 'chosen up b'], ''],
  ['one came round', ['chosen down a', 'chosen up b', 'chosen up a'], 'agreed a'],
  ['to leave it to the committee chooses nobody', ['chosen down a', 'chosen up a', 'left up'], ''],
  ['named and accepted by one', ['named - c', 'accepted up c'], ''],
  ['named and accepted by both', ['named - c', 'accepted up c', 'accepted down c'], 'accepted c'],
  ['named, and one says no', ['named - c', 'accepted up c', 'declined down c'], ''],
  ['another is named: yes to the first counts no more', ['named - c', 'accepted up c', 'named - d', 'accepted down d'], ''],
  ['a choice after the yes takes it back', ['named - c', 'accepted up c', 'chosen up d', 'accepted down c'], ''],
  ['nor does it stand when it is left to the committee', ['named - c', 'accepted up c', 'left up', 'accepted down c'], ''],
  ['until it is said again', ['named - c', 'accepted up c', 'chosen up d', 'accepted down c', 'accepted up c'], 'accepted c'],
  ['a yes to who was not named counts for nothing', ['named - c', 'accepted up b', 'accepted down c'], ''],
  ['what was said before somebody stepped aside is over', ['chosen down a', 'chosen up a', 'steppedAside - a'], ''],
  ['nor does it when it was sent up', ['named - c', 'accepted up c', 'accepted down c', 'steppedAside -'], ''],
  ['and is said anew', ['chosen down a', 'chosen up a', 'steppedAside - a', 'chosen down b', 'chosen up b'], 'agreed b'],
])('%s', (_why, words, expected) => expect(settled(...words)).toBe(expected));

test('whoever stepped aside stays out, and a challenge waits until it is answered', () => {
  const steps = ['steppedAside - a', 'challenged up', 'steppedAside - b', 'challenged up'].map(step);
  const { excluded, challenge } = standingOf(steps, SIDES);
  expect([[...excluded], challenge?.id]).toEqual([['a', 'b'], steps[3]!.id]);
  const answered = standingOf([...steps, step('challengeRefused -')], SIDES);
  expect([answered.challenge, answered.refusal?.step, answered.refusal?.partyId]).toEqual([undefined, 'challengeRefused', 'up']);
});
