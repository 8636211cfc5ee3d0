import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { forgetTalks, receptionBackground, remind, tellCalledOff } from './jobs.ts';
export { ownBookings } from './service.ts';

export const receptionModule: Manifest = { name: 'reception', routes };
