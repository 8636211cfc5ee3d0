import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { api } from '../../../lib/services.ts';

/** The name of an area by its id. */
export const useAreaName = (areaId: string | undefined): string => {
  const { l } = useWords();
  const { data } = useQuery({
    queryKey: keys.register('area', areaId),
    queryFn: () => api.getArea(areaId!),
    enabled: areaId !== undefined,
    staleTime: 60 * 60_000,
  });
  return data ? l(data.area.name) : '';
};

export const AreaName = ({ id }: { id: string }) => <>{useAreaName(id)}</>;
