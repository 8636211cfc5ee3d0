import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { HOLIDAY_LABELS } from '@tongxin/domain/calendar/data.ts';
import { readNotice } from '@tongxin/domain/calendar/pasted/rules.ts';
import type { CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import type { CalendarPreview, KnownYear } from '@tongxin/domain/calendar/view.ts';
import { formatEntered, formatInstant, formatMonthDay, localDate } from '@tongxin/ui/time.ts';
import { Alert, Button, Checkbox, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';

/** What loading would change, before it does. */
const Preview = ({ preview }: { preview: CalendarPreview }) => {
  const { t, l, language, list } = useWords('administration');
  return (
    <>
      <Alert
        type={preview.change === 'replaced' ? 'warning' : 'info'}
        role="status"
        showIcon
        className="field"
        title={t(`admin.calendar.${preview.change}`, { year: preview.year })}
        description={
          preview.change === 'same' ? undefined : (
            <>
              {preview.amended.length ? (
                <p>{t('admin.amended', { days: list(preview.amended.map((day) => formatEntered(day, language))) })}</p>
              ) : null}
              <p>{t('admin.recomputed', { n: preview.clocks })}</p>
            </>
          )
        }
      />
      {preview.rows.length ? (
        <ul>
          {preview.rows.map((row) => (
            <li key={`${row.id}-${row.clock.zh}`}>
              <Link to="/cases/$id" params={{ id: row.id }}>
                {row.number}
              </Link>{' '}
              {l(row.clock)}: {row.before ? formatInstant(row.before, language) : '—'} →{' '}
              {row.after ? formatInstant(row.after, language) : '—'}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
};

const LoadYear = ({ close }: { close: () => void }) => {
  const { t } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [year, setYear] = useState<number>(() => Number(localDate(Date.now()).slice(0, 4)) + 1);
  const [source, setSource] = useState('');
  const [text, setText] = useState('');
  const [replace, setReplace] = useState(false);
  const [preview, setPreview] = useState<CalendarPreview>();
  const read = readNotice(text, year);
  const notice: CalendarYear | undefined = read.ok ? { year, source: source.trim(), exceptions: read.exceptions } : undefined;
  const missing = !source.trim()
    ? t('admin.source')
    : !read.ok
      ? t('admin.noticeLine', { line: read.line })
      : preview?.change === 'replaced' && !replace
        ? t('admin.replace')
        : undefined;
  const edit = (): void => setPreview(undefined);
  const run = async (): Promise<void> => {
    if (!preview) {
      setPreview(await change(() => administration.previewYear(notice!)));
      return;
    }
    if (!(await change((commandId) => administration.loadYear({ commandId, ...notice!, ...(replace ? { replace } : {}) })))) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={t('admin.loadYear')}
      close={close}
      problem={problem}
      submit={{ label: t(preview ? 'admin.load' : 'admin.preview'), busy, missing, run: () => void run() }}
    >
      <FormField id="year" label={t('admin.year')}>
        {(tied) => (
          <InputNumber
            {...tied}
            precision={0}
            min={1990}
            max={2100}
            value={year}
            onChange={(value) => {
              edit();
              if (value) setYear(value);
            }}
          />
        )}
      </FormField>
      <FormField id="year-source" label={t('admin.source')} hint={t('admin.noticeHint')}>
        {(tied) => (
          <Input
            {...tied}
            maxLength={200}
            value={source}
            onChange={(event) => {
              edit();
              setSource(event.target.value);
            }}
          />
        )}
      </FormField>
      <FormField id="year-days" label={t('admin.noticeDays')} hint={t('admin.noticeDaysHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            autoSize={{ minRows: 8, maxRows: 20 }}
            maxLength={10_000}
            placeholder={t('admin.noticeExample', { year })}
            value={text}
            onChange={(event) => {
              edit();
              setText(event.target.value);
            }}
          />
        )}
      </FormField>
      {read.ok && read.exceptions.length ? <p className="quiet">{t('admin.noticeRead', { n: read.exceptions.length })}</p> : null}
      {preview ? <Preview preview={preview} /> : null}
      {preview?.change === 'replaced' ? (
        <div className="field">
          <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
            {t('admin.replace')}
          </Checkbox>
        </div>
      ) : null}
    </RegisterDrawer>
  );
};

/** Years that come with the product name the package they were read from. */
const BUILT_IN = /^chinese-days (\S+)$/u;

const Year = ({ year }: { year: KnownYear }) => {
  const { t, l, language, list } = useWords('administration');
  const by = (kind: 'off' | 'work') => year.exceptions.filter((one) => one.kind === kind);
  const [, builtIn] = BUILT_IN.exec(year.source) ?? [];
  const names = [...new Set(by('off').map((one) => one.reason))];
  const days = (name: string, some: KnownYear['exceptions']): string =>
    t('admin.line', { name, words: list(some.map((one) => formatMonthDay(one.day, language))) });
  return (
    <section className="card" aria-label={String(year.year)}>
      <h2>{year.year}</h2>
      <p className="quiet" data-foreign>
        {t('admin.loadedBy', {
          source: builtIn ? t('admin.builtInCalendar', { version: builtIn }) : year.source,
          at: formatInstant(year.loadedAt, language),
        })}
      </p>
      <ul>
        {names.map((name) => (
          <li key={name}>
            {days(
              l(HOLIDAY_LABELS[name] ?? { zh: name }),
              by('off').filter((one) => one.reason === name),
            )}
          </li>
        ))}
        {by('work').length ? <li>{days(t('admin.makeUp'), by('work'))}</li> : null}
      </ul>
    </section>
  );
};

/** Years whose notice is known: working days are counted by them. */
export const Calendars = () => {
  const { t } = useWords('administration');
  const query = useQuery({ queryKey: keys.register('years'), queryFn: administration.years });
  const [loading, setLoading] = useState(false);
  const [all, setAll] = useState(false);
  return (
    <>
      <RegisterHead
        title={t('admin.calendars')}
        help={t('admin.calendarsHelp')}
        files="calendarDays"
        add={{ label: t('admin.loadYear'), run: () => setLoading(true) }}
      />
      <Loaded query={query}>
        {(years) => (
          <>
            {(all ? years : years.slice(0, 3)).map((year) => (
              <Year key={year.year} year={year} />
            ))}
            {years.length === 0 ? <p className="card">{t('admin.noYears')}</p> : null}
            {years.length > 3 && !all ? <Button onClick={() => setAll(true)}>{t('admin.more')}</Button> : null}
          </>
        )}
      </Loaded>
      {loading ? <LoadYear close={() => setLoading(false)} /> : null}
    </>
  );
};
