import type { PushSubscription as Kept } from '@tongxin/domain/message/schema.ts';

const SCOPE = '/desk/';

/** Whether this browser takes pushes at all; over plain HTTP none does. */
export const takesPushes = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

const subscriptionHere = async (): Promise<PushSubscription | undefined> => {
  if (!takesPushes()) return undefined;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await registration?.pushManager.getSubscription()) ?? undefined;
};

/** Whether this browser is subscribed to the pushes of the key. */
export const isSubscribed = async (): Promise<boolean> => (await subscriptionHere()) !== undefined;

const keptOf = (subscription: PushSubscription): Kept => {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint!, p256dh: keys!.p256dh!, auth: keys!.auth! };
};

/** Asks the browser for pushes of the key; undefined where the person or the browser says no. */
export const subscribe = async (key: string): Promise<Kept | undefined> => {
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  await navigator.serviceWorker.register(`${SCOPE}push.js`, { scope: SCOPE });
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that belongs to another key would never reach us.
  await (await pushManager.getSubscription())?.unsubscribe();
  return keptOf(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
};

/** Pushes end in this browser; the installation hears it from the push service the next time. */
export const unsubscribe = async (): Promise<void> => {
  await (await subscriptionHere())?.unsubscribe();
};
