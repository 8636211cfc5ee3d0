import type { Actor } from '@tongxin/domain/case/schema.ts';
import { KIND_NAMES } from '@tongxin/domain/dispute/report/data.ts';
import { isFigure } from '@tongxin/domain/exchange/template/rules.ts';
import type { TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { type Figure, USUAL_PROCEDURE } from '@tongxin/domain/exchange/template/schema.ts';
import { postOver } from '@tongxin/domain/post/rules.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { pathOf } from '../../../../platform/directory/directory.ts';
import { forbidden, invalid } from '../../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../../platform/tx/tx.ts';
import { countCases, countDurations } from '../../../statistics/index.ts';
import { findStatutory } from '../repo.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What is confided stands in no rollup: it is counted by law alone. */
const isConfided = (deps: Deps, procedureId: string): boolean => deps.procedures.latest(procedureId)?.confided === true;

/** What a map asks to be counted or listed of each procedure. */
const askedOf = ({ cells, rows, list }: TemplateMap) => [
  ...cells.flatMap(({ value, procedureId = USUAL_PROCEDURE }) => (isFigure(value) ? [{ what: value, procedureId }] : [])),
  ...(rows?.columns ?? []).map(({ figure, procedureId = USUAL_PROCEDURE }) => ({ what: figure, procedureId })),
  ...(list && (list.source ?? 'cases') === 'cases' ? [{ what: 'list' as const, procedureId: list.procedureId ?? USUAL_PROCEDURE }] : []),
];

/**
 * Refuses a form that asks for a procedure there is not, or of what is confided for more than its reader may count by law below an area: what was
 * accepted and what ended, and no list.
 */
export const demandFigures = (deps: Deps, actor: Actor, map: TemplateMap, areaId: string): void => {
  for (const { what, procedureId } of askedOf(map)) {
    if (!deps.procedures.latest(procedureId)) throw invalid('unknownProcedure');
    if (!isConfided(deps, procedureId)) continue;
    if (what !== 'filed' && what !== 'ended') throw invalid('confidedNotTold');
    const place = deps.places.ofArea(areaId);
    if (!place || !postOver(actor, 'mediation.count', pathOf(place)))
      throw forbidden('missingCapability', { capability: 'mediation.count' });
  }
};

const sum = (rows: readonly { readonly n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);

/** What a row of a form is about, by the words that stand there. */
export interface Of {
  readonly areaId: string;
  /** Of disputes a kind. */
  readonly categoryId?: string;
  readonly period: Period;
  readonly procedureId?: string | undefined;
}

/** Exact figures of disputes of an area in a period, by kind. */
export type CountDisputes = (areaId: string, period: Period) => ReturnType<typeof findStatutory>;

/** Counts disputes for one filling: once for each area and period, however many cells ask. The only door is the law's, which the database keeps. */
export const countingDisputes = (deps: Deps, who: Who): CountDisputes => {
  const counted = new Map<string, ReturnType<CountDisputes>>();
  return (areaId, period) => {
    const key = `${areaId} ${period.from} ${period.to}`;
    const lines = counted.get(key) ?? withScope(deps.pools.app, who, ({ tx }) => findStatutory(tx, areaId, period));
    counted.set(key, lines);
    return lines;
  };
};

const statutory = async (count: CountDisputes, figure: Figure, { areaId, categoryId, period }: Of): Promise<number> => {
  const lines = await count(areaId, period);
  return lines
    .filter(({ kind }) => categoryId === undefined || kind === categoryId)
    .reduce((total, { accepted, ended }) => total + (figure === 'filed' ? accepted : ended), 0);
};

/** A figure of an area, or of one category there, from the same rollups as the statistics page; of disputes from `countDisputes`. */
export const figureOf = async (deps: Deps, who: Who, countDisputes: CountDisputes, figure: Figure, of: Of): Promise<number> => {
  const { areaId, categoryId, period, procedureId = USUAL_PROCEDURE } = of;
  if (isConfided(deps, procedureId)) return statutory(countDisputes, figure, of);
  const common = { areaId, procedureId };
  if (figure === 'ended')
    return sum((await countDurations(deps, who, { ...common, ...period, ...(categoryId ? { categoryId } : {}) })).rows);
  if (figure === 'standing') {
    const { rows } = await countCases(deps, who, { ...common, measure: 'standing', by: 'stage' });
    const stages = deps.procedures.latest(procedureId)?.stages ?? {};
    return sum(rows.filter(({ key }) => !stages[key]?.end));
  }
  const { rows } = await countCases(deps, who, { ...common, measure: figure, by: 'category', ...(figure === 'filed' ? period : {}) });
  return sum(categoryId === undefined ? rows : rows.filter(({ key }) => key === categoryId));
};

const KINDS = new Map<string, string>(
  Object.entries(KIND_NAMES).flatMap(([kind, { zh, en }]) => [[zh, kind] as const, [en, kind] as const]),
);

/** The id a row's words stand for: of an area or category among `ids`, of disputes a kind. */
export const rowId = (
  deps: Deps,
  by: 'area' | 'category',
  ids: ReadonlyMap<string, string>,
  words: string,
  procedureId = USUAL_PROCEDURE,
): string | undefined => (by === 'category' && isConfided(deps, procedureId) ? KINDS.get(words) : ids.get(words));
