import type { HoursKind } from '@tongxin/domain/reception/schema.ts';
import { account } from '../../lib/account.ts';
import { api } from '../../lib/services.ts';

export const listSessions = (signal?: AbortSignal) => api.listReceptions({}, signal);
/** Hours of one kind; the nearest first where somebody says where they stand. */
export const sessionsOf = (kind: HoursKind, spot: { lon: number; lat: number } | undefined, signal?: AbortSignal) =>
  api.listReceptions({ kind, ...spot }, signal);
export const { addresses, advice, bookings } = account;
export const { adviceReleases } = api;

/** One of the sessions to come; undefined once it is over or called off. */
export const findSession = async (id: string, signal?: AbortSignal) => (await listSessions(signal)).find((one) => one.id === id);
