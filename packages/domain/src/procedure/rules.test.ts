import { describe, expect, test } from 'vitest';
import { orderProcedure } from '../order/procedure.ts';
import { around, decisions, replay } from '../soundness/build.ts';
import type { Step } from '../soundness/schema.ts';

const act = (action: string, input: Record<string, unknown> = {}): Step => ({ kind: 'act', action, input });
const inHand = replay(orderProcedure, [
  { kind: 'file', facts: { reporterReachable: true } },
  act('accept'),
  act('dispatch', { leadOrganizationId: 'given' }),
  act('acknowledge'),
]).at(-1)!;
const hold = (targetDate: string) => decisions(orderProcedure, inHand, 'hold', { targetDate })[0]?.decision.state;

describe('a long-term hold', () => {
  test('is refused with a target date that is over', () => {
    expect([hold('2026-05-31'), hold('2026-06-01')?.stage]).toEqual([undefined, 'held']);
  });
  test('stops both limits where they stand, and the target date is a limit of its own, told before and when it is missed', () => {
    const held = hold('2026-08-31')!;
    const { overall, handling, hold: target } = held.clocks;
    expect([overall?.status, handling?.status, target?.status, target?.dueAt]).toEqual([
      'paused',
      'paused',
      'running',
      '2026-08-31T15:59:59.999Z',
    ]);
    const released = decisions(orderProcedure, held, 'release', {})[0]!.decision.state;
    expect([released.clocks.overall?.status, released.clocks.handling?.status, released.clocks.hold?.status]).toEqual([
      'running',
      'running',
      'stopped',
    ]);
    expect(released.clocks.hold?.stoppedAt).toBe(around.now);
  });
});
