import { signIn } from '../../lib/services.ts';

export const byPassword = signIn.password;
export const byCode = signIn.totp;
/** Leaving works also when the server does not answer: the screen forgets everything. */
export const leave = async (): Promise<void> => {
  await signIn.signOut().catch(() => undefined);
};
