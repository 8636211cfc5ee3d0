import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export const fieldModule: Manifest = { name: 'field', routes };
