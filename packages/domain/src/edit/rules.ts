import { canonical } from '../record/rules.ts';
import type { Applied, Change, Conflict, Fields, FieldValue } from './schema.ts';

/**
 * Edits made without signal, merged field by field. A change says what its writer saw; where that still stands, or the same was written, it is
 * applied; where somebody else wrote another value meanwhile, nothing is overwritten: both values are told and a person decides. What anybody wrote stays in
 * the record's history. The same rules run on the phone and on the server.
 */

export const NOTHING = null;
export const fieldOf = (fields: Fields, field: string): FieldValue => fields[field] ?? NOTHING;

/** Blank words and empty lists are nothing: two who both wrote nothing agree. */
export const tidy = (value: FieldValue): FieldValue => {
  if (typeof value === 'string') return value.trim() === '' ? NOTHING : value;
  return Array.isArray(value) && value.length === 0 ? NOTHING : value;
};

export const sameValue = (a: FieldValue, b: FieldValue): boolean => canonical(tidy(a)) === canonical(tidy(b));

const listOf = (value: FieldValue): readonly string[] => (Array.isArray(value) ? value : []);

/** Lists of pictures join: what either added is there, what either took away is not. */
const joined = (base: FieldValue, mine: FieldValue, theirs: FieldValue): FieldValue => {
  const [before, here] = [listOf(base), listOf(mine)];
  const kept = listOf(theirs).filter((item) => !before.includes(item) || here.includes(item));
  return tidy([...kept, ...here.filter((item) => !before.includes(item) && !kept.includes(item))]);
};

export interface Merged {
  readonly fields: Fields;
  readonly applied: readonly Applied[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Three-way merge of changes into a record as it stands. `joins` says which fields are lists of pictures or sounds. A later change of the same
 * field in one edit follows the earlier one.
 */
export const mergeEdit = (current: Fields, changes: readonly Change[], joins: (field: string) => boolean = () => false): Merged => {
  const fields: Record<string, FieldValue> = { ...current };
  const applied: Applied[] = [];
  const conflicts: Conflict[] = [];
  for (const { field, base, value } of changes) {
    const theirs = fieldOf(fields, field);
    const mine = tidy(value);
    if (sameValue(theirs, mine)) continue;
    const clash = !sameValue(theirs, base);
    if (clash && !joins(field)) {
      // Nothing was changed here: there is nothing of mine to lose.
      if (!sameValue(base, mine)) conflicts.push({ field, base: tidy(base), mine, theirs });
      continue;
    }
    const after = clash ? joined(base, mine, theirs) : mine;
    if (sameValue(theirs, after)) continue;
    if (after === NOTHING) delete fields[field];
    else fields[field] = after;
    applied.push({ field, before: theirs, after });
  }
  // Somebody took a row away while another wrote in it: what was written is shown, so the row is there again.
  for (const { field, after } of [...applied]) {
    const row = field.split('/').length === 3 && after !== NOTHING ? field.slice(0, field.lastIndexOf('/')) : undefined;
    if (!row || fields[row] === true) continue;
    fields[row] = true;
    applied.push({ field: row, before: NOTHING, after: true });
  }
  return { fields, applied, conflicts };
};

/** Takes a row of a repeating section away with all that stands in it, so that what another writes there meanwhile is a conflict and not lost. */
export const removeRow = (fields: Fields, row: string): Change[] => [
  ...Object.entries(fields).flatMap(([field, value]) => (field.startsWith(`${row}/`) ? [{ field, base: value, value: NOTHING }] : [])),
  { field: row, base: fieldOf(fields, row), value: NOTHING },
];

/** What takes an edit back. Merged like any other: where somebody wrote since, that is told and not undone over. */
export const undoOf = (applied: readonly Applied[]): Change[] =>
  applied.toReversed().map(({ field, before, after }) => ({ field, base: after, value: before }));

/** A person's decision about a conflict: from what stands there to what shall stand. */
export const decisionOf = ({ field, mine, theirs }: Conflict, choice: 'mine' | 'theirs' | { readonly value: FieldValue }): Change => ({
  field,
  base: theirs,
  value: choice === 'mine' ? mine : choice === 'theirs' ? theirs : choice.value,
});

/** An edit as it is sent: with the edit of the same device that it follows, so that any order of arrival is put right. */
export interface Edit {
  readonly id: string;
  readonly after?: string;
  readonly decides?: string;
  readonly changes: readonly Change[];
}
/** What was kept of an edit. */
export interface Kept {
  readonly edit: Edit;
  readonly applied: readonly Applied[];
  readonly conflicts: readonly Conflict[];
}
export interface Ledger {
  readonly fields: Fields;
  readonly kept: Readonly<Record<string, Kept>>;
}
export const emptyLedger: Ledger = { fields: {}, kept: {} };

export type Received =
  | { readonly outcome: 'kept' | 'known'; readonly ledger: Ledger; readonly kept: Kept }
  /** The edit it follows has not come yet; nothing was kept, it is sent again after that one. */
  | { readonly outcome: 'tooEarly'; readonly ledger: Ledger }
  /** The id was used for other changes. */
  | { readonly outcome: 'idTaken'; readonly ledger: Ledger };

/** What a server does with an edit that reaches it: once for each id, in the order of its device, losing nothing. The server's service does the same over rows. */
export const receiveEdit = (ledger: Ledger, edit: Edit, joins?: (field: string) => boolean): Received => {
  const known = ledger.kept[edit.id];
  if (known) return canonical(known.edit) === canonical(edit) ? { outcome: 'known', ledger, kept: known } : { outcome: 'idTaken', ledger };
  if (edit.after && !ledger.kept[edit.after]) return { outcome: 'tooEarly', ledger };
  const { fields, applied, conflicts } = mergeEdit(ledger.fields, edit.changes, joins);
  const kept: Kept = { edit, applied, conflicts };
  return { outcome: 'kept', ledger: { fields, kept: { ...ledger.kept, [edit.id]: kept } }, kept };
};

/** Conflicts of an edit that nobody has decided: of fields for which no later edit decides this one. */
export const openConflicts = (kept: Pick<Kept, 'conflicts'>, decided: ReadonlySet<string>): Conflict[] =>
  kept.conflicts.filter(({ field }) => !decided.has(field));
