import type { OwnDetails } from '@tongxin/client/account.ts';
import { account, signIn } from '../account.ts';

/** Sends codes to and proves a telephone or a mail address; what is typed tells which of the two it is. */
export const isMail = (contact: string): boolean => contact.includes('@');
export const sendCode = (contact: string): Promise<unknown> =>
  isMail(contact) ? signIn.sendMailCode(contact) : signIn.sendPhoneCode(contact);
export const signInByCode = (contact: string, code: string): Promise<unknown> =>
  isMail(contact) ? signIn.byMail(contact, code) : signIn.byPhone(contact, code);

/** Whether this browser keeps passkeys at all: not over an address of numbers, nor in an old one. */
export const takesPasskeys = (): boolean =>
  globalThis.PublicKeyCredential !== undefined &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|^\[/u.test(location.hostname);

export const credentialOf = (credential: Credential | null): object => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey');
  return credential.toJSON() as object;
};

export const signInByPasskey = async (): Promise<void> => {
  const asked = await signIn.passkeyChallenge();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as unknown as PublicKeyCredentialRequestOptionsJSON);
  await signIn.byPasskey(credentialOf(await navigator.credentials.get({ publicKey })));
};

const isLarge = (): boolean => document.documentElement.classList.contains('large');

/** The account remembers how the screen was chosen to be. Where that fails it is tried the next time. */
export const keepLook = ({ language, largeType }: OwnDetails, shown: OwnDetails['language']): void => {
  if (language !== shown) void account.chooseLanguage(shown).catch(() => undefined);
  if (largeType !== isLarge()) void account.chooseDetails({ largeType: isLarge() }).catch(() => undefined);
};

/** Whoever signs in on a new device and wanted large letters has them at once. */
export const restoreLook = (own: OwnDetails, show: (own: OwnDetails) => void): void => {
  if (!own.largeType || isLarge()) {
    show(own);
    return;
  }
  localStorage.setItem('tongxin.largeType', '1');
  location.reload();
};
