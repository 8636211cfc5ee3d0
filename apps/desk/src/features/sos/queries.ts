import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

/** Somebody waits: asked again while the page is open. */
const AGAIN_MS = 5000;

export const sosQuery = queryOptions({ queryKey: keys.sos, queryFn: api.listSos, refetchInterval: AGAIN_MS });
