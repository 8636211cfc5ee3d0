import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SearchSelect, type SearchSelectProps } from '../../../lib/form/search-select.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { usePost } from '../../../lib/post.ts';
import { foundCasesQuery } from '../queries.ts';

/** Another case, found by number or words: where this one is merged into, for example. */
export const CaseSelect = (props: Pick<SearchSelectProps, 'id' | 'status' | 'value' | 'onChange'>) => {
  const { t, l } = useWords();
  const [words, setWords] = useState('');
  const { data, isFetching } = useQuery(foundCasesQuery(words.trim(), usePost()));
  return (
    <SearchSelect
      {...props}
      empty={t('form.findCase')}
      loading={isFetching}
      onSearch={setWords}
      options={data?.rows.map((row) => ({ value: row.id, label: `${row.number} ${row.title}（${l(row.stageLabel)}）` })) ?? []}
    />
  );
};
