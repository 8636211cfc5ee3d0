import { api } from '../../lib/services.ts';

export const { registerDispute, releaseDisputes } = api;
