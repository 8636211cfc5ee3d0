import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { hearingBackground } from './jobs.ts';
export { namePlace } from './present.ts';

export const hearingModule: Manifest = { name: 'hearing', routes };
