import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { visitsBackground } from './jobs.ts';
export { findVisitsOf, type VisitRecord } from './repo.ts';
export { eraseVisits, ownVisits, visitStore } from './service.ts';

export const visitModule: Manifest = { name: 'visit', routes };
