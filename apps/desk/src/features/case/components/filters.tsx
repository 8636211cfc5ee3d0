import { Link, useNavigate } from '@tanstack/react-router';
import { lightNames } from '@tongxin/ui/light.ts';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { CategorySelect } from '../../../lib/form/category-select.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useStages } from '../../../lib/stages.ts';
import { type Filter, VIEWS } from '../filter.ts';

/** Which cases: a view, and filters on top. All of it lives in the address. */
export const Filters = ({ filter }: { filter: Filter }) => {
  const { t, l } = useWords();
  const navigate = useNavigate({ from: '/' });
  const stages = useStages();
  const [words, setWords] = useState(filter.q ?? '');
  useEffect(() => setWords(filter.q ?? ''), [filter.q]);
  const change = (part: Partial<Filter>): void => void navigate({ search: (now) => ({ ...now, ...part }) });
  const filtered = Boolean(filter.stage || filter.light || filter.categoryId || filter.area?.length || filter.q);
  return (
    <>
      <nav className="views" aria-label={t('inbox.view')}>
        {VIEWS.map((view) => (
          <Link
            key={view}
            to="/"
            search={{ ...filter, view: view === 'todo' ? undefined : view }}
            // Without this the router also calls the view active whose address is the beginning of this one's.
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {t(`inbox.view.${view}`)}
          </Link>
        ))}
      </nav>
      <search aria-label={t('inbox.filters')}>
        <form
          className="filters"
          onSubmit={(event) => {
            event.preventDefault();
            change({ q: words.trim() || undefined });
          }}
        >
          <label htmlFor="q">
            {t('inbox.search')}
            <Input.Search
              id="q"
              allowClear
              value={words}
              onChange={(event) => setWords(event.target.value)}
              onSearch={(q) => change({ q: q.trim() || undefined })}
            />
          </label>
          <label htmlFor="stage">
            {t('inbox.stage')}
            <Select
              id="stage"
              allowClear
              placeholder={t('inbox.all')}
              value={filter.stage}
              onChange={(stage?: string) => change({ stage })}
              options={stages.map(({ id, label }) => ({ value: id, label: l(label) }))}
            />
          </label>
          <label htmlFor="light">
            {t('inbox.light')}
            <Select
              id="light"
              allowClear
              placeholder={t('inbox.all')}
              value={filter.light}
              onChange={(light?: string) => change({ light })}
              options={lightNames.map((light) => ({ value: light, label: t(`light.${light}`) }))}
            />
          </label>
          <label htmlFor="categoryId">
            {t('inbox.category')}
            <CategorySelect
              id="categoryId"
              empty={t('inbox.all')}
              value={filter.categoryId}
              onChange={(categoryId) => change({ categoryId })}
            />
          </label>
          <label htmlFor="area">
            {t('inbox.area')}
            <AreaCascader
              id="area"
              empty={t('inbox.all')}
              value={filter.area}
              onChange={(path) => change({ area: path.length ? path.map(({ id }) => id) : undefined })}
            />
          </label>
          {filtered ? (
            <div className="row">
              <Button onClick={() => void navigate({ search: filter.view ? { view: filter.view } : {} })}>{t('inbox.clear')}</Button>
            </div>
          ) : null}
        </form>
      </search>
    </>
  );
};
