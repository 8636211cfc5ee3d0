import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { screeningBackground, tellScreening } from './jobs.ts';
export { itemPlace } from './present.ts';

export const screeningModule: Manifest = { name: 'screening', routes };
