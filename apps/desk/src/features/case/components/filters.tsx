import { useNavigate } from '@tanstack/react-router';
import { VIEW } from '@tongxin/domain/inbox/data.ts';
import { ORDERS } from '@tongxin/domain/inbox/schema.ts';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { CategoryFilter, LightFilter, StageFilter } from '../../../lib/form/case-filters.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { CHANNELS, isNarrowed, type ListAddress } from '../filter.ts';

const DAYS = ['dueFrom', 'dueTo', 'filedFrom', 'filedTo'] as const;

/** What narrows the list. All of it lives in the address. */
export const Filters = ({ filter }: { filter: ListAddress }) => {
  const { t } = useWords();
  const navigate = useNavigate({ from: '/' });
  const [words, setWords] = useState(filter.q ?? '');
  const [wide, setWide] = useState(() => Boolean(filter.channel) || DAYS.some((day) => filter[day]));
  useEffect(() => setWords(filter.q ?? ''), [filter.q]);
  const change = (part: Partial<ListAddress>): void => void navigate({ search: (now) => ({ ...now, ...part }) });
  return (
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
        <StageFilter id="stage" value={filter.stage} onChange={(stage) => change({ stage })} />
        <LightFilter id="light" value={filter.light} onChange={(light) => change({ light })} />
        <CategoryFilter id="categoryId" value={filter.categoryId} onChange={(categoryId) => change({ categoryId })} />
        <label htmlFor="area">
          {t('inbox.area')}
          <AreaCascader
            id="area"
            dedicated
            empty={t('inbox.all')}
            value={filter.area}
            onChange={(path) => change({ area: path.length ? path.map(({ id }) => id) : undefined })}
          />
        </label>
        <label htmlFor="order">
          {t('inbox.order')}
          <Select
            id="order"
            value={filter.order ?? VIEW[filter.view ?? 'todo'].order ?? 'changed'}
            onChange={(order: ListAddress['order']) => change({ order })}
            options={ORDERS.map((order) => ({ value: order, label: t(`inbox.order.${order}`) }))}
          />
        </label>
        {wide ? (
          <>
            <label htmlFor="channel">
              {t('inbox.channel')}
              <Select
                id="channel"
                allowClear
                placeholder={t('inbox.all')}
                value={filter.channel}
                onChange={(channel?: ListAddress['channel']) => change({ channel })}
                options={CHANNELS.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
              />
            </label>
            {DAYS.map((day) => (
              <label key={day} htmlFor={day}>
                {t(`inbox.${day}`)}
                <DayInput id={day} value={filter[day]} onChange={(value) => change({ [day]: value })} />
              </label>
            ))}
          </>
        ) : null}
        <div className={filter.bbox ? 'row whole' : 'row'}>
          {filter.bbox ? (
            <Button aria-label={t('inbox.boxOff')} onClick={() => change({ bbox: undefined })}>
              {t('inbox.box')} <span aria-hidden="true">✕</span>
            </Button>
          ) : null}
          {wide ? null : <Button onClick={() => setWide(true)}>{t('inbox.moreFilters')}</Button>}
          {isNarrowed(filter) ? (
            <Button onClick={() => void navigate({ search: filter.view ? { view: filter.view } : {} })}>{t('inbox.clear')}</Button>
          ) : null}
        </div>
      </form>
    </search>
  );
};

interface DayInputProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A day is asked for when it is whole: while its year is typed the list stays as it is. */
const DayInput = ({ id, value, onChange }: DayInputProps) => {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <input
      id={id}
      type="date"
      min="1950-01-01"
      max="2199-12-31"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '' || /^(?:19|20|21)/u.test(event.target.value)) onChange(event.target.value || undefined);
      }}
    />
  );
};
