import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AddressesView } from '@tongxin/domain/message/schema.ts';
import { subscribe } from '../../lib/push.ts';
import { api } from '../../lib/services.ts';

export const { readNotice, readAllNotices, chooseNotices, addMail, proveMail, removeAddress } = api;

/** Subscribes this browser and says so to the server; undefined where the browser or its person says no. */
export const addThisBrowser = async (pushKey: string): Promise<AddressesView | undefined> => {
  const subscription = await subscribe(pushKey);
  return subscription && api.addBrowser(uuidv7(), subscription);
};
