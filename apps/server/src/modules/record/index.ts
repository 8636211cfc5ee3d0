import { routes } from './routes.ts';

export { type CheckpointHead, makeCheckpoint, merkleRoot } from './checkpoint/service.ts';
export { eraseWords } from './erase/service.ts';
export { checkpointBackground } from './jobs.ts';
export { type Verification, verifyRecord } from './verify/service.ts';
export const recordModule = { name: 'record', routes };
