import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { type BoundaryFile, type Datum, positionToWgs84, readBoundaryFile } from './boundary/service.ts';

export { foundArea } from './repo.ts';

export const areaModule: Manifest = { name: 'area', routes };
