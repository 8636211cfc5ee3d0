import { VIEW } from './data.ts';
import type { Filter, Question } from './schema.ts';

/** The question that a list asks. What its reader chose stands before what its view brings; an area chosen takes the place of one's own. */
export const questionOf = ({ view = 'todo', area, ...chosen }: Filter): Question => {
  const { view: whose, ...brought } = VIEW[view];
  const areaId = area?.at(-1);
  return {
    ...brought,
    ...(whose && !(whose === 'area' && areaId) ? { view: whose } : {}),
    ...(areaId ? { areaId } : {}),
    ...(Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined && value !== '')) as Omit<
      Filter,
      'view' | 'area'
    >),
  };
};
