import { account } from '../../lib/account.ts';

export const { details, cases, readings, ways, addresses, erasure } = account;
