import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { checkProcedure } from '@tongxin/domain/soundness/rules.ts';
import { varied } from '@tongxin/domain/variant/rules.ts';
import { FIRST_LOCAL_VERSION, VariantChange } from '@tongxin/domain/variant/schema.ts';
import { Value } from 'typebox/value';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { digestOf, insertProcedure, insertUse, takeLocalVersion } from '../../../platform/procedures/procedures.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { Unsound } from '../service.ts';
import { type DraftView, presentDraft } from './present.ts';
import { type DraftRow, deleteDraft, findDraft, findOpenDrafts, holdDraft, insertDraft, markPublished, saveDraft } from './repo.ts';

/** Drafts a body may have open at once, and the longest change, in characters: a built-in procedure whole is a third of it. */
const MOST_DRAFTS = 50;
const LONGEST = 128 * 1024;

/** The post by which somebody varies procedures in an area: it is there, or above it. Throws 422 `unknownArea`, 403 `notYourArea`. */
export const varyingPost = (deps: Pick<Deps, 'places'>, actor: Actor, areaId: string): HeldPost & { readonly personId: string } => {
  const place = deps.places.ofArea(areaId);
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  const path = [...pathOf(place), areaId];
  const post = actor.posts.find((held) => held.capabilities.includes('procedure.vary') && path.includes(held.areaId));
  if (!post) throw forbidden('notYourArea');
  return { ...post, personId: actor.personId! };
};

/** Words of a note, and a day that has not passed. Throws 422 `fieldMissing`, `fieldUnfit`, `dateInPast`. */
export const assertAnnounced = (deps: Pick<Deps, 'clock'>, { note, from }: { readonly note: string; readonly from: string }): void => {
  if (note.trim() === '') throw invalid('fieldMissing', { field: 'note' });
  if (!isDate(from)) throw invalid('fieldUnfit', { field: 'from' });
  if (from < instantToLocalDate(deps.clock.now().toISOString())) throw invalid('dateInPast', { field: 'from' });
};

export interface DraftBody {
  /** Of the draft that was seen; 0 for a new one. */
  readonly version: number;
  readonly procedureId: string;
  readonly baseVersion: number;
  readonly areaId: string;
  readonly change: VariantChange;
}

const baseOf = (deps: Pick<Deps, 'procedures'>, id: string, version: number): Procedure => {
  const base = deps.procedures.get(id, version);
  if (!base) throw invalid('procedureNotPublished', { procedure: id });
  return base;
};

/** A change whose shape and names fit, with nothing in it that the schema does not name; it need not be sound yet. */
const fitting = (base: Procedure, given: unknown): VariantChange => {
  const change = Value.Clean(VariantChange, JSON.parse(JSON.stringify(given)));
  if (JSON.stringify(change).length > LONGEST) throw invalid('procedureTooLarge', { most: LONGEST });
  const result = varied(base, change, FIRST_LOCAL_VERSION);
  if (!result.ok) throw invalid(result.code, { where: result.where.slice(0, 200) });
  return change as VariantChange;
};

export const listDrafts = (deps: Deps, who: Who): Promise<DraftView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findOpenDrafts(tx, MOST_DRAFTS)).map((row) => presentDraft(deps, row)));

export const getDraft = (deps: Deps, who: Who, draftId: string): Promise<DraftView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const row = await findDraft(tx, draftId);
    if (!row) throw notFound();
    return presentDraft(deps, row);
  });

/** The draft as it is, where it is what somebody asks for once more; else that somebody else was faster. */
const repeated = (row: DraftRow, seen: number, { areaId, change }: Pick<DraftRow, 'areaId' | 'change'>): DraftRow => {
  if (row.version === seen + 1 && row.areaId === areaId && canonical(row.change) === canonical(change)) return row;
  throw conflict('draftChanged', { version: row.version });
};

const write = async (deps: Deps, { tx, actor }: Scope, draftId: string, body: DraftBody): Promise<DraftRow> => {
  const change = fitting(baseOf(deps, body.procedureId, body.baseVersion), body.change);
  const { areaId, procedureId, baseVersion } = body;
  const { personId, postId, organizationId } = varyingPost(deps, actor, areaId);
  const saving = { draftId, areaId, change, personId, postId, updatedAt: deps.clock.now() };
  const row = await holdDraft(tx, draftId);
  if (!row) {
    if (body.version !== 0) throw notFound();
    if ((await findOpenDrafts(tx, MOST_DRAFTS)).length >= MOST_DRAFTS) throw conflict('tooManyDrafts', { most: MOST_DRAFTS });
    const fresh = await insertDraft(tx, { ...saving, organizationId, procedureId, baseVersion });
    if (!fresh) throw conflict('idTaken');
    return fresh;
  }
  if (row.procedureId !== procedureId || row.baseVersion !== baseVersion) throw conflict('idTaken');
  if (row.version !== body.version) return repeated(row, body.version, saving);
  if (row.publishedVersion !== null) throw conflict('draftPublished', { version: row.publishedVersion });
  return saveDraft(tx, saving);
};

/** Keeps a draft, new or as somebody goes on with it. Saving the same once more changes nothing; what another saved meanwhile is not lost. */
export const putDraft = (deps: Deps, who: Who, draftId: string, body: DraftBody): Promise<DraftView> =>
  withScope(deps.pools.app, who, async (scope) => presentDraft(deps, await write(deps, scope, draftId, body)));

/** Throws a draft away, unless somebody saved it meanwhile or published it. */
export const dropDraft = (deps: Deps, who: Who, draftId: string, version: number): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await holdDraft(tx, draftId);
    if (!row) throw notFound();
    // A draft of an area that a re-zoning retired is its body's to throw away all the same.
    if (deps.places.ofArea(row.areaId)) varyingPost(deps, actor, row.areaId);
    if (row.publishedVersion !== null) throw conflict('draftPublished', { version: row.publishedVersion });
    if (row.version !== version) throw conflict('draftChanged', { version: row.version });
    await deleteDraft(tx, draftId);
  });

export interface Publication {
  readonly version: number;
  readonly note: string;
  readonly from: string;
}

/**
 * Publishes a draft under the locality's next number and puts it into use in its area from a day on. Only a sound one; running cases keep the
 * version they have. The same publication once more answers the number it got.
 */
export const publishDraft = async (
  deps: Deps,
  who: Who,
  draftId: string,
  { version, note, from }: Publication,
): Promise<{ id: string; version: number }> => {
  const published = await withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await holdDraft(tx, draftId);
    if (!row) throw notFound();
    const { procedureId: id, areaId } = row;
    const post = varyingPost(deps, actor, areaId);
    if (row.version !== version) throw conflict('draftChanged', { version: row.version });
    if (row.publishedVersion !== null) return { id, version: row.publishedVersion };
    assertAnnounced(deps, { note, from });
    if (Object.keys(row.change).length === 0) throw invalid('nothingChanged');
    const base = baseOf(deps, id, row.baseVersion);
    const result = varied(base, row.change, FIRST_LOCAL_VERSION);
    if (!result.ok) throw invalid(result.code, { where: result.where.slice(0, 200) });
    const { ok, findings } = checkProcedure(result.definition);
    if (!ok) throw new Unsound(id, findings);
    const number = await takeLocalVersion(tx, id, FIRST_LOCAL_VERSION);
    const definition = { ...result.definition, version: number };
    const now = deps.clock.now();
    const by = { personId: post.personId, postId: post.postId, note };
    await insertProcedure(tx, { definition, digest: digestOf(definition), areaId, now, by });
    await insertUse(tx, { useId: draftId, procedureId: id, version: number, areaId, from, note, now, by });
    await markPublished(tx, draftId, number);
    return { id, version: number };
  });
  await deps.procedures.reload();
  return published;
};
