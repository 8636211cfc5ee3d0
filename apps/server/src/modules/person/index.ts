import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { insertStaff } from './repo.ts';
export { namePlace, phonePlace } from './service.ts';

export const personModule: Manifest = { name: 'person', routes };
