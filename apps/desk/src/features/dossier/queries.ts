import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const dossierQuery = (caseId: string) => queryOptions({ queryKey: keys.dossier(caseId), queryFn: () => api.getDossier(caseId) });
