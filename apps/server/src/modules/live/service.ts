import { Readable } from 'node:stream';
import type { Deps } from '../../platform/deps.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { findLeasesAfter, presentLeaseChange } from '../case/index.ts';
import { callsMark } from '../hotline/index.ts';
import { type Change, findChanges, findHead } from './repo.ts';

/** Events looked at per turn, and how long between turns when nothing happens. */
const TURN = 2000;
const REST_MS = 400;
const HEARTBEAT_MS = 20_000;

const rest = (milliseconds: number, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    gone.addEventListener('abort', end, { once: true });
    if (gone.aborted) end();
  });

/** The last change of each case, in the order of the feed: whoever leaves after any of them resumes behind it and has missed nothing. */
const lastOfEach = (changes: readonly Change[]): Change[] => {
  const last = new Map(changes.map((change) => [change.case_id, change.position]));
  return changes.filter((change) => last.get(change.case_id) === change.position);
};

async function* changes(deps: Deps, who: Who, from: number | undefined, gone: AbortSignal): AsyncGenerator<string> {
  const head = await withScope(deps.pools.app, who, async (scope) => ({ ...(await findHead(scope.tx)), calls: await callsMark(scope) }));
  // A place beyond the head is of a feed that is no more: a copy was restored.
  let position = Math.min(from ?? head.position, head.position);
  let leaseChange = head.lease;
  let { toldAt, calls } = head;
  let quietSince = Date.now();
  yield `retry: 2000\nid: ${position}\n\n`;
  while (!gone.aborted) {
    const { found, leases, told, rung } = await withScope(deps.pools.app, who, async (scope) => {
      const { tx, actor } = scope;
      const now = await findHead(tx);
      // Whose hands a case is in is for those who work on cases.
      const works = actor.posts.some((post) => post.capabilities.includes('case.read'));
      return {
        told: now.toldAt,
        rung: await callsMark(scope),
        found: now.position > position ? await findChanges(tx, position, TURN) : undefined,
        leases: works && now.lease > leaseChange ? { actor, rows: await findLeasesAfter(tx, leaseChange), upTo: now.lease } : undefined,
      };
    });
    if (leases) {
      // Whose hands a case is in is of this moment: it has no place in the feed to resume from, a screen that comes back asks anew.
      for (const row of leases.rows) yield `event: lease\ndata: ${JSON.stringify(presentLeaseChange(deps, row, leases.actor))}\n\n`;
      leaseChange = Math.max(leases.upTo, ...leases.rows.map((row) => Number(row.change)));
    }
    if (told !== toldAt) {
      toldAt = told;
      yield `event: notice\ndata: {}\n\n`;
    }
    if (rung !== calls) {
      calls = rung;
      yield `event: calls\ndata: {}\n\n`;
    }
    if (found) {
      for (const change of lastOfEach(found.changes))
        yield `event: case\nid: ${change.position}\ndata: ${JSON.stringify({ id: change.case_id, position: Number(change.position), version: change.event_no })}\n\n`;
      position = found.upTo;
      quietSince = Date.now();
    } else if (Date.now() - quietSince > HEARTBEAT_MS) {
      quietSince = Date.now();
      yield `: still here\nid: ${position}\n\n`;
    }
    await rest(found ? 50 : REST_MS, gone);
  }
}

/** A server-sent event stream of changed cases in the caller's scope, from a feed position or from now. */
export const liveStream = (deps: Deps, who: Who, from: number | undefined, gone: AbortSignal): Readable =>
  Readable.from(changes(deps, who, from, gone), { objectMode: false });
