import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { rezoningRoutes } from './rezoning/routes.ts';
import { routes } from './routes.ts';

export { type BoundaryFile, type Datum, positionToWgs84, readBoundaryFile } from './boundary/service.ts';

export { placingBackground } from './jobs.ts';
export { foundArea } from './repo.ts';
export { placeCases } from './rezoning/placing/service.ts';

export const areaModule: Manifest = { name: 'area', routes: [...routes, ...rezoningRoutes] };
