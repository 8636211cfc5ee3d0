import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { clearShifts, reassignShifts } from './repo.ts';
export { onDuty, shiftsNear, shiftsOfDay } from './service.ts';

export const rosterModule: Manifest = { name: 'roster', routes };
