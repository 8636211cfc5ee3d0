export { findTopArea, saveRoles, saveServices } from './repo.ts';
