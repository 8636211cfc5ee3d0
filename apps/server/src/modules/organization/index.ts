export { saveRoles } from './repo.ts';
