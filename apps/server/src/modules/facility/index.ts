import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { findFacility } from './repo.ts';
export { boundsOf } from './service.ts';
export const facilityModule: Manifest = { name: 'facility', routes };
