import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { agreementRoutes } from './agreement/routes.ts';
import { centreRoutes } from './centre/routes.ts';
import { choosingRoutes } from './choosing/routes.ts';
import { consentRoutes } from './consent/routes.ts';
import { erasingRoutes } from './erasing/routes.ts';
import { helperRoutes } from './joining/routes.ts';
import { mediatorRoutes } from './mediator/routes.ts';
import { referralRoutes } from './referral/routes.ts';
import { reportRoutes } from './report/routes.ts';
import { routes } from './routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { slipRoutes } from './slip/routes.ts';
import { subsidyRoutes } from './subsidy/routes.ts';

export { disputeBackground } from './jobs.ts';
export { mediatorPlace } from './mediator/present.ts';
export { presentRelease } from './present.ts';
export { countedAreas } from './service.ts';

export const disputeModule: Manifest = {
  name: 'dispute',
  routes: [
    ...routes,
    ...consentRoutes,
    ...mediatorRoutes,
    ...choosingRoutes,
    ...referralRoutes,
    ...agreementRoutes,
    ...reportRoutes,
    ...sessionRoutes,
    ...helperRoutes,
    ...centreRoutes,
    ...subsidyRoutes,
    ...slipRoutes,
    ...erasingRoutes,
  ],
};
