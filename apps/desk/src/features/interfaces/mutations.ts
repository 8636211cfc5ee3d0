import { api } from '../../lib/services.ts';

export const {
  makeWebhook,
  switchWebhook,
  rotateWebhook,
  testWebhook,
  removeWebhook,
  issueToken,
  revokeToken,
  makeLine,
  revokeLine,
  issueOpen311Key,
  revokeOpen311Key,
  openOpen311List,
} = api;
