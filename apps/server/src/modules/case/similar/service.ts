import { metresBetween } from '@tongxin/domain/area/rules.ts';
import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import type { SimilarCase } from '@tongxin/domain/case/view.ts';
import { maskedTitle, maskWords } from '@tongxin/domain/mask/rules.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import { postOf } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { type CaseRecord, findCase } from '../repo.ts';
import { type ActedRow, findActed, findCases, findInBox, findInGrid, type SimilarRow } from './repo.ts';

/** How near is the same spot. */
const NEAR_METRES = 200;
/** Rows weighed for each of the ways of being alike, and answered. */
const WEIGHED = 60;
const ANSWERED = 5;
const LONGEST = 140;

/** Candidates by words; supplied by the search module. */
export type AlikeInWords = (
  scope: Scope,
  text: string,
  where: { readonly by: 'city' | 'town' | 'receiving'; readonly id: string },
  except: string,
  limit: number,
) => Promise<{ readonly case_id: string }[]>;

/** What is compared: a case, or what somebody is about to file. */
type Told = Pick<
  CaseRecord,
  'case_id' | 'lon' | 'lat' | 'grid_id' | 'town_id' | 'city_id' | 'receiving_organization_id' | 'category_id' | 'title'
>;
type Found = { readonly row: SimilarRow; readonly why: SimilarCase['why']; readonly metres?: number };

/** Cases within 200 metres: those of the grids that the box around the point touches. */
const near = async (deps: Deps, scope: Scope, row: Told): Promise<Found[]> => {
  if (row.lon === null || row.lat === null) return [];
  const [lon, lat] = [row.lon, row.lat];
  const dy = NEAR_METRES / 111_320;
  const dx = dy / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const box = [lon - dx, lat - dy, lon + dx, lat + dy] as const;
  const corners = [lon, box[0], box[2]].flatMap((x) => [lat, box[1], box[3]].map((y) => deps.places.resolve({ lon: x, lat: y }).gridId));
  const gridIds = new Set([row.grid_id, ...corners].filter((id) => id !== null && id !== undefined));
  if (gridIds.size === 0) return [];
  const rows = await findInBox(scope.tx, [...gridIds], box, row.case_id, WEIGHED);
  return rows
    .map((one): Found => ({ row: one, why: 'near', metres: Math.round(metresBetween({ lon, lat }, { lon: one.lon!, lat: one.lat! })) }))
    .filter(({ metres }) => metres! <= NEAR_METRES);
};

const placeOfWords = (row: Told): { by: 'city' | 'town' | 'receiving'; id: string } | undefined => {
  if (row.town_id) return { by: 'town', id: row.town_id };
  if (row.city_id) return { by: 'city', id: row.city_id };
  return row.receiving_organization_id ? { by: 'receiving', id: row.receiving_organization_id } : undefined;
};

const inWords = async (scope: Scope, row: Told, alike: AlikeInWords): Promise<Found[]> => {
  const place = placeOfWords(row);
  if (!place || !row.title) return [];
  const found = await alike(scope, row.title, place, row.case_id, WEIGHED);
  const rows = new Map(
    (
      await findCases(
        scope.tx,
        found.map(({ case_id }) => case_id),
      )
    ).map((one) => [one.case_id, one]),
  );
  return found.flatMap(({ case_id }): Found[] => {
    const one = rows.get(case_id);
    return one ? [{ row: one, why: 'words' }] : [];
  });
};

/** The last words of a case that its reporter was told, masked. */
const outcomeOf = (deps: Deps, row: SimilarRow, steps: readonly ActedRow[]): string | undefined => {
  const procedure = deps.procedures.get(row.procedure_id, row.procedure_version);
  for (const step of steps.toReversed()) {
    const action = procedure?.actions[readHeader(step.header).header.action ?? ''];
    if (!action?.told || action.personal || !step.sealed) continue;
    const words = openContent(deps.crypto, row.case_id, step.event_no, step.sealed);
    const field = action.form?.find((one) => one.content && one.seenBy?.includes('reporter') && typeof words[one.id] === 'string');
    if (!field) continue;
    const signs = [...maskWords(String(words[field.id])).replace(/\s+/gu, ' ').trim()];
    return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join('')}…` : signs.join('');
  }
  return undefined;
};

const present = (deps: Deps, { category_id }: Told, { row, why, metres }: Found, steps: readonly ActedRow[]): SimilarCase => {
  const stage = deps.procedures.get(row.procedure_id, row.procedure_version)?.stages[row.stage];
  const lead = row.lead_organization_id ? deps.directory.organization(row.lead_organization_id)?.label : undefined;
  const outcome = outcomeOf(deps, row, steps);
  return {
    id: row.case_id,
    number: row.number,
    title: row.title ?? '',
    why,
    ...(metres !== undefined ? { metres } : {}),
    sameCategory: category_id !== null && row.category_id === category_id,
    stageLabel: stage?.label ?? { zh: row.stage },
    ended: stage?.end !== undefined,
    ...(lead ? { leadOrganizationLabel: lead } : {}),
    reportedAt: new Date(row.reported_at ?? row.created_at).toISOString(),
    ...(outcome ? { outcome } : {}),
  };
};

const alikeOf = async (deps: Deps, scope: Scope, row: Told, alike: AlikeInWords): Promise<SimilarCase[]> => {
  const mine = ({ row: { state } }: Found): boolean => readerKind(state, scope.actor) === 'staff';
  const same = ({ row: one }: Found): number => Number(row.category_id !== null && one.category_id === row.category_id);
  const spots = (await near(deps, scope, row)).filter(mine).sort((a, b) => same(b) - same(a) || a.metres! - b.metres!);
  const grid: Found[] =
    spots.length === 0 && row.grid_id
      ? (await findInGrid(scope.tx, row.grid_id, row.category_id, row.case_id, WEIGHED))
          .map((one): Found => ({ row: one, why: 'grid' }))
          .filter(mine)
      : [];
  const known = new Set([...spots, ...grid].map((found) => found.row.case_id));
  const told = (await inWords(scope, row, alike)).filter((found) => !known.has(found.row.case_id)).filter(mine);
  const chosen = [spots, grid, told].flatMap((found) => found.slice(0, ANSWERED));
  const steps = Map.groupBy(
    await findActed(
      scope.tx,
      chosen.map((found) => found.row.case_id),
    ),
    (step) => step.case_id,
  );
  return chosen.map((found) => present(deps, row, found, steps.get(found.row.case_id) ?? []));
};

/**
 * Cases like one, as far as the caller works on them too: at the same spot, of the same kind first; in the same grid where the case has no point;
 * and told in like words nearby. Of a confidential matter nothing is compared.
 */
export const similarCases = (deps: Deps, who: Who, caseId: string, alike: AlikeInWords): Promise<SimilarCase[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await findCase(scope.tx, caseId);
    if (!row || readerKind(row.state, scope.actor) !== 'staff') throw notFound();
    return row.confidential ? [] : alikeOf(deps, scope, row, alike);
  });

/** What is about to be filed, as far as it is said. */
export interface BeingTold {
  readonly text?: string;
  readonly point?: Point;
  readonly areaId?: string;
  readonly categoryId?: string;
  /** From which of the caller's posts. */
  readonly postId?: string;
}

/** A matter nobody has filed yet is no case's. */
const NONE = '00000000-0000-0000-0000-000000000000';

/** The same for what somebody is telling just now: what stands there already, while it is typed. */
export const similarToTold = (deps: Deps, who: Who, told: BeingTold, alike: AlikeInWords): Promise<SimilarCase[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const place = told.point ? deps.places.resolve(told.point) : told.areaId ? deps.places.ofArea(told.areaId) : undefined;
    if (told.areaId && !place) throw invalid('unknownArea', { field: 'areaId' });
    return alikeOf(
      deps,
      scope,
      {
        case_id: NONE,
        lon: told.point?.lon ?? null,
        lat: told.point?.lat ?? null,
        grid_id: place?.gridId ?? null,
        town_id: place?.townId ?? null,
        city_id: place?.cityId ?? null,
        receiving_organization_id: postOf(scope.actor, told.postId)?.organizationId ?? null,
        category_id: told.categoryId ?? null,
        title: told.text?.trim() ? maskedTitle(told.text) : null,
      },
      alike,
    );
  });
