import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { forgetTalks, receptionBackground, releaseAdvised, remind, tellCalledOff } from './jobs.ts';
export { ownAdvice, ownBookings } from './service.ts';

export const receptionModule: Manifest = { name: 'reception', routes };
