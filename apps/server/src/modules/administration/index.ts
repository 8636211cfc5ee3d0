import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { areaPath, versionOf } from './repo.ts';
export { administer, logIn, type Made, managingPost, postRefused } from './service.ts';

export const administrationModule: Manifest = { name: 'administration', routes };
