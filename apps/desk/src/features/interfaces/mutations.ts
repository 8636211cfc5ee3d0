import { api } from '../../lib/services.ts';

export const { makeWebhook, switchWebhook, rotateWebhook, testWebhook, removeWebhook, issueToken, revokeToken } = api;
