import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const hearingsQuery = queryOptions({ queryKey: keys.hearings, queryFn: api.listHearings });
export const candidatesQuery = queryOptions({ queryKey: keys.candidates, queryFn: api.listCandidates });
export const rosterQuery = queryOptions({ queryKey: keys.panellists, queryFn: api.listPanellists });
