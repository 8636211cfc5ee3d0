import { api } from '../../lib/services.ts';

export const { readNotice, readAllNotices, chooseNotices } = api;
