import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { endHolding, findTopArea, foundGovernment, insertHolding, saveRoles, saveServices } from './repo.ts';

export const organizationModule: Manifest = { name: 'organization', routes };
