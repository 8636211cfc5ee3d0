import { api } from '../../lib/services.ts';

export const { listCentres, getCentre } = api;
