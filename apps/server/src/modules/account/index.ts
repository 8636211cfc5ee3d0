import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { accountBackground } from './jobs.ts';

export const accountModule: Manifest = { name: 'account', routes };
