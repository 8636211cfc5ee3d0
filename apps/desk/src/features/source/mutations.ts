import { api } from '../../lib/services.ts';

export const { addMeasure } = api;
