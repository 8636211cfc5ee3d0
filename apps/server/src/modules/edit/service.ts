import { createHash } from 'node:crypto';
import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { HeldPost, Point } from '@tongxin/domain/case/schema.ts';
import { isPersonal, joinsOf, type Misfit, misfitsOf, unfinishedOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import { fieldOf, mergeEdit, openConflicts } from '@tongxin/domain/edit/rules.ts';
import type { Applied, Conflict, ConflictView, EditView, Fields, SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { EditAnswer, Made, NewEdit } from '@tongxin/domain/field/view.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import type { Scope, ScopedTx } from '../../platform/tx/tx.ts';
import { findForm } from '../collection/index.ts';
import { type EditRow, findEdit, findEdits, findGone, findWriters, insertEdit, markDecided } from './repo.ts';

/** A record under edit, its row locked. */
export interface Held {
  readonly id: string;
  readonly areaId: string;
  readonly form: Form;
  readonly fields: Fields;
  readonly version: number;
  readonly status: EditAnswer['status'];
  /** Whether this reader wrote it, and so has its personal answers. */
  readonly mine: boolean;
}

export interface NewRecord {
  readonly id: string;
  readonly made: Made;
  readonly digest: Buffer;
  readonly post: HeldPost;
  readonly form: Form;
  readonly place: { readonly areaId: string; readonly point?: Point };
  readonly now: string;
}

/** What a kind of record brings: how it is found, made and saved. Personal answers of another worker's leave only through `readAnothers`. */
export interface Store {
  readonly kind: SubjectKind;
  readonly capability: string;
  hold(deps: Deps, scope: Scope, id: string): Promise<Held | undefined>;
  /** Nothing where the id is in use. */
  make(deps: Deps, scope: Scope, record: NewRecord): Promise<void>;
  save(
    deps: Deps,
    tx: ScopedTx,
    held: Held,
    saved: { readonly fields: Fields; readonly version: number; readonly done: boolean; readonly now: string },
  ): Promise<void>;
  /** Tells that personal answers of another worker's record were read. */
  readAnothers?(deps: Deps, scope: Scope, held: Held, fields: readonly string[], post: HeldPost): Promise<void>;
}

const fieldsPlace = (kind: SubjectKind, id: string): string => `${kind}:${id}:fields`;
const bodyPlace = (id: string): string => `edit:${id}`;

export const sealFields = (deps: Pick<Deps, 'crypto'>, kind: SubjectKind, id: string, fields: Fields): Buffer =>
  deps.crypto.seal(JSON.stringify(fields), fieldsPlace(kind, id));
export const keptFields = (deps: Pick<Deps, 'crypto'>, kind: SubjectKind, id: string, sealed: Buffer | null): Fields =>
  sealed ? JSON.parse(deps.crypto.open(sealed, fieldsPlace(kind, id)).toString('utf8')) : {};

interface Body {
  readonly applied: readonly Applied[];
  readonly conflicts: readonly Conflict[];
}
const bodyOf = (deps: Deps, row: EditRow): Body => JSON.parse(deps.crypto.open(row.body_sealed, bodyPlace(row.edit_id)).toString('utf8'));

/** Answers this reader may have: personal ones of one's own records; of another's those one has just written oneself. */
const shown = (held: Held, fields: Fields, also: ReadonlySet<string>): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => held.mine || also.has(field) || !isPersonal(held.form, field)));

const answerOf = async (
  deps: Deps,
  scope: Scope,
  store: Store,
  post: HeldPost,
  held: Held,
  row: Pick<EditRow, 'decided'>,
  body: Body,
  missing: readonly Misfit[],
): Promise<EditAnswer> => {
  // What waits is told with what stands there now.
  const open = openConflicts(body, new Set(row.decided)).map((one) => ({ ...one, theirs: fieldOf(held.fields, one.field) }));
  const writers = await findWriters(
    scope.tx,
    held.id,
    open.map(({ field }) => field),
  );
  const personal = open.map(({ field }) => field).filter((field) => !held.mine && isPersonal(held.form, field));
  if (personal.length > 0) await store.readAnothers?.(deps, scope, held, personal, post);
  const conflicts = open.map((one): ConflictView => {
    const by = writers.get(one.field);
    const postLabel = by && deps.directory.post(by.post_id)?.label;
    return {
      ...one,
      ...(by
        ? {
            theirsBy: {
              ...(postLabel ? { postLabel } : {}),
              mine: by.person_id === scope.actor.personId,
              at: new Date(by.recorded_at).toISOString(),
            },
          }
        : {}),
    };
  });
  return {
    outcome: conflicts.length > 0 ? 'conflict' : 'applied',
    ...(conflicts.length > 0 ? { code: 'editConflict' as const } : {}),
    version: held.version,
    status: held.status,
    missing: [...missing],
    fields: shown(held, held.fields, new Set(body.applied.map(({ field }) => field))),
    applied: [...body.applied],
    conflicts,
  };
};

/** When a device says it happened: a clock that runs ahead says now. */
const claimed = (occurredAt: string, now: string): string => {
  if (!isInstant(occurredAt)) throw invalid('fieldUnfit', { field: 'occurredAt', why: 'notInstant' });
  return occurredAt > now ? now : occurredAt;
};

/**
 * Where a record belongs: the grid that was chosen, else the one its point lies in, else the area of the post. Row-level security says whether it may be
 * there. A phone that had no signal may name a grid that a re-zoning took: then its point decides, else whoever took it over, else what stands above.
 */
const placeOf = async (deps: Deps, tx: ScopedTx, { areaId, point }: Made, post: HeldPost): Promise<NewRecord['place']> => {
  const at = point ? { point } : {};
  const byPoint = point && deps.places.resolve(point).gridId;
  const stands = (id: string | null | undefined): string | undefined => (id && deps.places.ofArea(id) ? id : undefined);
  if (!areaId || stands(areaId)) return { areaId: areaId ?? byPoint ?? post.areaId, ...at };
  const gone = await findGone(tx, areaId);
  if (!gone) throw invalid('unknownArea', { field: 'areaId' });
  return { areaId: byPoint ?? stands(gone.heir) ?? gone.path.findLast(stands) ?? post.areaId, ...at };
};

/**
 * Takes one edit out of an outbox: once for each id, in the order of its device. Where another wrote meanwhile nothing is overwritten: the rest is
 * applied, both values are kept and told (domain/edit `receiveEdit` is the same over a value).
 */
export const receive = async (deps: Deps, scope: Scope, store: Store, edit: NewEdit): Promise<EditAnswer> => {
  const post = scope.actor.posts.find(({ capabilities }) => capabilities.includes(store.capability))!;
  const digest = createHash('sha256').update(canonical(edit)).digest();
  const now = deps.clock.now().toISOString();
  let held = await store.hold(deps, scope, edit.subjectId);
  const isNew = !held;
  if (!held) {
    const { made } = edit;
    if (!made) throw notFound();
    const form = await findForm(scope.tx, made.formId, made.formVersion);
    if (form?.kind !== store.kind) throw invalid('formUnknown', { form: made.formId });
    await store.make(deps, scope, { id: edit.subjectId, made, digest, post, form, place: await placeOf(deps, scope.tx, made, post), now });
    // The same sent twice at once: whoever lost the race finds what the other made.
    held = await store.hold(deps, scope, edit.subjectId);
    if (!held) throw conflict('idTaken');
  }
  const known = await findEdit(scope.tx, edit.id);
  if (known) {
    if (known.subject_id !== edit.subjectId || !known.digest.equals(digest)) throw conflict('idTaken');
    return answerOf(deps, scope, store, post, held, known, bodyOf(deps, known), []);
  }
  if (edit.made && !(isNew && held.version === 0)) throw conflict('idTaken');
  for (const before of [edit.after, edit.undoes, edit.decides])
    if (before && (await findEdit(scope.tx, before))?.subject_id !== held.id) throw conflict('editTooEarly');
  const values = Object.fromEntries(edit.changes.map(({ field, value }) => [field, value]));
  const [misfit] = misfitsOf(held.form, values);
  if (misfit) throw invalid('editUnfit', { field: misfit.field, why: misfit.why });
  const personal = held.status === 'declined' && edit.changes.find(({ field, value }) => value !== null && isPersonal(held!.form, field));
  if (personal) throw invalid('editUnfit', { field: personal.field, why: 'noConsent' });
  const { fields, applied, conflicts } = mergeEdit(held.fields, edit.changes, joinsOf(held.form));
  const wanted = edit.done === true && held.status === 'open';
  const missing: Misfit[] = wanted
    ? [...unfinishedOf(held.form, fields), ...conflicts.map(({ field }) => ({ field, why: 'conflict' }))]
    : [];
  const done = wanted && missing.length === 0;
  const version = held.version + 1;
  const body: Body = { applied, conflicts };
  const inserted = await insertEdit(scope.tx, {
    edit_id: edit.id,
    subject_kind: store.kind,
    subject_id: held.id,
    person_id: scope.actor.personId!,
    post_id: post.postId,
    digest,
    body_sealed: deps.crypto.seal(JSON.stringify(body), bodyPlace(edit.id)),
    fields: applied.map(({ field }) => field),
    undoes: edit.undoes ?? null,
    decides: edit.decides ?? null,
    version,
    occurredAt: claimed(edit.occurredAt, now),
    now,
  });
  // Out of this caller's sight: some other record's.
  if (!inserted) throw conflict('idTaken');
  if (edit.decides)
    await markDecided(
      scope.tx,
      edit.decides,
      edit.changes.map(({ field }) => field),
    );
  await store.save(deps, scope.tx, held, { fields, version, done, now });
  const after: Held = { ...held, fields, version, status: done ? 'done' : held.status };
  return answerOf(deps, scope, store, post, after, { decided: [] }, body, missing);
};

const MOST_EDITS = 200;

/** A record's history, latest first: every value that stood, or met another. Personal values only of one's own record. */
export const historyOf = async (deps: Deps, scope: Scope, store: Store, id: string): Promise<EditView[]> => {
  const held = await store.hold(deps, scope, id);
  if (!held) throw notFound();
  const may = ({ field }: { readonly field: string }): boolean => held.mine || !isPersonal(held.form, field);
  return (await findEdits(scope.tx, id, MOST_EDITS)).map((row) => {
    const { applied, conflicts } = bodyOf(deps, row);
    const postLabel = deps.directory.post(row.post_id)?.label;
    return {
      id: row.edit_id,
      by: {
        ...(postLabel ? { postLabel } : {}),
        mine: row.person_id === scope.actor.personId,
        at: new Date(row.recorded_at).toISOString(),
      },
      occurredAt: new Date(row.occurred_at).toISOString(),
      applied: applied.filter(may),
      conflicts: openConflicts({ conflicts }, new Set(row.decided)).filter(may),
      ...(row.undoes ? { undoes: row.undoes } : {}),
      ...(row.decides ? { decides: row.decides } : {}),
    };
  });
};
