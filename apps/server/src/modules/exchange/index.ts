import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { exportJob } from './export/service.ts';
import { routes } from './routes.ts';
import { importJob } from './table/service.ts';
import { templateJob } from './template/fill/service.ts';

export { tablesBackground } from './jobs.ts';
export { takeWorkbook } from './template/service.ts';
export { assertFillable, freshFormulas, openWorkbook } from './template/workbook/service.ts';
export const exchangeModule: Manifest = { name: 'exchange', routes, jobs: [exportJob, importJob, templateJob] };
