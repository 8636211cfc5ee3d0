import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter, useSearch } from '@tanstack/react-router';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { ExportButton } from '../../lib/export/export-button.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { LightMark } from '../../lib/light-mark.tsx';
import { Failed, Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActDrawer } from './components/act-drawer.tsx';
import { CaseFacts, CaseWords } from './components/case-facts.tsx';
import { CaseList } from './components/case-list.tsx';
import { Clocks } from './components/clocks.tsx';
import { CopyText } from './components/copy-text.tsx';
import { Documents } from './components/documents.tsx';
import { Filters } from './components/filters.tsx';
import { NoteForm } from './components/note-form.tsx';
import { Parties } from './components/parties.tsx';
import { Record } from './components/record.tsx';
import { Tasks } from './components/tasks.tsx';
import { questionOf } from './filter.ts';
import { caseQuery, casesQuery } from './queries.ts';

/** Moves from one case of the list to the next or the one before; from anywhere else to the first. */
const step = (by: 1 | -1): void => {
  const cases = [...document.querySelectorAll<HTMLAnchorElement>('a[data-case]')];
  const at = cases.indexOf(document.activeElement as HTMLAnchorElement);
  const next = at === -1 ? cases[0] : cases[Math.min(Math.max(at + by, 0), cases.length - 1)];
  next?.focus();
};
const LIST_KEYS = { j: () => step(1), k: () => step(-1), '/': () => document.getElementById('q')?.focus() };

export const InboxPage = () => {
  const { t } = useWords();
  useShortcuts(LIST_KEYS);
  const filter = useSearch({ from: '/inside/' });
  const query = useInfiniteQuery(casesQuery(filter));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const count = query.data?.pages[0]?.count;
  const filtered = Boolean(filter.stage || filter.light || filter.categoryId || filter.area?.length || filter.q);
  return (
    <>
      <h1>{t('app.inbox')}</h1>
      <Filters filter={filter} />
      <section className="card" aria-label={t('app.inbox')}>
        <p role="status" className="quiet">
          {count ? t(count.more ? 'inbox.countMore' : 'inbox.count', { n: count.n }) : ''}
        </p>
        <ExportButton source="cases" filter={questionOf(filter)} />
        <Loaded query={query}>
          {() => (rows.length ? <CaseList rows={rows} /> : <p>{t(filtered ? 'inbox.emptyFiltered' : 'inbox.empty')}</p>)}
        </Loaded>
        {query.data && query.error ? <Failed problem={query.error} again={() => void query.refetch()} /> : null}
        {rows.length ? <p className="quiet">{t('inbox.keys')}</p> : null}
        {query.hasNextPage ? (
          <p>
            <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
              {t(query.isFetchingNextPage ? 'inbox.loadingMore' : 'inbox.more')}
            </Button>
          </p>
        ) : null}
      </section>
    </>
  );
};

export const CasePage = () => {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/cases/$id' });
  const query = useQuery(caseQuery(id));
  return (
    <>
      <p>
        <Link to="/">‹ {t('case.back')}</Link>
      </p>
      <Loaded query={query}>{(view) => <Case view={view} />}</Loaded>
    </>
  );
};

const Case = ({ view }: { view: CaseView }) => {
  const { t, l } = useWords();
  const { data: me } = useQuery(meQuery);
  const [acting, setActing] = useState<CaseView['allowed'][number]>();
  const router = useRouter();
  const caseKeys = useMemo(
    () => ({
      u: () => void router.navigate({ to: '/' }),
      ...Object.fromEntries(view.allowed.slice(0, 9).map((action, i) => [String(i + 1), () => setActing(action)])),
    }),
    [view.allowed, router],
  );
  useShortcuts(caseKeys);
  const worst = (['red', 'amber', 'provisional', 'paused', 'green'] as const).find((light) =>
    view.clocks.some((clock) => clock.light === light && clock.status !== 'stopped'),
  );
  return (
    <>
      <div className="row">
        <h1>{view.title || view.number}</h1>
        <Mark tone="good">{l(view.stageLabel)}</Mark>
        {view.ended ? <Mark>{t('case.ended')}</Mark> : worst ? <LightMark light={worst} /> : null}
      </div>
      <p className="row">
        <span className="quiet">{view.number}</span>
        <CopyText view={view} />
      </p>
      {view.mainCaseId ? (
        <Alert
          type="info"
          className="field"
          title={t('case.mergedInto')}
          action={
            <Link to="/cases/$id" params={{ id: view.mainCaseId }}>
              {t('case.openMain')}
            </Link>
          }
        />
      ) : null}
      <section className="card" aria-labelledby="actions">
        <h2 id="actions">{t('case.actions')}</h2>
        {view.allowed.length ? (
          <div className="row">
            {view.allowed.map((action, i) => (
              <Button
                key={action.id}
                type={action.primary ? 'primary' : 'default'}
                {...(i < 9 ? { 'aria-keyshortcuts': String(i + 1) } : {})}
                onClick={() => setActing(action)}
              >
                {l(action.label)}
              </Button>
            ))}
          </div>
        ) : (
          <p className="quiet">{t('case.noActions')}</p>
        )}
      </section>
      <div className="columns">
        <div>
          <CaseWords view={view} />
          <section className="card" aria-labelledby="record">
            <h2 id="record">{t('case.record')}</h2>
            <Record record={view.record} />
          </section>
          <Documents caseId={view.id} />
          <NoteForm caseId={view.id} />
        </div>
        <div>
          <Clocks clocks={view.clocks} />
          <CaseFacts view={view} />
          <Parties view={view} />
          <Tasks view={view} bodies={me?.posts.map((post) => post.organizationId) ?? []} dispatches={mayDo(me, 'case.dispatch')} />
        </div>
      </div>
      {acting ? <ActDrawer key={acting.id} view={view} action={acting} close={() => setActing(undefined)} /> : null}
    </>
  );
};
