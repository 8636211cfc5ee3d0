import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { findPremises as premisesNamed, findPremisesOf } from './repo.ts';
export { premisesStore, presentPremises } from './service.ts';

export const premisesModule: Manifest = { name: 'premises', routes };
