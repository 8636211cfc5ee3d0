import type { Manifest } from '../../platform/access-plugin/manifest.ts';

export { findCasesOf, findFile, insertFile, linkCase, removeEdits } from './repo.ts';
export { type Held, historyOf, keptFields, type NewRecord, receive, type Store, sealFields } from './service.ts';

export const editModule: Manifest = { name: 'edit' };
