import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decisionOf,
  type Edit,
  emptyLedger,
  fieldOf,
  type Ledger,
  mergeEdit,
  openConflicts,
  receiveEdit,
  removeRow,
  sameValue,
  undoOf,
} from './rules.ts';
import type { Change, Fields, FieldValue } from './schema.ts';

describe('an edit', () => {
  it('that meets another value shows both and overwrites nothing', () => {
    const merged = mergeEdit({ phone: '1', operator: '甲' }, [
      { field: 'phone', base: '0', value: '2' },
      { field: 'operator', base: '甲', value: '乙' },
    ]);
    expect(merged.fields).toEqual({ phone: '1', operator: '乙' });
    expect(merged.conflicts).toEqual([{ field: 'phone', base: '0', mine: '2', theirs: '1' }]);
  });

  it('that says the same as another is no conflict, nor is one that changed nothing', () => {
    expect(mergeEdit({ a: 'x' }, [{ field: 'a', base: null, value: 'x' }])).toEqual({ fields: { a: 'x' }, applied: [], conflicts: [] });
    expect(mergeEdit({ a: 'x' }, [{ field: 'a', base: 'y', value: 'y' }])).toEqual({ fields: { a: 'x' }, applied: [], conflicts: [] });
    expect(mergeEdit({}, [{ field: 'a', base: '', value: '  ' }]).applied).toEqual([]);
  });

  it('of pictures joins what both added and leaves out what either took away', () => {
    const { fields, conflicts } = mergeEdit({ photos: ['a', 'c'] }, [{ field: 'photos', base: ['a', 'b'], value: ['b', 'd'] }], () => true);
    expect([fields, conflicts]).toEqual([{ photos: ['c', 'd'] }, []]);
  });

  it('is taken back by an edit, unless somebody wrote since', () => {
    const { fields, applied } = mergeEdit({ a: '1', b: '1' }, [
      { field: 'a', base: '1', value: '2' },
      { field: 'b', base: '1', value: null },
    ]);
    expect(mergeEdit(fields, undoOf(applied)).fields).toEqual({ a: '1', b: '1' });
    const later = mergeEdit({ ...fields, a: '3' }, undoOf(applied));
    expect(later.fields).toEqual({ a: '3', b: '1' });
    expect(later.conflicts).toEqual([{ field: 'a', base: '2', mine: '1', theirs: '3' }]);
  });

  it('in a row that another took away brings the row back, or is told', () => {
    const row = { 'risks/r1': true, 'risks/r1/what': '电线' } as const;
    const removed = mergeEdit(row, removeRow(row, 'risks/r1')).fields;
    expect(removed).toEqual({});
    expect(mergeEdit(removed, [{ field: 'risks/r1/level', base: null, value: 'high' }]).fields).toEqual({
      'risks/r1': true,
      'risks/r1/level': 'high',
    });
    expect(mergeEdit(removed, [{ field: 'risks/r1/what', base: '电线', value: '插座' }]).conflicts).toHaveLength(1);
    const written = mergeEdit(row, [{ field: 'risks/r1/what', base: '电线', value: '插座' }]).fields;
    expect(mergeEdit(written, removeRow(row, 'risks/r1')).conflicts.map(({ field }) => field)).toEqual(['risks/r1/what']);
  });

  it('that comes before the one it follows waits, and an id stands for one edit only', () => {
    const second: Edit = { id: 'b', after: 'a', changes: [{ field: 'x', base: '1', value: '2' }] };
    expect(receiveEdit(emptyLedger, second).outcome).toBe('tooEarly');
    const { ledger } = receiveEdit(emptyLedger, { id: 'a', changes: [{ field: 'x', base: null, value: '1' }] });
    expect(receiveEdit(ledger, { id: 'a', changes: [] }).outcome).toBe('idTaken');
    expect(receiveEdit(ledger, second).ledger.fields).toEqual({ x: '2' });
  });
});

const FIELDS = ['phone', 'operator', 'note', 'photos'];
const isList = (field: string): boolean => field === 'photos';
const JOINED = ['p1', 'p2', 'p3', 'p4'];

/** What a worker does at a phone: writes a field, by what the phone shows; or takes the last edit back. */
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), field: fc.constantFrom(...FIELDS), pick: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

interface Phone {
  readonly name: string;
  shown: Fields;
  outbox: Edit[];
  n: number;
  last?: string;
}

const wrote = (phone: Phone, changes: readonly Change[], more: Partial<Edit> = {}): void => {
  const id = `${phone.name}${phone.n++}`;
  phone.outbox.push({ id, ...(phone.last ? { after: phone.last } : {}), changes, ...more });
  phone.last = id;
  phone.shown = mergeEdit(phone.shown, changes, isList).fields;
};
const does = (phone: Phone, given: Act): void => {
  if (given.do === 'write') {
    const base = fieldOf(phone.shown, given.field);
    // Every word written is like no other, so that a loss is seen.
    const list = Array.isArray(base) ? base : [];
    const value = isList(given.field)
      ? [...list.slice(given.pick % 2), `${JOINED[given.pick]}-${phone.name}${phone.n}`]
      : `${phone.name}${phone.n}-${given.pick}`;
    wrote(phone, [{ field: given.field, base, value }]);
  } else {
    const before = phone.outbox.at(-1);
    if (before) wrote(phone, undoOf(before.changes.map(({ field, base, value }) => ({ field, before: base, after: value }))));
  }
};

const items = (value: FieldValue): readonly string[] => (Array.isArray(value) ? value : []);

/**
 * Replays what was kept, in the order in which it came. Each change was applied, or told with both values, or says what stood there anyway; and nothing
 * that stood was replaced by somebody who had not seen it. Of lists: what another added stays, what I added is there.
 */
const losses = (order: readonly Edit[], ledger: Ledger): string[] => {
  const standing: Record<string, FieldValue> = {};
  const wrong: string[] = [];
  for (const { id, changes } of order) {
    const kept = ledger.kept[id]!;
    for (const { field, base, value } of changes) {
      const before = standing[field] ?? null;
      const applied = kept.applied.find((one) => one.field === field);
      const told = kept.conflicts.find((one) => one.field === field);
      if (applied && !sameValue(before, applied.before)) wrong.push(`${id} ${field}: the history has a gap`);
      if (told && !(sameValue(told.mine, value) && sameValue(told.theirs, before)))
        wrong.push(`${id} ${field}: the conflict tells other values`);
      const after = applied ? applied.after : before;
      if (isList(field)) {
        const mine = items(value).filter((item) => !items(base).includes(item));
        const others = items(before).filter((item) => !items(base).includes(item));
        if (![...mine, ...others].every((item) => items(after).includes(item))) wrong.push(`${id} ${field}: a picture is lost`);
      } else if (applied && !sameValue(base, before)) wrong.push(`${id} ${field}: overwrote ${JSON.stringify(before)} unseen`);
      else if (!applied && !told && !sameValue(before, value) && !sameValue(base, value)) wrong.push(`${id} ${field}: is lost`);
      standing[field] = after;
    }
  }
  for (const field of FIELDS)
    if (!sameValue(standing[field] ?? null, fieldOf(ledger.fields, field))) wrong.push(`${field}: stands without a history`);
  return wrong;
};

describe('two phones without signal', () => {
  it('lose nothing, in whatever order what they wrote arrives, and however often', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 6 }),
        fc.array(act, { maxLength: 6 }),
        fc.array(fc.record({ first: fc.boolean(), at: fc.nat(11), again: fc.boolean() }), { maxLength: 60 }),
        (acts1, acts2, arrivals) => {
          let ledger: Ledger = receiveEdit(emptyLedger, {
            id: 'start',
            changes: FIELDS.slice(0, 2).map((field) => ({ field, base: null, value: '起' })),
          }).ledger;
          const phones: Phone[] = ['a', 'b'].map((name) => ({ name, shown: ledger.fields, outbox: [], n: 0 }));
          for (const given of acts1) does(phones[0]!, given);
          for (const given of acts2) does(phones[1]!, given);
          const everything = phones.flatMap(({ outbox }) => outbox);
          const order: Edit[] = [{ id: 'start', changes: FIELDS.slice(0, 2).map((field) => ({ field, base: null, value: '起' })) }];
          const arrive = (edit: Edit): void => {
            const received = receiveEdit(ledger, edit, isList);
            if (received.outcome === 'known') expect(received.ledger).toBe(ledger);
            if (received.outcome === 'kept') order.push(edit);
            ledger = received.ledger;
          };
          // Any order, any number of times; then everything once more, as an outbox goes on until all is acknowledged.
          for (const { first, at, again } of arrivals) {
            const { outbox } = phones[first ? 0 : 1]!;
            const edit = outbox[at % Math.max(1, outbox.length)];
            if (edit) for (let n = again ? 2 : 1; n > 0; n--) arrive(edit);
          }
          for (const edit of everything) arrive(edit);
          expect(order).toHaveLength(everything.length + 1);
          expect(losses(order, ledger)).toEqual([]);
          // Decided, nothing stays open, and what was chosen stands.
          for (const edit of everything)
            for (const conflict of openConflicts(ledger.kept[edit.id]!, new Set())) {
              const now = { ...conflict, theirs: fieldOf(ledger.fields, conflict.field) };
              const decided = receiveEdit(
                ledger,
                { id: `decides-${edit.id}-${conflict.field}`, decides: edit.id, changes: [decisionOf(now, 'mine')] },
                isList,
              );
              if (decided.outcome !== 'kept') throw new Error(decided.outcome);
              expect(decided.kept.conflicts).toEqual([]);
              expect(sameValue(fieldOf(decided.ledger.fields, conflict.field), conflict.mine)).toBe(true);
              // And taken back: the other's value is there again.
              const undone = receiveEdit(
                decided.ledger,
                { id: `undoes-${edit.id}-${conflict.field}`, changes: undoOf(decided.kept.applied) },
                isList,
              );
              expect(sameValue(fieldOf(undone.ledger.fields, conflict.field), now.theirs)).toBe(true);
            }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('come to the same record where they wrote different fields, whoever comes first', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const [a, b] = [
          { id: 'a', changes: [{ field: 'phone', base: null, value: one }] },
          { id: 'b', changes: [{ field: 'note', base: null, value: two }] },
        ];
        const through = (edits: readonly Edit[]): Ledger => edits.reduce((ledger, edit) => receiveEdit(ledger, edit).ledger, emptyLedger);
        expect(through([a, b]).fields).toEqual(through([b, a]).fields);
      }),
    );
  });
});
