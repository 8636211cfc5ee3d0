import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { burdenOf, findingsOf, questionOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { NewFinding, PatrolView } from '@tongxin/domain/patrol/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { findForm } from '../collection/index.ts';
import { findCasesOf, type Held, keptFields, linkCase, removeEdits, type Store, sealFields } from '../edit/index.ts';
import { fileNewCase } from '../intake/index.ts';
import { eraseExpired, findPatrol, findPatrolsOf, holdPatrol, insertPatrol, type PatrolRecord, savePatrol } from './repo.ts';

const DAY_MS = 86_400_000;
/** A checklist that is older is done with. */
const LISTED_DAYS = 14;

const heldOf = async (deps: Deps, scope: Scope, row: PatrolRecord | undefined): Promise<Held | undefined> => {
  const form = row && row.status !== 'erased' ? await findForm(scope.tx, row.form_id, row.form_version) : undefined;
  if (!row || !form) return undefined;
  const fields = keptFields(deps, 'patrol', row.patrol_id, row.fields_sealed);
  const mine = row.person_id === scope.actor.personId;
  return { id: row.patrol_id, areaId: row.area_id, form, fields, version: row.version, status: row.status as Held['status'], mine };
};

export const patrolStore: Store = {
  kind: 'patrol',
  capability: 'patrol.record',
  hold: async (deps, scope, id) => heldOf(deps, scope, await holdPatrol(scope.tx, id)),
  make: (deps, { tx, actor }, { id, made, digest, post, form, place, now }) =>
    insertPatrol(tx, {
      patrol_id: id,
      form_id: form.id,
      form_version: form.version,
      area_id: place.areaId,
      organization_id: post.organizationId,
      post_id: post.postId,
      person_id: actor.personId!,
      premises_id: made.premisesId ?? null,
      lon: place.point?.lon ?? null,
      lat: place.point?.lat ?? null,
      fields_sealed: sealFields(deps, 'patrol', id, {}),
      digest,
      now,
      expiresAt: new Date(Date.parse(now) + form.retentionDays * DAY_MS).toISOString(),
    }),
  save: (deps, tx, { id, form }, { fields, version, done, now }) =>
    savePatrol(tx, id, { sealed: sealFields(deps, 'patrol', id, fields), version, done, burden: burdenOf(form, fields), now }),
};

const present = (
  deps: Deps,
  row: PatrolRecord,
  form: Form,
  personId: string | undefined,
  cases: readonly { readonly case_id: string; readonly field: string | null }[],
): PatrolView => {
  const postLabel = deps.directory.post(row.post_id)?.label;
  return {
    id: row.patrol_id,
    formId: row.form_id,
    formVersion: row.form_version,
    title: form.title,
    areaId: row.area_id,
    ...(row.premises_id ? { premisesId: row.premises_id } : {}),
    ...(row.lon !== null && row.lat !== null ? { point: { lon: row.lon, lat: row.lat } } : {}),
    status: row.status as PatrolView['status'],
    ...(postLabel ? { postLabel } : {}),
    mine: row.person_id === personId,
    startedAt: new Date(row.started_at).toISOString(),
    version: row.version,
    fields: { ...keptFields(deps, 'patrol', row.patrol_id, row.fields_sealed) },
    findings: cases.map(({ case_id, field }) => ({ caseId: case_id, ...(field ? { field } : {}) })),
  };
};

/** What a device carries of a grid's checklists: those of the last fortnight. */
export const patrolsOf = async (deps: Deps, scope: Scope, areaId: string, limit: number): Promise<PatrolView[]> => {
  const since = new Date(deps.clock.now().getTime() - LISTED_DAYS * DAY_MS).toISOString();
  const rows = await findPatrolsOf(scope.tx, areaId, since, limit);
  const cases = await findCasesOf(
    scope.tx,
    rows.map(({ patrol_id }) => patrol_id),
  );
  const views: PatrolView[] = [];
  for (const row of rows) {
    const form = await findForm(scope.tx, row.form_id, row.form_version);
    const own = cases.filter(({ subject_id }) => subject_id === row.patrol_id);
    if (form) views.push(present(deps, row, form, scope.actor.personId, own));
  }
  return views;
};

/** A finding becomes a case by the patrol's channel, once for each id; the checklist's category holds where none is named. */
export const fileFinding = async (deps: Deps, who: Who, patrolId: string, finding: NewFinding): Promise<Receipt> => {
  const { id, field, words, categoryId: named, ...rest } = finding;
  const body = await withScope(deps.pools.app, who, async (scope) => {
    const row = await findPatrol(scope.tx, patrolId);
    const held = await heldOf(deps, scope, row);
    if (!row || !held) throw notFound();
    if (field && !questionOf(held.form, field)) throw invalid('editUnfit', { field, why: 'unknownField' });
    const now = deps.clock.now().toISOString();
    if (rest.occurredAt !== undefined && !isInstant(rest.occurredAt))
      throw invalid('fieldUnfit', { field: 'occurredAt', why: 'notInstant' });
    const categoryId = named ?? (field ? findingsOf(held.form, held.fields).find((one) => one.field === field)?.categoryId : undefined);
    return {
      ...rest,
      // A device whose clock runs ahead found it now.
      ...(rest.occurredAt && rest.occurredAt > now ? { occurredAt: now } : {}),
      id,
      channel: 'patrol' as const,
      text: words,
      ...(categoryId ? { categoryId } : {}),
      areaId: row.area_id,
      ...(rest.point || row.lon === null || row.lat === null ? {} : { point: { lon: row.lon, lat: row.lat } }),
    };
  });
  const { receipt } = await fileNewCase(deps, who, body);
  await withScope(deps.pools.app, who, ({ tx }) =>
    linkCase(tx, {
      subjectKind: 'patrol',
      subjectId: patrolId,
      caseId: id,
      ...(field ? { field } : {}),
      now: deps.clock.now().toISOString(),
    }),
  );
  return receipt;
};

const BATCH = 200;

/** Takes what checklists said whose time is over, with every edit and picture. Answers how many. */
export const erasePatrols = (deps: Pick<Deps, 'pools' | 'clock' | 'files'>): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const ids = await eraseExpired(tx, deps.clock.now().toISOString(), BATCH);
    for (const address of await removeEdits(tx, ids)) await deps.files.remove(address);
    return ids.length;
  });
