import type { OwnDetails } from '@tongxin/client/account.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { account, signIn } from '../../lib/account.ts';

export const { chooseDetails, claim, addMail, addPhone, addFollowed, removeAddress, erase } = account;
export { signIn };

/** Sends codes to and proves a telephone or a mail address; what is typed tells which of the two it is. */
const isMail = (contact: string): boolean => contact.includes('@');
export const sendCode = (contact: string): Promise<unknown> =>
  isMail(contact) ? signIn.sendMailCode(contact) : signIn.sendPhoneCode(contact);
export const signInByCode = (contact: string, code: string): Promise<unknown> =>
  isMail(contact) ? signIn.byMail(contact, code) : signIn.byPhone(contact, code);
export const sendNewCode = (contact: string): Promise<unknown> =>
  isMail(contact) ? signIn.sendNewMailCode(contact) : signIn.sendPhoneCode(contact);
export const proveContact = (contact: string, code: string): Promise<unknown> =>
  isMail(contact) ? signIn.proveMail(contact, code) : signIn.provePhone(contact, code);

/** An objection under one id: sent again after a lost answer, it opens one case. */
export const prepareObjection = (readingId: string) => {
  const caseId = uuidv7();
  return (words: string) => account.object(readingId, { caseId, words });
};

/** Whether this browser keeps passkeys at all: not over an address of numbers, nor in an old one. */
export const takesPasskeys = (): boolean =>
  globalThis.PublicKeyCredential !== undefined &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|^\[/u.test(location.hostname);

const credentialOf = (credential: Credential | null): object => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey');
  return credential.toJSON() as object;
};

export const signInByPasskey = async (): Promise<void> => {
  const asked = await signIn.passkeyChallenge();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as unknown as PublicKeyCredentialRequestOptionsJSON);
  await signIn.byPasskey(credentialOf(await navigator.credentials.get({ publicKey })));
};

export const keepPasskey = async (name: string): Promise<void> => {
  const asked = await signIn.passkeyOffer();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked as unknown as PublicKeyCredentialCreationOptionsJSON);
  await signIn.keepPasskey(credentialOf(await navigator.credentials.create({ publicKey })), name);
};

/** Whether this browser takes pushes: over plain HTTP none does. */
export const takesPushes = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

/** Asks the browser for pushes of the installation's key; undefined where the person or the browser says no. */
export const addThisBrowser = async (key: string) => {
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const { endpoint, keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
  return account.addBrowser(uuidv7(), { endpoint: endpoint!, p256dh: keys!.p256dh!, auth: keys!.auth! });
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
