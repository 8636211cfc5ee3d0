import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export const publicationModule: Manifest = { name: 'publication', routes };
