import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { useWords } from '../i18n/i18n.tsx';
import { administration } from '../services.ts';

/** The title of the article an answer came from; the record keeps only which it was. */
export const ArticleName = ({ id }: { id: string }) => {
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: keys.register('articleName', id),
    queryFn: async () => (await administration.articleVersions(id))[0],
    staleTime: 60 * 60_000,
  });
  return <span>{data?.title ?? t('knowledge.unknown')}</span>;
};
