import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { account, signIn } from '../../lib/account.ts';
import { followStore } from '../../lib/follow/follow.ts';
import { api } from '../../lib/services.ts';
import { credentialOf, isMail } from '../../lib/sign-in/sign-in.ts';

export const { keepFollow, chooseDetails, claim, addMail, addPhone, addFollowed, removeAddress, erase } = account;
export { signIn };
export const { answerInvitation } = api;

/** Sends a code to, and proves, a further telephone or mail address. */
export const sendNewCode = (contact: string): Promise<unknown> =>
  isMail(contact) ? signIn.sendNewMailCode(contact) : signIn.sendPhoneCode(contact);
export const proveContact = (contact: string, code: string): Promise<unknown> =>
  isMail(contact) ? signIn.proveMail(contact, code) : signIn.provePhone(contact, code);

/** Lets a report go, on this phone too. */
export const stopFollowing = async (code: string): Promise<void> => {
  await api.stopFollowing(code);
  for (const one of await followStore.all()) if (one.queryCode === code) await followStore.remove(one.id);
};

/** An objection under one id: sent again after a lost answer, it opens one case. */
export const prepareObjection = (readingId: string) => {
  const caseId = uuidv7();
  return (words: string) => account.object(readingId, { caseId, words });
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
