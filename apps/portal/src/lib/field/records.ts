import type { Operation } from '@tongxin/client/operations.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { joinsOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import { decisionOf, fieldOf, mergeEdit, sameValue, undoOf } from '@tongxin/domain/edit/rules.ts';
import type { Change, Fields, FieldValue, SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { Made, NewEdit } from '@tongxin/domain/field/view.ts';
import { type EditBody, queue, recordKey } from './device.ts';
import { type KeptConflict, type KeptEdit, type KeptRecord, kept } from './kept.ts';

/** Edits of one record that the server does not have yet, in order. */
const waitingOf = (operations: readonly Operation[], key: string): EditBody['edit'][] =>
  operations
    .filter(({ kind, record, state }) => kind === 'edit' && record === key && state !== 'sent')
    .map(({ body }) => (body as EditBody).edit);

/** A record as its worker sees it: what the server last said, with what this device has done since. */
export const localFields = (server: Fields, waiting: readonly { readonly changes: readonly Change[] }[], form?: Form): Fields =>
  waiting.reduce<Fields>((fields, { changes }) => {
    const joins = form ? joinsOf(form) : () => false;
    const merged = mergeEdit(fields, changes, joins);
    // One's own screen shows one's own words; the server will tell where somebody else wrote too.
    return { ...merged.fields, ...Object.fromEntries(merged.conflicts.map(({ field, mine }) => [field, mine])) };
  }, server);

export interface LocalRecord {
  readonly record: KeptRecord;
  readonly fields: Fields;
  /** Something of it waits to be sent. */
  readonly waiting: number;
  readonly status: KeptRecord['status'];
}

export const localRecord = async (kind: SubjectKind, id: string, form?: Form): Promise<LocalRecord | undefined> => {
  const key = recordKey(kind, id);
  const record = await kept.get('record', key);
  if (!record) return undefined;
  const waiting = waitingOf(await queue.all(), key);
  return {
    record,
    fields: localFields(record.fields, waiting, form),
    waiting: waiting.length,
    status: waiting.some(({ done }) => done) ? 'done' : record.status,
  };
};

/** What was changed between what was seen and what stands there now. */
export const changesBetween = (seen: Fields, values: Fields): Change[] =>
  [...new Set([...Object.keys(seen), ...Object.keys(values)])].flatMap((field): Change[] => {
    const [base, value] = [fieldOf(seen, field), fieldOf(values, field)];
    return sameValue(base, value) ? [] : [{ field, base, value }];
  });

interface Sent {
  readonly made?: Made;
  readonly done?: true;
  readonly decides?: string;
  readonly undoes?: string;
  readonly files?: readonly UploadFile[];
}

/** Puts an edit into the queue. */
export const sendEdit = async (
  { kind, subjectId, name }: Pick<KeptRecord, 'kind' | 'subjectId' | 'name'>,
  changes: readonly Change[],
  { files = [], ...more }: Sent = {},
): Promise<string> => {
  const id = uuidv7();
  const edit: Omit<NewEdit, 'after' | 'baseVersion'> = {
    id,
    kind,
    subjectId,
    changes: [...changes],
    ...more,
    occurredAt: new Date().toISOString(),
  };
  await queue.add<EditBody>({
    id,
    kind: 'edit',
    record: recordKey(kind, subjectId),
    body: { edit, name },
    files: files.map((file) => ({ ...file, folder: `/field/files/${kind}/${subjectId}` })),
  });
  return id;
};

/** Begins a record on the device: its making goes out before anything is written into it, so that pictures have somewhere to go. */
export const beginRecord = async (
  form: Form,
  kind: SubjectKind,
  name: string,
  made: Omit<Made, 'formId' | 'formVersion'>,
  first: Fields,
): Promise<string> => {
  const subjectId = uuidv7();
  await kept.put('record', recordKey(kind, subjectId), {
    kind,
    subjectId,
    formId: form.id,
    formVersion: form.version,
    name,
    ...(made.areaId ? { areaId: made.areaId } : {}),
    ...(made.premisesId ? { premisesId: made.premisesId } : {}),
    ...(made.premisesKind
      ? { premises: { kind: made.premisesKind, address: made.address ?? '', ...(made.point ? { point: made.point } : {}) } }
      : {}),
    ...(made.consent === undefined ? {} : { consent: made.consent }),
    fields: {},
    version: 0,
    status: made.consent === false ? 'declined' : kind === 'premises' ? 'none' : 'open',
    at: new Date().toISOString(),
  });
  await sendEdit({ kind, subjectId, name }, changesBetween({}, first), {
    made: { formId: form.id, formVersion: form.version, ...made },
  });
  return subjectId;
};

/** The person decides: for each field mine, theirs, or something else. */
export const decide = async (
  conflict: KeptConflict,
  choices: Readonly<Record<string, 'mine' | 'theirs' | { readonly value: FieldValue }>>,
) =>
  sendEdit(
    conflict,
    conflict.conflicts.map((one) => decisionOf(one, choices[one.field] ?? 'theirs')),
    { decides: conflict.editId },
  );

/** Takes an edit back that the server has. */
export const undo = async (edit: KeptEdit): Promise<string> => sendEdit(edit, undoOf(edit.applied), { undoes: edit.editId });
