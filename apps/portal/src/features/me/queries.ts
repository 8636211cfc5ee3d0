import { account } from '../../lib/account.ts';

export const { bookings, cases, readings, ways, addresses, erasure } = account;
