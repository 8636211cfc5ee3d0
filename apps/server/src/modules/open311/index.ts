import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { keyRoutes } from './key/routes.ts';
import { BELOW, mountOpen311, sendFaults } from './routes.ts';

export type { KeyLine } from './key/service.ts';
export { issueKey, listKeys, revokeKey } from './key/service.ts';

export const open311Module: Manifest = {
  name: 'open311',
  routes: keyRoutes,
  errors: { below: `${BELOW}/`, send: sendFaults },
  plugin: mountOpen311,
};
