import { useInfiniteQuery } from '@tanstack/react-query';
import type { ChangeView } from '@tongxin/domain/administration/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { formatEntered, formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { logQuery } from '../queries.ts';

const useShown = () => {
  const { l, of, language } = useWords('administration');
  return (field: string, value: string | Label | undefined): string => {
    if (value === undefined) return '—';
    if (typeof value !== 'string') return l(value);
    if (field === 'role') return of('admin.role', value, value);
    if (field === 'kind') return of('admin.kind', value, value);
    return formatEntered(value, language);
  };
};

/** One line of the log in words: who did what to what, then each field that changed. */
export const ChangeLine = ({ change }: { change: ChangeView }) => {
  const { t, l, of, language } = useWords('administration');
  const shown = useShown();
  const by = [change.by.organization ? l(change.by.organization) : '', change.by.post ? l(change.by.post) : '', change.by.name ?? '']
    .filter((word) => word !== '')
    .join(' · ');
  return (
    <>
      <div className="row">
        <strong>
          {of('admin.what', change.what, t('admin.whatOther'))} · {of('admin.subject', change.kind, '')}
          {change.subject ? ` · ${shown('name', change.subject)}` : ''}
        </strong>
        <time className="quiet" dateTime={change.at}>
          {formatInstant(change.at, language)}
        </time>
      </div>
      <div className="quiet">{by}</div>
      {change.changes.length > 0 ? (
        <ul>
          {change.changes.map(({ field, before, after }) => (
            <li key={field}>
              {t('admin.line', {
                name: of('admin.field', field, t('admin.fieldOther')),
                words: `${before === undefined ? '' : `${shown(field, before)} → `}${shown(field, after)}`,
              })}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
};

/** What was changed of one thing, or of everything, latest first. */
export const Changes = ({ kind, subjectId }: { kind?: string; subjectId?: string }) => {
  const { t } = useWords('administration');
  const query = useInfiniteQuery(logQuery({ ...(kind ? { kind } : {}), ...(subjectId ? { subjectId } : {}) }));
  return (
    <section aria-label={t('admin.log')}>
      {subjectId ? <h2>{t('admin.log')}</h2> : null}
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return rows.length === 0 ? (
            <p className="quiet">{t('admin.noChanges')}</p>
          ) : (
            <ul className="cards card">
              {rows.map((change) => (
                <li key={change.id}>
                  <ChangeLine change={change} />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('admin.more')}
        </Button>
      ) : null}
    </section>
  );
};
