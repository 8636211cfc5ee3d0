import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { webhookConsumer } from './consumers.ts';
import { deliverTask } from './deliver/service.ts';
import { routes } from './routes.ts';

export { deliveriesBackground } from './jobs.ts';
export const webhookModule: Manifest = { name: 'webhook', routes, consumers: [webhookConsumer], tasks: [deliverTask] };
