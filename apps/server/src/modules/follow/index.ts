import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { caseOfRef, ownFollowings, reportRef } from './service.ts';
export const followModule: Manifest = { name: 'follow', routes };
