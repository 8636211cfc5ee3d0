import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { areaPath, bodyArea, topArea, versionOf } from './repo.ts';
export { administer, logIn, type Made, managingBody, managingPost, postRefused } from './service.ts';

export const administrationModule: Manifest = { name: 'administration', routes };
