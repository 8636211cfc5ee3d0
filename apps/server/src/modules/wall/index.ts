import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { wallConsumer } from './consumers.ts';
import { routes } from './routes.ts';

export const wallModule: Manifest = { name: 'wall', routes, consumers: [wallConsumer] };
