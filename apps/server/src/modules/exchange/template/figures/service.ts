import type { Figure } from '@tongxin/domain/exchange/template/schema.ts';
import type { Deps } from '../../../../platform/deps.ts';
import type { Who } from '../../../../platform/tx/tx.ts';
import { countCases, countDurations } from '../../../statistics/index.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Forms ask for hotline orders and grid events. */
const PROCEDURE = 'order';

const sum = (rows: readonly { readonly n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);

/** A figure of an area, or of one category there, from the same rollups as the statistics page. */
export const figureOf = async (
  deps: Deps,
  who: Who,
  figure: Figure,
  { areaId, categoryId, period }: { readonly areaId: string; readonly categoryId?: string; readonly period: Period },
): Promise<number> => {
  const common = { areaId, procedureId: PROCEDURE };
  if (figure === 'ended')
    return sum((await countDurations(deps, who, { ...common, ...period, ...(categoryId ? { categoryId } : {}) })).rows);
  if (figure === 'standing') {
    const { rows } = await countCases(deps, who, { ...common, measure: 'standing', by: 'stage' });
    const stages = deps.procedures.latest(PROCEDURE)?.stages ?? {};
    return sum(rows.filter(({ key }) => !stages[key]?.end));
  }
  const { rows } = await countCases(deps, who, { ...common, measure: figure, by: 'category', ...(figure === 'filed' ? period : {}) });
  return sum(categoryId === undefined ? rows : rows.filter(({ key }) => key === categoryId));
};
