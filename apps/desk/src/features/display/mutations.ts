import { api } from '../../lib/services.ts';

export const { addDisplay, revokeDisplay } = api;
