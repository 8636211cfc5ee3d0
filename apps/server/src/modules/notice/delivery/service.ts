import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { summarise, tellAt } from '@tongxin/domain/notice/delivery/rules.ts';
import type { NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Tx, type Who, withScope, withTransaction } from '../../../platform/tx/tx.ts';
import { putNoticeMessages } from '../../message/index.ts';
import {
  findOwnShifts,
  findWhoWaits,
  forgetLeavers,
  getSettings,
  lockWaiting,
  markTold,
  moveWaiting,
  putDigest,
  putSettings,
} from './repo.ts';

/** Tells one person what waited: a single notice by itself, more of them by one that sums up. */
const tellPerson = async (tx: Tx, personId: string, now: string): Promise<number> => {
  const waiting = await lockWaiting(tx, personId, now);
  const ids = waiting.map((one) => one.notice_id);
  if (ids.length < 2) {
    await markTold(tx, personId, ids, now);
    await putNoticeMessages(
      tx,
      waiting.map(({ notice_id: noticeId, kind, params }) => ({ personId, noticeId, kind, params })),
      now,
    );
    return ids.length;
  }
  const digestId = v7();
  const summary = summarise(
    waiting.map((one) => ({ kind: one.kind, caseId: one.case_id, urgent: one.urgent, at: one.created_at.toISOString() })),
  );
  await putDigest(tx, personId, digestId, summary, summary.urgent > 0, now);
  await markTold(tx, personId, ids, now, digestId);
  await putNoticeMessages(tx, [{ personId, noticeId: digestId, kind: 'digest', params: summary }], now);
  return ids.length;
};

/** One round of the poll: each person in a transaction of their own. Killed at any instant and run again, nothing is told twice or lost. */
export const tellWaiting = async (deps: Pick<Deps, 'pools' | 'clock'>, limit = 200): Promise<number> => {
  const now = deps.clock.now().toISOString();
  const people = await withTransaction(deps.pools.feed, (tx) => findWhoWaits(tx, now, limit));
  let n = 0;
  for (const personId of people) n += await withTransaction(deps.pools.feed, (tx) => tellPerson(tx, personId, now));
  return n;
};

/** Whoever left is told nothing more, and what they chose is kept no longer than their last post. */
export const letLeaversGo = (deps: Pick<Deps, 'pools' | 'clock'>): Promise<number> =>
  withTransaction(deps.pools.maintenance, (tx) => forgetLeavers(tx, instantToLocalDate(deps.clock.now().toISOString())));

export const settings = (deps: Deps, who: Who): Promise<NoticeSettings> =>
  withScope(deps.pools.app, who, ({ tx, actor }) => getSettings(tx, actor.personId!));

/** Keeps what a person chose; what waits already follows it from now on. A kind that is muted meanwhile is told with the rest: it had come. */
export const chooseSettings = (deps: Deps, who: Who, chosen: NoticeSettings): Promise<NoticeSettings> => {
  if (chosen.quiet && chosen.quiet.from === chosen.quiet.to) throw invalid('fieldUnfit', { field: 'quiet', why: 'endsAsItBegins' });
  return withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const personId = actor.personId!;
    const now = deps.clock.now();
    const at = now.toISOString();
    await putSettings(tx, personId, chosen, now);
    const waiting = await lockWaiting(tx, personId);
    const shifts = waiting.length ? await findOwnShifts(tx, [personId], at) : new Map();
    const times = waiting.map((one) => [one.notice_id, tellAt({ ...chosen, muted: [] }, one, at, shifts.get(personId))!] as const);
    await moveWaiting(tx, personId, new Map(times));
    return chosen;
  });
};
