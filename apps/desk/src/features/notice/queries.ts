import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const useNotices = () => useQuery({ queryKey: keys.notices, queryFn: api.listNotices, refetchInterval: 60_000 });
