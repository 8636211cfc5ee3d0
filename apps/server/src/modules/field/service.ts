import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { CaseRow } from '@tongxin/domain/case/view.ts';
import type { EditView, SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { Bundle, EditAnswer, FieldCase, FieldFile, NewEdit } from '@tongxin/domain/field/view.ts';
import { demand } from '../../platform/access-plugin/demand.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, notFound, Problem } from '../../platform/errors/problem.ts';
import { prove, type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { listPage } from '../case/index.ts';
import { findForm, findForms } from '../collection/index.ts';
import { findFile, historyOf, insertFile, receive, type Store } from '../edit/index.ts';
import { cleanUpload } from '../file/index.ts';
import { patrolStore, patrolsOf } from '../patrol/index.ts';
import { findPremisesOf, premisesStore, presentPremises } from '../premises/index.ts';
import { findByWords } from '../search/index.ts';
import { ownVisits, visitStore } from '../visit/index.ts';
import { type FieldArea, findGrids, findPoints } from './repo.ts';

const STORES: Readonly<Record<SubjectKind, Store>> = { premises: premisesStore, visit: visitStore, patrol: patrolStore };

/** What a device takes with it. */
const MOST_AREAS = 400;
const MOST_PREMISES = 500;
const MOST_RECORDS = 100;
const MOST_CASES = 100;

const inStore = <T>(deps: Deps, who: Who, kind: SubjectKind, work: (scope: Scope, store: Store) => Promise<T>): Promise<T> =>
  withScope(deps.pools.app, who, (scope) => {
    const store = STORES[kind];
    demand(scope.actor, store.capability as 'patrol.record');
    return work(scope, store);
  });

export const takeEdit = (deps: Deps, who: Who, edit: NewEdit): Promise<EditAnswer> =>
  inStore(deps, who, edit.kind, (scope, store) => receive(deps, scope, store, edit));

export const history = (deps: Deps, who: Who, kind: SubjectKind, id: string): Promise<EditView[]> =>
  inStore(deps, who, kind, (scope, store) => historyOf(deps, scope, store, id));

const filePlace = (subjectId: string, fileId: string): string => `edit-file:${subjectId}:${fileId}`;

/** Keeps a picture or sound of a record the caller may write. The same bytes again change nothing. */
export const keepFile = async (
  deps: Deps,
  who: Who,
  { kind, id, fileId, fileKind, bytes }: { kind: SubjectKind; id: string; fileId: string; fileKind: 'photo' | 'sound'; bytes: Buffer },
): Promise<FieldFile> => {
  await prove(deps.pools.app, who);
  const cleaned = await cleanUpload(bytes, fileKind, false);
  return inStore(deps, who, kind, async (scope, store) => {
    const held = await store.hold(deps, scope, id);
    if (!held) throw notFound();
    const address = deps.crypto.fileAddress(filePlace(id, fileId), bytes);
    const row = {
      subject_id: id,
      file_id: fileId,
      subject_kind: kind,
      kind: fileKind,
      media_type: cleaned.mediaType,
      bytes: cleaned.bytes.length,
      address,
      person_id: scope.actor.personId!,
      stored_at: deps.clock.now().toISOString(),
    };
    if (!(await insertFile(scope.tx, row))) throw conflict('idTaken');
    // After the row was taken and before it is committed: what is acknowledged has its bytes.
    await deps.files.put(address, deps.crypto.seal(cleaned.bytes, filePlace(id, fileId)));
    return { id: fileId, kind: fileKind, mediaType: cleaned.mediaType, bytes: cleaned.bytes.length };
  });
};

/** The bytes of a file of a record; of a visit only for who wrote it: a picture of a home says more than its answers. */
export const openFieldFile = (
  deps: Deps,
  who: Who,
  kind: SubjectKind,
  id: string,
  fileId: string,
): Promise<{ bytes: Buffer; mediaType: string }> =>
  inStore(deps, who, kind, async (scope, store) => {
    const held = await store.hold(deps, scope, id);
    const file = held && (await findFile(scope.tx, id, fileId));
    if (!held || !file || (kind === 'visit' && !held.mine)) throw notFound();
    const sealed = await deps.files.get(file.address);
    if (!sealed) throw new Problem(503, 'fileMissing');
    return { bytes: deps.crypto.open(sealed, filePlace(id, fileId)), mediaType: file.media_type };
  });

/** Cases that lie with the caller, the caller's body, or that it supports: open ones, each once. */
const workOf = async (deps: Deps, who: Who): Promise<CaseRow[]> => {
  const found = new Map<string, CaseRow>();
  for (const view of ['mine', 'organization', 'supporting'] as const) {
    const { rows } = await listPage(deps, who, { view, open: true, limit: MOST_CASES }, findByWords);
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()];
};

const presentCase = (row: CaseRow, point: FieldCase['point']): FieldCase => {
  const dueAt = row.handlingDueAt ?? row.overallDueAt;
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    procedureId: row.procedureId,
    stage: row.stage,
    stageLabel: row.stageLabel,
    light: row.light,
    ...(dueAt ? { dueAt } : {}),
    ...(row.categoryId ? { categoryId: row.categoryId } : {}),
    ...(point ? { point } : {}),
    version: row.version,
  };
};

const within = (areas: readonly FieldArea[], areaId: string): FieldArea => {
  const found = areas.find((area) => area.area_id === areaId);
  if (!found) throw notFound();
  return found;
};

/** All a device needs of an area to work without signal: of the caller's post, or of a grid within it. */
export const bundle = async (deps: Deps, who: Who, areaId: string | undefined): Promise<Bundle> => {
  const cases = await workOf(deps, who);
  return withScope(deps.pools.app, who, async (scope) => {
    const post = scope.actor.posts.find(({ capabilities }) => capabilities.includes('patrol.record'))!;
    const areas = await findGrids(scope.tx, post.areaId, MOST_AREAS);
    const area = within(areas, areaId ?? post.areaId);
    const mayVisit = post.capabilities.includes('visit.record');
    const premises = await findPremisesOf(scope.tx, area.area_id, MOST_PREMISES + 1);
    const visits = mayVisit ? await ownVisits(deps, scope, area.area_id, MOST_RECORDS) : [];
    const patrols = await patrolsOf(deps, scope, area.area_id, MOST_RECORDS);
    const current = (await findForms(scope.tx, area.area_id)).filter(({ kind }) => mayVisit || kind !== 'visit');
    const forms = new Map(current.map((form) => [`${form.id}/${form.version}`, form]));
    const shown = premises.slice(0, MOST_PREMISES).map((row) => presentPremises(deps, row));
    // What was begun under an earlier version is gone on with under it.
    for (const { formId, formVersion } of [...visits, ...patrols, ...shown])
      if (!forms.has(`${formId}/${formVersion}`)) {
        const earlier = await findForm(scope.tx, formId, formVersion);
        if (earlier) forms.set(`${formId}/${formVersion}`, earlier);
      }
    const points = await findPoints(
      scope.tx,
      cases.map(({ id }) => id),
    );
    const organizationLabel = deps.directory.organization(post.organizationId)?.label;
    const postLabel = deps.directory.post(post.postId)?.label;
    return {
      area: { id: area.area_id, label: area.name },
      areas: areas.map(({ area_id, name }) => ({ id: area_id, label: name })),
      ...(organizationLabel ? { organizationLabel } : {}),
      ...(postLabel ? { postLabel } : {}),
      day: instantToLocalDate(deps.clock.now().toISOString()),
      forms: [...forms.values()],
      premises: shown,
      morePremises: premises.length > MOST_PREMISES,
      visits,
      patrols,
      cases: cases.map((row) => presentCase(row, points.get(row.id))),
      categories: deps.directory.categories().map(({ categoryId, parentId, label, danger }) => ({
        id: categoryId,
        ...(parentId ? { parentId } : {}),
        label,
        danger: [...danger],
      })),
    };
  });
};
