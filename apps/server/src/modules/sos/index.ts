import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { sosBackground } from './jobs.ts';
export { forgetCalls } from './service.ts';

export const sosModule: Manifest = { name: 'sos', routes };
