import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { findFacility } from './repo.ts';
export const facilityModule: Manifest = { name: 'facility', routes };
