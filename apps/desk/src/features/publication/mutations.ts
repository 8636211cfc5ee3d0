import { api } from '../../lib/services.ts';

export const { decidePublication, changePublicationArea } = api;
