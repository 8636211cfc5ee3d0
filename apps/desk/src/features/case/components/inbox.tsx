import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import type { Column } from '@tongxin/domain/inbox/schema.ts';
import { Button } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCommands } from '../../../lib/commands.ts';
import { ExportButton } from '../../../lib/export/export-button.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { keepColumns, keptColumns } from '../../../lib/inbox/columns.ts';
import { keepPlace, leavePlace, placeOf, rememberList } from '../../../lib/inbox/place.ts';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { meQuery } from '../../../lib/me.ts';
import { usePost } from '../../../lib/post.ts';
import { useShortcuts } from '../../../lib/shortcuts.ts';
import { isNarrowed, type ListAddress, questionFor } from '../filter.ts';
import { inboxCountQuery, viewsQuery } from '../queries.ts';
import { CaseList, type ListHandle } from './case-list.tsx';
import { Filters } from './filters.tsx';
import { InboxColumns } from './inbox-columns.tsx';
import { useInboxRows } from './inbox-rows.tsx';
import { InboxViews } from './inbox-views.tsx';

const bulkDrawer = () => import('./bulk-drawer.tsx');
const BulkDrawer = lazy(() => bulkDrawer().then((module) => ({ default: module.BulkDrawer })));
/** A page younger than this was asked for on the way here. */
const YOUNG_MS = 3000;

export const InboxPage = () => {
  const filter = useSearch({ from: '/inside/' });
  const { t } = useWords();
  const postId = usePost();
  const list = JSON.stringify(questionFor(filter, postId));
  const [columns, setColumns] = useColumns(filter);
  // Another list is another page: nothing of what was chosen or scrolled to in this one is meant there. Views and filters stand.
  return (
    <div className="inbox">
      <InboxViews filter={filter} columns={columns} />
      <div>
        <h1 className="unseen-on-phone">{t('app.inbox')}</h1>
        <Filters filter={filter} />
        <Inbox key={list} list={list} filter={filter} columns={columns} setColumns={setColumns} />
      </div>
    </div>
  );
};

const useColumns = (filter: ListAddress) => {
  const { data: saved } = useQuery(viewsQuery);
  const own = saved?.find(({ id }) => id === filter.saved)?.columns;
  const [changed, setChanged] = useState<{ readonly of: string | undefined; readonly columns: readonly Column[] }>();
  const columns = changed && changed.of === filter.saved ? changed.columns : own?.length ? own : keptColumns();
  return [
    columns,
    (next: readonly Column[]): void => {
      setChanged({ of: filter.saved, columns: next });
      if (!filter.saved) keepColumns(next);
    },
  ] as const;
};

interface InboxProps {
  readonly filter: ListAddress;
  readonly list: string;
  readonly columns: readonly Column[];
  readonly setColumns: (columns: readonly Column[]) => void;
}

const Inbox = ({ filter, list, columns, setColumns }: InboxProps) => {
  const { t } = useWords();
  const router = useRouter();
  const question = useMemo(() => JSON.parse(list) as ReturnType<typeof questionFor>, [list]);
  const [place] = useState(() => placeOf(list));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(place?.chosen ?? new Set());
  const [bulk, setBulk] = useState<{ ids: readonly string[]; action?: string }>();
  const handle = useRef<ListHandle>(null);
  const at = useRef<string | undefined>(place?.caseId);
  const state = useRef({ chosen, acting: false });
  state.current = { chosen, acting: bulk !== undefined };
  const busy = useCallback(() => state.current.chosen.size > 0 || state.current.acting, []);
  const { query, rows, fresh, gone, beginAnew, more, looked } = useInboxRows(question, place?.heard, busy);
  // What is to be worked on comes first, how many there are after it.
  const { data: me } = useQuery(meQuery);
  const { data: count } = useQuery({ ...inboxCountQuery(question), enabled: query.data !== undefined });

  useLayoutEffect(() => rememberList(filter), [filter]);
  const shown = rows.length > 0;
  // Where a list leads is fetched when it is here.
  useEffect(() => {
    if (!shown) return;
    void import('./case-page.tsx');
    void bulkDrawer();
  }, [shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list opens
  useLayoutEffect(() => {
    if (!place) {
      scrollTo({ top: 0 });
      // Come to by choice and not come back to: as it is now.
      if (query.data && Date.now() - query.dataUpdatedAt > YOUNG_MS) void beginAnew().catch(() => undefined);
      return;
    }
    leavePlace(list);
    scrollTo({ top: place.scroll });
    const index = rows.findIndex((row) => row.id === place.caseId);
    if (index >= 0) handle.current?.focus(index);
  }, []);

  const open = useCallback(
    (caseId: string): void =>
      keepPlace(list, {
        scroll: scrollY,
        caseId,
        chosen: state.current.chosen,
        heard: looked.current,
        measures: handle.current?.measures(),
      }),
    [list, looked],
  );
  const choose = useCallback((id: string, on: boolean): void => {
    setChosen((was) => {
      const next = new Set(was);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);

  const keys = useMemo(() => {
    const focused = (): number => {
      const link = document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>('[data-index]') : null;
      const here = link?.dataset.index;
      if (here !== undefined) return Number(here);
      return at.current ? rows.findIndex((row) => row.id === at.current) : -1;
    };
    const go = (index: number): void => {
      const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
      if (!row) return;
      at.current = row.id;
      handle.current?.focus(rows.indexOf(row));
    };
    const current = (): string | undefined => rows[focused()]?.id;
    const act = (action?: string): void => {
      const one = current();
      const ids = state.current.chosen.size ? [...state.current.chosen] : one ? [one] : [];
      if (ids.length) setBulk({ ids, ...(action ? { action } : {}) });
    };
    const extend = (by: 1 | -1): void => {
      const from = current();
      if (from) choose(from, true);
      const next = rows[focused() + by];
      if (next) choose(next.id, true);
      go(focused() + by);
    };
    return {
      j: () => go(focused() + 1),
      k: () => go(focused() === -1 ? 0 : focused() - 1),
      J: () => extend(1),
      K: () => extend(-1),
      x: () => {
        const id = current();
        if (id) choose(id, !state.current.chosen.has(id));
      },
      a: () => act('dispatch'),
      e: () => act(),
      n: () => void showNew(),
      g: () => go(0),
      Escape: () => setChosen(new Set()),
      '/': () => document.getElementById('q')?.focus(),
    };
    async function showNew(): Promise<void> {
      await beginAnew();
      scrollTo({ top: 0 });
    }
  }, [rows, choose, beginAnew]);
  useShortcuts(keys);
  const narrowed = isNarrowed(filter);
  useCommands(
    useMemo(
      () =>
        chosen.size
          ? [{ id: 'bulk', label: t('inbox.actOn', { n: chosen.size }), hint: 'e', run: () => setBulk({ ids: [...chosen] }) }]
          : [],
      [chosen, t],
    ),
  );
  return (
    <>
      <section className="card" aria-label={t('app.inbox')}>
        <div className="row spread">
          <p role="status" className="quiet">
            {count ? t(count.more ? 'inbox.countMore' : 'inbox.count', { n: count.n }) : ''}
          </p>
          <div className="row">
            <ExportButton source="cases" filter={question} />
            <InboxColumns columns={columns} onChange={setColumns} />
          </div>
        </div>
        {filter.bbox && me && me.posts.length > 1 ? <p className="quiet">{t('inbox.boxOfPost')}</p> : null}
        {fresh.size ? (
          <p className="new-rows" role="status">
            <Button type="primary" size="small" onClick={keys.n} aria-keyshortcuts="n">
              {t('inbox.fresh', { n: fresh.size })}
            </Button>
          </p>
        ) : null}
        {chosen.size ? (
          <div className="chosen-bar row" role="status">
            <span>{t('inbox.chosen', { n: chosen.size })}</span>
            <Button type="primary" size="small" aria-keyshortcuts="e" onClick={() => setBulk({ ids: [...chosen] })}>
              {t('inbox.act')}
            </Button>
            <Button size="small" onClick={() => setChosen(new Set(rows.slice(0, 100).map((row) => row.id)))}>
              {t('inbox.chooseFirst', { n: Math.min(100, rows.length) })}
            </Button>
            <Button size="small" onClick={() => setChosen(new Set())}>
              {t('inbox.chooseNone')}
            </Button>
          </div>
        ) : null}
        <Loaded query={query}>
          {() =>
            rows.length ? (
              <CaseList
                handle={handle}
                rows={rows}
                columns={columns}
                chosen={chosen}
                gone={gone}
                choose={choose}
                open={open}
                more={more}
                measures={place?.measures}
                total={count && !count.more ? count.n : undefined}
              />
            ) : (
              <p>{t(narrowed ? 'inbox.emptyFiltered' : 'inbox.empty')}</p>
            )
          }
        </Loaded>
        {query.data && query.error ? <Failed problem={query.error} again={() => void query.fetchNextPage()} /> : null}
        {query.isFetchingNextPage ? (
          <p role="status" className="quiet">
            {t('inbox.loadingMore')}
          </p>
        ) : null}
        {rows.length ? <p className="quiet keys-hint">{t('inbox.keys')}</p> : null}
      </section>
      {bulk ? (
        <Suspense>
          <BulkDrawer
            ids={bulk.ids}
            wanted={bulk.action}
            close={(acted) => {
              setBulk(undefined);
              if (acted) setChosen(new Set());
            }}
            openCase={(id) => void router.navigate({ to: '/cases/$id', params: { id } })}
          />
        </Suspense>
      ) : null}
    </>
  );
};
