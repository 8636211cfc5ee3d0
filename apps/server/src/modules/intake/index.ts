import { routes } from './routes.ts';

export { demandEffort } from './effort/service.ts';
export { viewReceipt } from './receipt/service.ts';
export { foundFiling, sendBegin } from './repo.ts';
export { fileNewCase, reporterPartyId } from './service.ts';
export const intakeModule = { name: 'intake', routes };
