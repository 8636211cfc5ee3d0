import { api } from '../../lib/services.ts';

export const listHearings = (signal?: AbortSignal) => api.publicHearings(signal);
export const findHearing = async (id: string, signal?: AbortSignal) => (await listHearings(signal)).find((one) => one.id === id);
