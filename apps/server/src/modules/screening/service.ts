import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Cell } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { exportLabels } from '@tongxin/domain/screening/data.ts';
import { dueOn, isOwed, keptStep, monthAfter, monthOf, namesPerson } from '@tongxin/domain/screening/rules.ts';
import type { NewReport, Overview, OwnUnit, Step, UnitChange } from '@tongxin/domain/screening/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { writeRows } from '../../platform/sheet/sheet.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, bodyArea, managingPost } from '../administration/index.ts';
import { bodyLabel, itemPlace, presentItem, presentMonth } from './present.ts';
import {
  findDigest,
  findItems,
  findMonths,
  findSupervised,
  findUnit,
  findUnits,
  type ItemRow,
  insertReport,
  keepDispute,
  putUnit,
  seesDispute,
} from './repo.ts';

/** So many months back a unit sees and may still report. */
const MONTHS_SHOWN = 6;

const thisMonth = (deps: Deps): string => monthOf(instantToLocalDate(deps.clock.now().toISOString()));

const itemsByReport = (rows: readonly ItemRow[]): Map<string, ItemRow[]> => Map.groupBy(rows, ({ report_id }) => report_id);

/** The caller's own units and their last months; nothing of any other body. */
const ownInScope = async (deps: Deps, { tx, actor }: Scope): Promise<OwnUnit[]> => {
  const bodies = new Set(
    actor.posts.filter(({ capabilities }) => capabilities.includes('screening.report')).map(({ organizationId }) => organizationId),
  );
  const units = (await findUnits(tx)).filter(({ organization_id }) => bodies.has(organization_id));
  const now = thisMonth(deps);
  const from = monthAfter(now, 1 - MONTHS_SHOWN);
  const rows = await findMonths(
    tx,
    units.map(({ organization_id }) => organization_id),
    from,
    now,
  );
  const items = itemsByReport(
    await findItems(
      tx,
      rows.map(({ report_id }) => report_id),
    ),
  );
  return units.map((unit): OwnUnit => {
    const months = Array.from({ length: MONTHS_SHOWN }, (_, n) => monthAfter(now, -n)).filter((month) =>
      isOwed({ since: unit.since, until: unit.until ?? undefined }, month),
    );
    return {
      organizationId: unit.organization_id,
      label: bodyLabel(deps, unit.organization_id),
      areaId: unit.area_id,
      dueDay: unit.due_day,
      months: months.map((month) => {
        const row = rows.find((one) => one.organization_id === unit.organization_id && one.month === month);
        return {
          ...presentMonth(deps, unit, month, row),
          items: (row ? (items.get(row.report_id) ?? []) : []).map((item) => presentItem(deps, item)),
        };
      }),
    };
  });
};

export const ownUnits = (deps: Deps, who: Who): Promise<OwnUnit[]> => withScope(deps.pools.app, who, (scope) => ownInScope(deps, scope));

const assertFit = async (deps: Deps, { tx }: Scope, { items }: NewReport): Promise<void> => {
  for (const [n, { place, matter, areaId, caseId }] of items.entries()) {
    for (const words of [place, matter]) {
      if (words.trim() === '') throw invalid('wordsMissing');
      if (words.includes('\u0000') || !words.isWellFormed()) throw invalid('badCharacters');
      if (namesPerson(words)) throw invalid('personInReport', { n: n + 1 });
    }
    if (!deps.places.ofArea(areaId)) throw invalid('unknownArea', { field: 'areaId' });
    if (caseId && !(await seesDispute(tx, caseId))) throw invalid('unknownCase', { field: 'caseId' });
  }
};

/** The report of a month, by a post of the body. The same id and words again change nothing; another report takes the place of the one it names. */
export const report = (deps: Deps, who: Who, id: string, asked: NewReport): Promise<OwnUnit[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    const { organizationId, month, version, items } = asked;
    if (!actor.posts.some((post) => post.organizationId === organizationId && post.capabilities.includes('screening.report')))
      throw forbidden('notYours');
    if (month > thisMonth(deps)) throw invalid('monthInFuture');
    const unit = await findUnit(tx, organizationId);
    if (!unit || !isOwed({ since: unit.since, until: unit.until ?? undefined }, month)) throw conflict('noReportOwed');
    const digest = createHash('sha256')
      .update(canonical({ by: actor.personId, asked }))
      .digest();
    const known = await findDigest(tx, id);
    if (known && !known.equals(digest)) throw conflict('idTaken');
    if (!known) {
      await assertFit(deps, scope, asked);
      const [standing] = await findMonths(tx, [organizationId], month, month);
      if ((standing?.version ?? 0) !== version) throw conflict('changedMeanwhile');
      const before = standing ? await findItems(tx, [standing.report_id]) : [];
      const wrong = items.findIndex(({ goesOn }) => goesOn !== undefined && !before.some(({ item_no }) => item_no === goesOn));
      if (wrong >= 0) throw invalid('fieldUnfit', { field: 'goesOn', why: 'notThere' });
      const beforeOf = (goesOn: number | undefined): ItemRow | undefined => before.find(({ item_no }) => item_no === goesOn);
      const made = await insertReport(tx, {
        id,
        organizationId,
        month,
        version: version + 1,
        digest,
        dueOn: dueOn(month, unit.due_day, deps.calendar()),
        now: deps.clock.now().toISOString(),
        items: items.map(({ kind, areaId, degree, step, place, matter, caseId, goesOn }, n) => ({
          item_no: n + 1,
          kind,
          area_id: areaId,
          degree,
          step: keptStep(step, beforeOf(goesOn)?.step as Step | undefined, beforeOf(goesOn)?.case_id != null),
          place_sealed: deps.crypto.seal(place.trim(), itemPlace(id, n + 1, 'place')),
          matter_sealed: deps.crypto.seal(matter.trim(), itemPlace(id, n + 1, 'matter')),
          case_id: caseId,
        })),
      });
      if (!made) throw conflict('changedMeanwhile');
      // A dispute that this reporter sees is named again or was let go on purpose; one that it does not see stays.
      for (const [n, { caseId, goesOn }] of items.entries())
        if (standing && goesOn !== undefined && !caseId && !beforeOf(goesOn)?.case_id)
          await keepDispute(tx, { reportId: id, no: n + 1 }, { reportId: standing.report_id, no: goesOn });
    }
    return ownInScope(deps, scope);
  });

const overviewInScope = async (deps: Deps, { tx }: Scope, month: string): Promise<Overview> => {
  const areas = await findSupervised(tx);
  const ids = new Set(areas.map(({ area_id }) => area_id));
  const units = (await findUnits(tx)).filter(
    (unit) => ids.has(unit.area_id) && isOwed({ since: unit.since, until: unit.until ?? undefined }, month),
  );
  const rows = await findMonths(
    tx,
    units.map(({ organization_id }) => organization_id),
    month,
    month,
  );
  const rowOf = new Map(rows.map((row) => [row.organization_id, row]));
  const items = itemsByReport(
    await findItems(
      tx,
      rows.map(({ report_id }) => report_id),
    ),
  );
  return {
    month,
    areas: areas.map(({ area_id, parent_id, kind }) => ({
      id: area_id,
      label: deps.directory.area(area_id)?.label ?? { zh: area_id },
      kind,
      ...(parent_id && ids.has(parent_id) ? { parentId: parent_id } : {}),
    })),
    units: units.map((unit) => ({
      ...presentMonth(deps, unit, month, rowOf.get(unit.organization_id)),
      organizationId: unit.organization_id,
      label: bodyLabel(deps, unit.organization_id),
      areaId: unit.area_id,
      dueDay: unit.due_day,
      since: unit.since,
      ...(unit.until ? { until: unit.until } : {}),
      found: rowOf.get(unit.organization_id)?.items ?? 0,
    })),
    items: units.flatMap(({ organization_id }) =>
      (items.get(rowOf.get(organization_id)?.report_id ?? '') ?? []).map((item) => ({
        organizationId: organization_id,
        ...presentItem(deps, item),
      })),
    ),
  };
};

/** The month of every unit below the caller: reported, none found, missing. */
export const overview = (deps: Deps, who: Who, month: string): Promise<Overview> =>
  withScope(deps.pools.app, who, (scope) => overviewInScope(deps, scope, month));

/** The month as a workbook: a line for each matter, and one for each unit that found none or is missing. */
export const overviewWorkbook = async (
  deps: Deps,
  who: Who,
  month: string,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> => {
  const { units, items, areas } = await overview(deps, who, month);
  const { columns, states, kinds, degrees, steps, title } = exportLabels;
  const named = (label: Label): string => inLanguage(label, language);
  const lines = units.flatMap((unit): Readonly<Record<string, Cell>>[] => {
    const area = areas.find(({ id }) => id === unit.areaId)?.label;
    const head = {
      unit: named(unit.label),
      area: area ? named(area) : '',
      state: named(states[unit.state]),
      late: unit.late,
      dueOn: unit.dueOn,
    };
    const found = items.filter(({ organizationId }) => organizationId === unit.organizationId);
    if (found.length === 0) return [{ ...head, kind: null, where: null, place: null, matter: null, degree: null, step: null }];
    return found.map((item) => ({
      ...head,
      kind: named(kinds[item.kind]),
      where: item.areaLabel ? named(item.areaLabel) : '',
      place: item.place,
      matter: item.matter,
      degree: named(degrees[item.degree]),
      step: named(steps[item.step]),
    }));
  });
  const out = new PassThrough();
  const bytes = buffer(out);
  const batches = async function* () {
    yield lines;
  };
  await writeRows('xlsx', out, batches(), {
    title: `${named(title)} ${month}`,
    columns,
    language,
    signal: AbortSignal.timeout(60_000),
    onRows: () => {},
  });
  return { name: `${named(title)}-${month}.xlsx`, bytes: await bytes };
};

/** Says that a body owes reports from a month on, up to and without another; logged like other reference data. */
export const changeUnit = (deps: Deps, who: Who, organizationId: string, change: UnitChange): Promise<Changed> => {
  const { commandId, ...body } = change;
  return administer(deps, who, { commandId, kind: 'screening', subjectId: organizationId, body }, async ({ tx, actor }) => {
    if (body.until !== undefined && body.until < body.since) throw invalid('endsBeforeItBegins');
    const at = await bodyArea(tx, organizationId);
    if (!at) throw notFound();
    const post = managingPost(actor, 'screening.supervise', at.path);
    const before = await findUnit(tx, organizationId);
    await putUnit(tx, organizationId, body);
    const said = (since: string, until: string | null | undefined, dueDay: number) => ({
      from: since,
      ...(until ? { to: until } : {}),
      dueDay: String(dueDay),
    });
    return {
      what: before ? 'changed' : 'made',
      post,
      areaId: at.areaId,
      organizationId,
      ...(before ? { before: said(before.since, before.until, before.due_day) } : {}),
      after: said(body.since, body.until, body.dueDay),
    };
  });
};
