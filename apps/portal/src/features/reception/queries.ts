import { account } from '../../lib/account.ts';
import { api } from '../../lib/services.ts';

export const listSessions = (signal?: AbortSignal) => api.listReceptions(undefined, signal);
export const { addresses, bookings } = account;

/** One of the sessions to come; undefined once it is over or called off. */
export const findSession = async (id: string, signal?: AbortSignal) => (await listSessions(signal)).find((one) => one.id === id);
