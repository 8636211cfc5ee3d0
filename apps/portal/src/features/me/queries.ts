import { account } from '../../lib/account.ts';

export const { bookings, follows, cases, readings, ways, addresses, erasure } = account;
