import { api } from '../../lib/services.ts';

export const { setAidStandard } = api;
