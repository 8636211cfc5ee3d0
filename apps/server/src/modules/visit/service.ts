import { createHash } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { burdenOf, isPersonal } from '@tongxin/domain/collection/rules.ts';
import type { Form, Prefill } from '@tongxin/domain/collection/schema.ts';
import { fieldOf } from '@tongxin/domain/edit/rules.ts';
import type { Fields } from '@tongxin/domain/edit/schema.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import type { NewRequest, VisitRow, VisitView } from '@tongxin/domain/visit/schema.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { findForm } from '../collection/index.ts';
import { findCasesOf, type Held, keptFields, linkCase, removeEdits, type Store, sealFields } from '../edit/index.ts';
import { fileNewCase } from '../intake/index.ts';
import { presentRow, presentVisit } from './present.ts';
import { eraseExpired, findVisit, findVisitsOf, holdVisit, insertVisit, logReading, saveVisit, type VisitRecord } from './repo.ts';

const DAY_MS = 86_400_000;
const MOST = 200;
/** Visits that are listed and carried: what is older is looked for by its case, or is over. */
const LISTED_DAYS = 30;

/** The question that stands for something the platform knows, and its answer in words. */
const answerMeant = (form: Form, fields: Fields, meaning: Prefill): string | undefined => {
  const question = form.sections.flatMap(({ questions, repeat }) => (repeat ? [] : questions)).find(({ prefill }) => prefill === meaning);
  const value = question && fieldOf(fields, question.id);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

const personalOf = (form: Form, fields: Fields): string[] => Object.keys(fields).filter((field) => isPersonal(form, field));

export const visitingPost = (scope: Scope): HeldPost =>
  scope.actor.posts.find(({ capabilities }) => capabilities.includes('visit.record'))!;

/** One line of the log for a reader and a day: the daily list is pulled many times. */
const dailyId = (visitId: string, personId: string, day: string): string => {
  const hex = createHash('sha256').update(`visit:${visitId}:${personId}:${day}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Logs that personal answers were read: by whom, for what, which. Nothing is logged where there are none. */
export const tellReading = async (
  deps: Deps,
  scope: Scope,
  visitId: string,
  fields: readonly string[],
  reading: { readonly purpose: string; readonly daily?: true },
): Promise<void> => {
  if (fields.length === 0) return;
  const post = visitingPost(scope);
  const now = deps.clock.now().toISOString();
  await logReading(scope.tx, {
    accessId: reading.daily ? dailyId(visitId, scope.actor.personId!, instantToLocalDate(now)) : v7(),
    visitId,
    purpose: reading.purpose,
    postId: post.postId,
    organizationId: post.organizationId,
    fields: [...new Set(fields)].slice(0, 60),
    now,
  });
};

const heldOf = async (
  deps: Deps,
  scope: Scope,
  row: VisitRecord | undefined,
): Promise<(Held & { readonly row: VisitRecord }) | undefined> => {
  const form = row && row.status !== 'erased' ? await findForm(scope.tx, row.form_id, row.form_version) : undefined;
  if (!row || !form) return undefined;
  return {
    id: row.visit_id,
    areaId: row.area_id,
    form,
    fields: keptFields(deps, 'visit', row.visit_id, row.fields_sealed),
    version: row.version,
    status: row.status as Held['status'],
    mine: row.person_id === scope.actor.personId,
    row,
  };
};

/** The visit, whose words may be read; 404 where it is out of sight or over. */
export const openVisit = async (deps: Deps, scope: Scope, id: string): Promise<Held & { readonly row: VisitRecord }> => {
  const held = await heldOf(deps, scope, await findVisit(scope.tx, id));
  if (!held) throw notFound();
  return held;
};

export const visitStore: Store = {
  kind: 'visit',
  capability: 'visit.record',
  hold: async (deps, scope, id) => heldOf(deps, scope, await holdVisit(scope.tx, id)),
  make: (deps, { tx, actor }, { id, made, digest, post, form, place, now }) => {
    if (form.consent && made.consent === undefined) throw invalid('fieldMissing', { field: 'consent' });
    return insertVisit(tx, {
      visit_id: id,
      form_id: form.id,
      form_version: form.version,
      area_id: place.areaId,
      organization_id: post.organizationId,
      post_id: post.postId,
      person_id: actor.personId!,
      premises_id: made.premisesId ?? null,
      lon: place.point?.lon ?? null,
      lat: place.point?.lat ?? null,
      consent: made.consent ?? true,
      fields_sealed: sealFields(deps, 'visit', id, {}),
      digest,
      now,
      expiresAt: new Date(Date.parse(now) + form.retentionDays * DAY_MS).toISOString(),
    });
  },
  save: (deps, tx, { id, form }, { fields, version, done, now }) => {
    const phone = answerMeant(form, fields, 'visitedPhone');
    return saveVisit(tx, id, {
      sealed: sealFields(deps, 'visit', id, fields),
      phoneIndex: phone && canBeDialled(phone) ? deps.crypto.blindIndex('phone', phone) : null,
      version,
      done,
      burden: burdenOf(form, fields),
      now,
    });
  },
  readAnothers: (deps, scope, { id }, fields) => tellReading(deps, scope, id, fields, { purpose: '两人修改了同一项，核对' }),
};

const rowsOf = async (
  deps: Deps,
  scope: Scope,
  records: readonly VisitRecord[],
): Promise<{ row: VisitRow; record: VisitRecord; form: Form }[]> => {
  const cases = await findCasesOf(
    scope.tx,
    records.map(({ visit_id }) => visit_id),
  );
  const forms = new Map<string, Form | undefined>();
  for (const { form_id, form_version } of records) {
    const key = `${form_id}/${form_version}`;
    if (!forms.has(key)) forms.set(key, await findForm(scope.tx, form_id, form_version));
  }
  return records.flatMap((record) => {
    const form = forms.get(`${record.form_id}/${record.form_version}`);
    const caseIds = cases.filter(({ subject_id }) => subject_id === record.visit_id).map(({ case_id }) => case_id);
    return form ? [{ row: presentRow(deps, record, form, scope.actor.personId, caseIds), record, form }] : [];
  });
};

const sinceListed = (deps: Deps): string => new Date(deps.clock.now().getTime() - LISTED_DAYS * DAY_MS).toISOString();

/** Visits of a grid in the last month, without anything of a person. */
export const visitsOf = (deps: Deps, who: Who, areaId: string | undefined): Promise<VisitRow[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const records = await findVisitsOf(scope.tx, areaId ?? visitingPost(scope).areaId, sinceListed(deps), MOST);
    return (await rowsOf(deps, scope, records)).map(({ row }) => row);
  });

/** What a device carries of a grid's visits: one's own whole, logged once a day; those of others without anything of a person. */
export const ownVisits = async (deps: Deps, scope: Scope, areaId: string, limit: number): Promise<VisitView[]> => {
  const records = (await findVisitsOf(scope.tx, areaId, sinceListed(deps), limit)).filter(({ status }) => status !== 'erased');
  const views: VisitView[] = [];
  for (const { row, record, form } of await rowsOf(deps, scope, records)) {
    const fields = keptFields(deps, 'visit', record.visit_id, record.fields_sealed);
    if (row.mine) await tellReading(deps, scope, row.id, personalOf(form, fields), { purpose: '本人走访记录同步到手机', daily: true });
    views.push(presentVisit(row, record, form, fields, row.mine));
  }
  return views;
};

const viewOf = async (deps: Deps, scope: Scope, id: string, purpose: string | undefined): Promise<VisitView> => {
  const { row: record, form, fields, mine } = await openVisit(deps, scope, id);
  const personal = mine || purpose !== undefined;
  if (personal)
    await tellReading(deps, scope, id, personalOf(form, fields), purpose ? { purpose } : { purpose: '查看本人走访记录', daily: true });
  const [one] = await rowsOf(deps, scope, [record]);
  return presentVisit(one!.row, record, form, fields, personal);
};

/** A visit: whole for who wrote it, without anything of a person for others who hold the duty. */
export const viewVisit = (deps: Deps, who: Who, id: string): Promise<VisitView> =>
  withScope(deps.pools.app, who, (scope) => viewOf(deps, scope, id, undefined));

/** Another worker's visit with its personal answers, for a purpose that the person concerned reads. */
export const readVisit = (deps: Deps, who: Who, id: string, purpose: string): Promise<VisitView> =>
  withScope(deps.pools.app, who, (scope) => {
    if (purpose.trim().length < 2) throw invalid('wordsMissing');
    return viewOf(deps, scope, id, purpose.trim());
  });

/**
 * 代办: opens a case for the visited person, who agrees, with the name, telephone and address that are known. The same id again answers the same
 * receipt; the case is found from the visit afterwards.
 */
export const requestService = async (deps: Deps, who: Who, visitId: string, request: NewRequest): Promise<Receipt> => {
  const body = await withScope(deps.pools.app, who, async (scope) => {
    const { row, form, fields } = await openVisit(deps, scope, visitId);
    if (row.status === 'declined') throw conflict('noConsent');
    if (!form.requests?.includes(request.categoryId)) throw invalid('requestNotOffered', { category: request.categoryId });
    const [name, phone, address] = (['visitedName', 'visitedPhone', 'visitedAddress'] as const).map((meaning) =>
      answerMeant(form, fields, meaning),
    );
    await tellReading(
      deps,
      scope,
      visitId,
      personalOf(form, fields).filter((field) => [name, phone, address].includes(fieldOf(fields, field) as string)),
      {
        purpose: '受本人委托代办服务申请',
      },
    );
    return {
      id: request.id,
      channel: 'window' as const,
      demandKind: 'help' as const,
      categoryId: request.categoryId,
      text: request.words,
      areaId: row.area_id,
      ...(row.lon !== null && row.lat !== null ? { point: { lon: row.lon, lat: row.lat } } : {}),
      ...(address ? { address: address.slice(0, 400) } : {}),
      behalfOf: {
        ...(name ? { name: name.slice(0, 80) } : {}),
        ...(phone && canBeDialled(phone) ? { phone: phone.slice(0, 40) } : {}),
        by: 'gridWorker' as const,
        consent: request.consent,
      },
    };
  });
  const { receipt } = await fileNewCase(deps, who, body);
  await withScope(deps.pools.app, who, ({ tx }) =>
    linkCase(tx, { subjectKind: 'visit', subjectId: visitId, caseId: request.id, now: deps.clock.now().toISOString() }),
  );
  return receipt;
};

const BATCH = 200;

/** Takes what was answered at visits whose time is over, with every edit and picture. Answers how many. */
export const eraseVisits = (deps: Pick<Deps, 'pools' | 'clock' | 'files'>): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const ids = await eraseExpired(tx, deps.clock.now().toISOString(), BATCH);
    for (const address of await removeEdits(tx, ids)) await deps.files.remove(address);
    return ids.length;
  });
