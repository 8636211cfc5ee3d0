import { api } from '../../lib/services.ts';

export const { cancelJob, retryJob, bringTable, startImport, bringTemplate, saveTemplate, retireTemplate, fillTemplate } = api;
