import { createHash } from 'node:crypto';
import { instantOfMs, instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { daysOfMonth, monthBefore } from '@tongxin/domain/dispute/rules.ts';
import { awakeAt } from '@tongxin/domain/message/rules.ts';
import { countedBelow, LEAST_PUBLISHED, release } from '@tongxin/domain/publish/rules.ts';
import { isOpen, KEPT_MS, REMINDED_BEFORE_MS, turnOf } from '@tongxin/domain/reception/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { countedAreas } from '../dispute/index.ts';
import { putNoticeMessages } from '../message/index.ts';
import { presentSession } from './present.ts';
import {
  blind,
  countAdvised,
  findComing,
  findReleases,
  forgetAdvice,
  insertRelease,
  lockUnreminded,
  lockUntold,
  markReminded,
  markTold,
  type ToTell,
} from './repo.ts';
import { mayStandIn } from './service.ts';

const MINUTE_MS = 60_000;
const AT_ONCE = 200;

const noticeId = (what: string, { booking_id, session_id }: ToTell): string => {
  const hex = createHash('sha256').update(`${what}:${booking_id}:${session_id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const turn = ({ starts_at, minutes, slot }: ToTell): string => turnOf({ startsAt: starts_at.toISOString(), minutes }, slot);

/** Tells everybody whose session was called off, by the ways they chose, with the next session of the same body. Nobody is told twice. */
export const tellCalledOff = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    const bookings = await lockUntold(tx, AT_ONCE);
    if (bookings.length === 0) return 0;
    const coming = (await findComing(tx, {}, now, AT_ONCE)).map((row) => presentSession(deps, row));
    for (const one of bookings) {
      const from = { ...one, called_off_because: one.is_called_off ? 'x' : null };
      const next = coming.find((session) => mayStandIn(from, session) && isOpen(session.startsAt, now));
      const params = { at: turn(one), place: one.place, ...(next ? { next: next.startsAt } : {}) };
      await putNoticeMessages(
        tx,
        [{ personId: one.person_id, noticeId: noticeId('calledOff', one), kind: 'receptionCalledOff', params }],
        now,
      );
      await markTold(tx, one.booking_id, now);
    }
    return bookings.length;
  });

/** Reminds whoever has a turn within a day; nobody is woken for it. */
export const remind = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    if (awakeAt(now) > now) return 0;
    const bookings = await lockUnreminded(tx, now, instantOfMs(Date.parse(now) + REMINDED_BEFORE_MS), AT_ONCE);
    for (const one of bookings) {
      const params = { at: turn(one), place: one.place };
      await putNoticeMessages(tx, [{ personId: one.person_id, noticeId: noticeId('soon', one), kind: 'receptionSoon', params }], now);
      await markReminded(tx, one.booking_id, now);
    }
    return bookings.length;
  });

/** Erases who came to sessions a month ago, and what was said; advice after its years. */
export const forgetTalks = (deps: Pick<Deps, 'pools' | 'clock'>): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now();
    const forgotten = await blind(tx, instantOfMs(now.getTime() - KEPT_MS), now.toISOString());
    await forgetAdvice(tx, now.toISOString());
    return forgotten;
  });

/** A month that is over is released once, by itself: how many were advised, by area, no small figure told. */
export const releaseAdvised = (deps: Deps): Promise<boolean> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    const month = monthBefore(instantToLocalDate(now).slice(0, 7));
    const [last] = await findReleases(tx, 1);
    const root = last && last.month >= month ? undefined : await countedAreas(tx);
    if (!root) return false;
    const { from, to } = daysOfMonth(month);
    const counts = await countAdvised(tx, `${from}T00:00:00+08:00`, `${to}T00:00:00+08:00`);
    await insertRelease(tx, month, LEAST_PUBLISHED, release(countedBelow(root, counts)), now);
    return true;
  });

/** Each minute: who is to be told or reminded, what is to be forgotten. */
export const receptionBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'reception', [
    { everyMs: MINUTE_MS, what: 'telling of receptions called off', work: tellCalledOff },
    { everyMs: MINUTE_MS, what: 'reminding of receptions', work: remind },
    { everyMs: MINUTE_MS, what: 'forgetting talks', work: forgetTalks },
    { everyMs: MINUTE_MS, what: 'telling how many were advised', work: releaseAdvised },
  ]);
