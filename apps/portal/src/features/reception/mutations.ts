import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewBooking } from '@tongxin/domain/reception/schema.ts';
import { account } from '../../lib/account.ts';

/** Makes a sender for one booking: its id stays, so trying again after a lost answer books once. Other words are another booking. */
export const prepareBooking = () => {
  let id = uuidv7();
  let sent = '';
  return (booking: NewBooking) => {
    const words = JSON.stringify(booking);
    if (sent && sent !== words) id = uuidv7();
    sent = words;
    return account.book(id, booking);
  };
};
export const { changeBooking, cancelBooking, eraseAdvice } = account;
export const remindByPhone = () => account.addPhone(uuidv7());
