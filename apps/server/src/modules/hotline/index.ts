import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { callsMark } from './call/service.ts';
export const hotlineModule: Manifest = { name: 'hotline', routes };
