import { routes } from './routes.ts';

export { sweepPending } from './repo.ts';
export { filePlace, storeFile } from './service.ts';
export const fileModule = { name: 'file', routes };
