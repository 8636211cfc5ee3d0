export { liveThrough } from './cases/service.ts';
export { drawSheet, loadField } from './field/service.ts';
export { loadMediation } from './mediation/service.ts';
export { findPackLoad, savePackParts } from './repo.ts';
export { loadCases, loadCity, type Progress } from './service.ts';
