import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { type Answered, makeRatingLink } from './service.ts';
export const ratingModule: Manifest = { name: 'rating', routes };
