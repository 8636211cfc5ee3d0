export { openTable } from './read/service.ts';
export { type ImportResult, importCases, importCategories } from './service.ts';
export const importModule = { name: 'import' };
