import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { loadCalendarYear, readCalendarYear } from './service.ts';

export const calendarModule: Manifest = { name: 'calendar', routes };
