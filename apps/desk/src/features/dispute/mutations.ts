import { api } from '../../lib/services.ts';

export const {
  registerDispute,
  releaseDisputes,
  recordConsent,
  keepMediator,
  recordChoice,
  appointMediator,
  stepAside,
  answerChallenge,
  reportDispute,
  sendUp,
} = api;
