import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { CasePage, CaseRow } from '@tongxin/domain/case/view.ts';
import type { Question } from '@tongxin/domain/inbox/schema.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { now as heardNow, listen, since } from '../../../lib/inbox/changes.ts';
import { dueOf } from '../filter.ts';
import { inboxQuery, readPage, rowsOf } from '../queries.ts';

type Pages = InfiniteData<CasePage, unknown>;

/** Changes come in bursts: this long is waited for more of them before the server is asked. */
const GATHER_MS = 250;
/** Nearer to the top than this nobody has a place to lose: what is new is shown at once. */
const TOP_PX = 120;

const allRows = (pages: Pages | undefined): CaseRow[] => pages?.pages.flatMap((page) => page.rows) ?? [];

const replaced = (pages: Pages, fresh: ReadonlyMap<string, CaseRow>): Pages => ({
  ...pages,
  pages: pages.pages.map((page) =>
    page.rows.some((row) => fresh.has(row.id)) ? { ...page, rows: page.rows.map((row) => fresh.get(row.id) ?? row) } : page,
  ),
});

const isSame = (one: CasePage, other: CasePage): boolean =>
  one.rows.length === other.rows.length &&
  one.rows.every((row, i) => row.id === other.rows[i]!.id && row.version === other.rows[i]!.version);

/** Whether a row that is not shown stands within what was read so far, in the list's order; behind that it is met in its place. */
const isWithin = (row: CaseRow, rows: readonly CaseRow[], question: Question, atEnd: boolean): boolean => {
  const last = rows.at(-1);
  return atEnd || !last || question.order !== 'due' || dueOf(row) < dueOf(last);
};

/**
 * The rows of a list, live: what is shown is changed in its place, what left the list is marked and stays until the list begins anew, and what
 * is new is shown at once at the top of the list and offered anywhere else. `heard` is up to where changes were looked at for what is kept.
 */
export const useInboxRows = (question: Question, heard: number | undefined, busy: () => boolean) => {
  const client = useQueryClient();
  const options = inboxQuery(question);
  const query = useInfiniteQuery(options);
  const rows = useMemo(() => allRows(query.data), [query.data]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const looked = useRef(heard ?? heardNow());
  const list = JSON.stringify(question);

  /** Begins anew with what the first page holds now; the rows shown stay until it is here. */
  const beginAnew = useCallback(async (): Promise<void> => {
    const moment = heardNow();
    const asked = JSON.parse(list) as Question;
    const page = await readPage(asked, undefined);
    client.setQueryData<Pages>(keys.inbox(asked), { pages: [page], pageParams: [undefined] });
    looked.current = moment;
    setFresh(new Set());
    setGone(new Set());
  }, [client, list]);

  const look = useCallback(async (): Promise<void> => {
    const asked = JSON.parse(list) as Question;
    const shown = client.getQueryData<Pages>(keys.inbox(asked));
    if (!shown) return;
    const moment = heardNow();
    const heard = since(looked.current);
    if (heard?.length === 0) return;
    // Where it is not known what changed, all that is shown may have, and the first page tells what is new.
    const first = heard ? undefined : await readPage(asked, undefined);
    if (first && shown.pages.length === 1 && isSame(first, shown.pages[0]!)) {
      looked.current = moment;
      return;
    }
    const ids = heard ?? [...new Set([...allRows(shown), ...first!.rows].map((row) => row.id))];
    const found = new Map((await rowsOf(asked, ids)).map((row) => [row.id, row]));
    const known = client.getQueryData<Pages>(keys.inbox(asked));
    if (!known) return;
    looked.current = moment;
    const before = allRows(known);
    const here = new Set(before.map((row) => row.id));
    client.setQueryData<Pages>(keys.inbox(asked), replaced(known, found));
    setGone((was) => new Set([...[...was].filter((id) => !found.has(id)), ...ids.filter((id) => here.has(id) && !found.has(id))]));
    const atEnd = known.pages.at(-1)?.next === undefined;
    const added = [...found.values()].filter((row) => !here.has(row.id) && isWithin(row, before, asked, atEnd)).map((row) => row.id);
    if (added.length === 0) return;
    if (scrollY <= TOP_PX && !busy()) await beginAnew();
    else setFresh((was) => new Set([...was, ...added]));
  }, [client, list, beginAnew, busy]);

  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const soon = (): void => {
      waiting ??= setTimeout(() => {
        // A look that failed is made up for by the next: what was not looked at is still to be.
        void look()
          .catch(() => undefined)
          .finally(() => {
            waiting = undefined;
            if (!left && since(looked.current)?.length !== 0) soon();
          });
      }, GATHER_MS);
    };
    if (since(looked.current)?.length !== 0) soon();
    const stop = listen(soon);
    return () => {
      left = true;
      clearTimeout(waiting);
      stop();
    };
  }, [look]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = query;
  const more = useMemo(
    () => (hasNextPage && !isFetchingNextPage && !isFetchNextPageError ? () => void fetchNextPage() : undefined),
    [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage],
  );
  return { query, rows, fresh, gone, beginAnew, more, looked };
};
