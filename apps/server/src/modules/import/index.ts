export type { ImportConflict, RowContent } from './conflict/service.ts';
export { rejectsBackground } from './jobs.ts';
export { openTable, type Table } from './read/service.ts';
export { assertNoBomb } from './read/workbook/service.ts';
export { REJECTS_KEPT_DAYS, type Rejects, withRejects } from './rejects/service.ts';
export { type ImportResult, importCases, importCategories, type OnProgress } from './service.ts';
export const importModule = { name: 'import' };
