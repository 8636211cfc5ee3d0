import { describe, expect, it } from 'vitest';
import { isInstant } from '../calendar/rules.ts';
import type { Actor, CaseState, Command } from '../case/schema.ts';
import { mediationProcedure } from '../dispute/procedure.ts';
import { hearingProcedure } from '../hearing/procedure.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { CAPABILITIES } from '../post/policy.ts';
import { decide, fileCase, holds } from './rules.ts';
import type { FactValue, Field, Procedure } from './schema.ts';

const ID = '0190a0a0-0000-7000-8000-000000000001';
const AREA = '0190a0a0-0000-7000-8000-00000000000a';
const BODY = '0190a0a0-0000-7000-8000-00000000000b';
const NOW = '2026-09-30T10:00:00.000Z';
/** A year of which no notice is known, so that every working day is provisional. */
const around = { now: NOW, calendar: { version: 'none', years: new Set<number>(), exceptions: new Map() } } as never;

/** Whoever may do anything that any post may. */
const almighty: Actor = {
  kind: 'person',
  personId: ID,
  posts: [{ postId: ID, organizationId: BODY, areaId: AREA, role: 'administrator', capabilities: [...CAPABILITIES] }],
  receiptCaseIds: [ID],
};

/** What nobody should answer with, to any question. */
const JUNK: readonly unknown[] = [
  ...[null, '', ' ', 'x', 0, -1, 1.5, 1e308, Number.NaN, true, [], ['x'], {}, '__proto__', 'constructor', '💥', 'x'.repeat(20_000)],
  ...['2026-02-30', '0000-01-01', '1900-01-01', '2199-12-31', '9999-12-31', '2026-09-30T25:00:00Z', '+275760-09-13T00:00:00.000Z'],
  ...[1, 10_000, 10_001, 0, -1, 1.5, '1', Number.POSITIVE_INFINITY].flatMap((amount) =>
    ['hour', 'workingHour', 'workingDay', 'day', 'month', 'year', '__proto__'].map((unit) => ({ amount, unit })),
  ),
];

const fair = (field: Field): unknown =>
  ({
    choice: field.options?.[0]?.value,
    boolean: true,
    date: '2026-09-30',
    instant: NOW,
    integer: field.minimum ?? 1,
    limit: { amount: 1, unit: field.units?.[0] ?? 'day' },
    organization: BODY,
    person: ID,
    case: AREA,
    category: 'municipal.lampOut',
    text: '好的',
    longText: '好的',
  })[field.type];

/** Facts under which a guard holds, by trying each value of each fact that it may ask about. */
const factsFor = (procedure: Procedure, facts: CaseState['facts'], action: Procedure['actions'][string]): CaseState['facts'] => {
  let found: Record<string, FactValue> = { ...facts };
  for (let round = 0; round < 3 && !holds(action.guard, found); round++)
    for (const [fact, values] of Object.entries(procedure.facts))
      for (const value of values)
        if (!holds(action.guard, found) && holds(action.guard, { ...found, [fact]: value })) found = { ...found, [fact]: value };
  return found;
};

describe('an answer that nobody should give', () => {
  it.each([orderProcedure, letterProcedure, mediationProcedure, hearingProcedure])(
    'to any question of any action of $id is refused or taken, never fatal',
    (procedure) => {
      const filing = { caseId: ID, facts: {}, areaIds: [AREA], receivingOrganizationId: BODY, reporterIds: [ID], content: {} };
      const { state: filed } = fileCase(procedure, filing, almighty, around);
      const codes = new Set<string>();
      let taken = 0;
      for (const [action, definition] of Object.entries(procedure.actions))
        for (const stage of definition.from) {
          const facts = factsFor(procedure, filed.facts, definition);
          const state = { ...filed, stage, facts, leadOrganizationId: BODY, handlerId: ID };
          const form = definition.form ?? [];
          const good = Object.fromEntries(form.map((field) => [field.id, fair(field)]));
          const inputs = [good, ...form.flatMap((field) => JUNK.map((junk) => ({ ...good, [field.id]: junk })))];
          const files: Command['files'] = [1, 2, 3].map(() => ({ fileId: ID, kind: 'photo' as const }));
          for (const input of inputs) {
            const decision = decide(procedure, state, { action, input, files }, almighty, around);
            if (!decision.ok) {
              codes.add(decision.code);
              continue;
            }
            taken += 1;
            for (const clock of Object.values(decision.state.clocks))
              if (clock.dueAt) expect([action, input, isInstant(clock.dueAt) || clock.dueAt > '2199']).toEqual([action, input, true]);
          }
        }
      expect(taken).toBeGreaterThan(100);
      expect([...codes]).toEqual(expect.arrayContaining(['fieldMissing', 'fieldUnfit']));
    },
  );
});
