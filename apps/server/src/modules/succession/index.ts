export { findWorkLeft, type LeftRow, type Succession } from './repo.ts';
export { isStarted, moveOn, presentLeft, startSuccession, waiting } from './service.ts';
