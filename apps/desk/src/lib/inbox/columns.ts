import { COLUMNS, type Column } from '@tongxin/domain/inbox/schema.ts';

const KEPT = 'tongxin.columns';
export const FIRST_COLUMNS: readonly Column[] = ['number', 'title', 'stage', 'light', 'due', 'overall', 'lead', 'updated'];

/** In the order in which columns stand; the matter itself is always shown. */
export const inOrder = (chosen: readonly string[]): Column[] => COLUMNS.filter((one) => one === 'title' || chosen.includes(one));

/** What this browser's lists show where no view of one's own says otherwise. */
export const keptColumns = (): Column[] => {
  const kept = localStorage.getItem(KEPT);
  return kept === null ? [...FIRST_COLUMNS] : inOrder(kept.split(','));
};
export const keepColumns = (columns: readonly Column[]): void => localStorage.setItem(KEPT, columns.join(','));
