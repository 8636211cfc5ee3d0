export { findWorkLeft, type Handover, type LeftRow } from './repo.ts';
export { isStarted, moveOn, presentLeft, startHandover, waiting } from './service.ts';
