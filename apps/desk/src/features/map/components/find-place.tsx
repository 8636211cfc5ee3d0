import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { namedQuery } from '../queries.ts';

/** Finds an area by a part of its name and goes there. */
export const FindPlace = () => {
  const { t, l, why } = useWords('map');
  const navigate = useNavigate({ from: '/map' });
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const { data: found = [], error, isFetching } = useQuery(namedQuery(asked));
  return (
    <label htmlFor="map-find" className="map-find">
      {t('onemap.find')}
      <Select
        id="map-find"
        value={null}
        placeholder={t('onemap.findHint')}
        showSearch={{ filterOption: false, onSearch: setWords }}
        loading={isFetching}
        notFoundContent={error ? why(error) : asked && !isFetching ? t('onemap.findNone') : null}
        suffixIcon={null}
        onChange={(areaId: string | null) => {
          if (areaId) void navigate({ search: (now) => ({ ...now, areaId }) });
        }}
        options={found.map(({ id, label, path }) => ({ value: id, label: [...path.slice(-1), label].map(l).join(' › ') }))}
      />
    </label>
  );
};
