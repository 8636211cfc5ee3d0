import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { countUnread, listNotices, markRead, type NoticeRow } from './repo.ts';

export interface NoticePage {
  readonly rows: readonly NoticeRow[];
  readonly unread: number;
}

export const notices = (
  deps: Deps,
  who: Who,
  { before, unread = false, limit }: { before?: string; unread?: boolean; limit: number },
): Promise<NoticePage> => {
  if (before !== undefined && !isInstant(before)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, async ({ tx, actor }) => ({
    rows: await listNotices(tx, actor.personId!, before ? new Date(before) : undefined, unread, limit),
    unread: await countUnread(tx, actor.personId!),
  }));
};

export const readNotice = (deps: Deps, who: Who, noticeId: string, now: Date): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    if (!(await markRead(tx, actor.personId!, noticeId, now))) throw notFound();
  });
