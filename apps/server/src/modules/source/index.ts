import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export const sourceModule: Manifest = { name: 'source', routes };
