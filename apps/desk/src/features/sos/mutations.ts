import { api } from '../../lib/services.ts';

export const { acknowledgeSos, endSos } = api;
