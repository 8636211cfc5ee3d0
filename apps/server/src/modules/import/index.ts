export { openTable } from './read/service.ts';
export { type ImportResult, importCases, importCategories, type OnProgress } from './service.ts';
export const importModule = { name: 'import' };
