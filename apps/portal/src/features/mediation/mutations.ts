import { api } from '../../lib/services.ts';

export const { applyForMediation } = api;
