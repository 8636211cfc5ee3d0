import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { routes } from './routes.ts';
import { mountSignIn, signInRoutes } from './sign-in/routes.ts';

export { hasDemoAccounts, type UserLine } from './accounts/repo.ts';
export {
  accountStates,
  addAccounts,
  addUser,
  assertFree,
  DEMO_PASSWORD,
  disableUser,
  giveAccount,
  listAccounts,
  lockAccount,
  type NewAccount,
  type NewUser,
  resetPassword,
} from './accounts/service.ts';
export { checkProof, removeAccount, type SignInWays, sendProof, signInWays } from './sign-in/service.ts';

export const sessionModule: Manifest = { name: 'session', routes, plugin: mountSignIn };
export { signInRoutes };
