export { liveThrough } from './cases/service.ts';
export { findPackLoad } from './repo.ts';
export { loadCases, loadCity, type Progress } from './service.ts';
