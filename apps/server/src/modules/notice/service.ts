import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { countUnread, listNotices, markAllRead, markRead, type NoticeFilter, type NoticeRow } from './repo.ts';

export interface NoticePage {
  readonly rows: readonly NoticeRow[];
  readonly unread: number;
  readonly next?: string;
}

const PAGE = 50;
const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)~([0-9a-f-]{36})$/u;

const cursorOf = (cursor: string | undefined): NoticeFilter['before'] => {
  if (cursor === undefined) return undefined;
  const [, at = '', id = ''] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (!isInstant(at)) throw invalid('badCursor');
  return { at: new Date(at), id };
};

export interface NoticeQuery {
  readonly cursor?: string;
  readonly unread?: boolean;
  readonly kind?: string;
  readonly digestId?: string;
}

export const notices = (deps: Deps, who: Who, { cursor, ...filter }: NoticeQuery): Promise<NoticePage> => {
  const before = cursorOf(cursor);
  return withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const found = await listNotices(tx, actor.personId!, { ...filter, ...(before ? { before } : {}) }, PAGE + 1);
    const rows = found.slice(0, PAGE);
    const last = found.length > PAGE ? rows.at(-1) : undefined;
    return {
      rows,
      unread: await countUnread(tx, actor.personId!),
      ...(last ? { next: Buffer.from(`${last.toldAt.toISOString()}~${last.noticeId}`).toString('base64url') } : {}),
    };
  });
};

export const readNotice = (deps: Deps, who: Who, noticeId: string, now: Date): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    if (!(await markRead(tx, actor.personId!, noticeId, now))) throw notFound();
  });

/** Marks everything told up to an instant as read; answers how many of the list that were. */
export const readAllNotices = (deps: Deps, who: Who, upTo: string, now: Date): Promise<number> => {
  if (!isInstant(upTo)) throw invalid('fieldUnfit', { field: 'upTo', why: 'notInstant' });
  return withScope(deps.pools.app, who, ({ tx, actor }) => markAllRead(tx, actor.personId!, new Date(upTo), now));
};
