import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { patrolsBackground } from './jobs.ts';
export { patrolStore, patrolsOf } from './service.ts';

export const patrolModule: Manifest = { name: 'patrol', routes };
