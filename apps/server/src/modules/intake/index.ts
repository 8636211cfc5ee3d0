import { routes } from './routes.ts';

export { fileInScope, fileNewCase, reporterPartyId } from './service.ts';
export const intakeModule = { name: 'intake', routes };
