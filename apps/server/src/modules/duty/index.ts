import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { admits, suggestBodies } from './service.ts';

export const dutyModule: Manifest = { name: 'duty', routes };
