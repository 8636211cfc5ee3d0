export { rejectsBackground } from './jobs.ts';
export { openTable } from './read/service.ts';
export { assertNoBomb } from './read/workbook/service.ts';
export { REJECTS_KEPT_DAYS } from './rejects/service.ts';
export { type ImportConflict, type ImportResult, importCases, importCategories, type OnProgress, type RowContent } from './service.ts';
export const importModule = { name: 'import' };
