import { api } from '../../lib/services.ts';

export const { makeReplyTemplate, changeReplyTemplate } = api;
