import { api } from '../../lib/services.ts';

export const readNotice = api.readNotice;
