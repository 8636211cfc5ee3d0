export { liveThrough } from './cases/service.ts';
export { loadCases, loadCity, type Progress } from './service.ts';
