import { routes } from './routes.ts';

export { viewReceipt } from './receipt/service.ts';
export { fileNewCase, reporterPartyId } from './service.ts';
export const intakeModule = { name: 'intake', routes };
