import { api } from '../../lib/services.ts';

export const { aidStandards } = api;
