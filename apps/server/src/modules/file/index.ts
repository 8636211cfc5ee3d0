import { routes } from './routes.ts';

export { uploadsBackground } from './jobs.ts';
export { filePlace, type Print, printsOf, storeFile, sweepUploads } from './service.ts';
export const fileModule = { name: 'file', routes };
