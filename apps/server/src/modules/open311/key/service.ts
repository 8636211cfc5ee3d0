import { randomBytes, randomUUID } from 'node:crypto';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { insertKey, listKeyRows, revokeKeyRow } from './repo.ts';

/** Issues a key for a machine client; it is answered once and kept nowhere. Throws 422 `fieldUnfit`. */
export const issueKey = async (
  deps: Deps,
  { name, perDay, days }: { readonly name: string; readonly perDay: number; readonly days: number },
): Promise<{ id: string; key: string; until: string }> => {
  if (name.trim() === '' || name.length > 80) throw invalid('fieldUnfit', { field: 'name' });
  if (!Number.isInteger(perDay) || perDay < 1 || perDay > 1_000_000) throw invalid('fieldUnfit', { field: 'perDay' });
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw invalid('fieldUnfit', { field: 'days' });
  const now = deps.clock.now();
  const until = new Date(now.getTime() + days * 86_400_000).toISOString();
  const [id, key] = [randomUUID(), `txo_${randomBytes(32).toString('base64url')}`];
  await withTransaction(deps.pools.maintenance, (tx) =>
    insertKey(tx, { id, name: name.trim(), key, perDay, now: now.toISOString(), until }),
  );
  return { id, key, until };
};

export interface KeyLine {
  readonly id: string;
  readonly name: string;
  readonly ending: string;
  readonly perDay: number;
  readonly usedToday: number;
  readonly until: string;
  readonly revoked: boolean;
}

export const listKeys = async (deps: Deps): Promise<KeyLine[]> =>
  (await withTransaction(deps.pools.maintenance, (tx) => listKeyRows(tx, deps.clock.now().toISOString()))).map((row) => ({
    id: row.key_id,
    name: row.name,
    ending: row.ending,
    perDay: row.per_day,
    usedToday: row.used,
    until: row.expires_at.toISOString(),
    revoked: row.revoked_at !== null,
  }));

/** Takes a key back, at once and for good. Throws 404 `notFound`. */
export const revokeKey = async (deps: Deps, id: string): Promise<void> => {
  const done = await withTransaction(deps.pools.maintenance, (tx) => revokeKeyRow(tx, id, deps.clock.now().toISOString()));
  if (!done) throw notFound();
};
