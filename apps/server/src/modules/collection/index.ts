import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { findForm, findForms } from './repo.ts';
export { assertPublishable } from './service.ts';

export const collectionModule: Manifest = { name: 'collection', routes };
