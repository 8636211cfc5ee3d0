import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';

export { presentAccess } from './present.ts';
export { type AccessRow, findAccess, insertObjection, insertStaff, readOwn } from './repo.ts';
export { accessLog, contactPlace, namePlace, type OwnDetails, ownAccount, ownDetails, resident } from './service.ts';

export const personModule: Manifest = { name: 'person', routes };
