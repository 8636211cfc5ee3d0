import { bytesOf, routes } from './routes.ts';

export { uploadsBackground } from './jobs.ts';
export { clean as cleanUpload, filePlace, MAX_FILE_BYTES, openInScope, type Print, printsOf, storeFile, sweepUploads } from './service.ts';
export { bytesOf };
export const fileModule = { name: 'file', routes };
