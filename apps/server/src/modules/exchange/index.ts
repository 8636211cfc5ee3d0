import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { exportJob } from './export/service.ts';
import { routes } from './routes.ts';

export const exchangeModule: Manifest = { name: 'exchange', routes, jobs: [exportJob] };
