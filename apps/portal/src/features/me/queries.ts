import { account } from '../../lib/account.ts';
import { api } from '../../lib/services.ts';

export const { bookings, follows, cases, readings, ways, addresses, erasure } = account;
export const invitations = api.listInvitations;
