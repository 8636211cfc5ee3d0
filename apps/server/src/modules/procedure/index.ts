import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { checkAll, LARGEST, publish, readDefinition, Unsound } from './service.ts';
export const procedureModule: Manifest = { name: 'procedure', routes };
