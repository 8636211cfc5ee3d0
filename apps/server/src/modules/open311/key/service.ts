import { randomBytes, randomUUID } from 'node:crypto';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Tx, type Who, withScope, withTransaction } from '../../../platform/tx/tx.ts';
import { insertKey, isListOpen, type KeyRow, listKeyRows, openList, revokeKeyRow } from './repo.ts';

export interface NewKey {
  readonly name: string;
  readonly perDay: number;
  readonly days: number;
}

/** Writes a key; answers it once. Throws 422 `fieldUnfit`. */
const issueIn = async (deps: Deps, tx: Tx, id: string, { name, perDay, days }: NewKey): Promise<{ key: string; until: string }> => {
  if (name.trim() === '' || name.length > 80) throw invalid('fieldUnfit', { field: 'name' });
  if (!Number.isInteger(perDay) || perDay < 1 || perDay > 1_000_000) throw invalid('fieldUnfit', { field: 'perDay' });
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw invalid('fieldUnfit', { field: 'days' });
  const now = deps.clock.now();
  const until = new Date(now.getTime() + days * 86_400_000).toISOString();
  const key = `txo_${randomBytes(32).toString('base64url')}`;
  await insertKey(tx, { id, name: name.trim(), key, perDay, now: now.toISOString(), until });
  return { key, until };
};

/** Issues a key for a machine client, from the command line; it is answered once and kept nowhere. Throws 422 `fieldUnfit`. */
export const issueKey = async (deps: Deps, asked: NewKey): Promise<{ id: string; key: string; until: string }> => {
  const id = randomUUID();
  return { id, ...(await withTransaction(deps.pools.maintenance, (tx) => issueIn(deps, tx, id, asked))) };
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

const present = (row: KeyRow): KeyLine => ({
  id: row.key_id,
  name: row.name,
  ending: row.ending,
  perDay: row.per_day,
  usedToday: row.used,
  until: row.expires_at.toISOString(),
  revoked: row.revoked_at !== null,
});

const linesIn = async (deps: Deps, tx: Tx): Promise<KeyLine[]> => (await listKeyRows(tx, deps.clock.now().toISOString())).map(present);

export const listKeys = (deps: Deps): Promise<KeyLine[]> => withTransaction(deps.pools.maintenance, (tx) => linesIn(deps, tx));

/** Takes a key back, at once and for good. Throws 404 `notFound`. */
export const revokeKey = async (deps: Deps, id: string): Promise<void> => {
  const done = await withTransaction(deps.pools.maintenance, (tx) => revokeKeyRow(tx, id, deps.clock.now().toISOString()));
  if (!done) throw notFound();
};

/** Keys are the whole installation's: whoever keeps the exchange of a part of it is told so. */
const refusedByDatabase = (error: { code?: string }): never => {
  if (error.code === '42501') throw forbidden('missingCapability', { capability: 'exchange.manage' });
  throw error;
};

/** Keys as the desk shows them, and whether the list of requests is told. */
export const keysAtDesk = (deps: Deps, who: Who): Promise<{ keys: KeyLine[]; listOpen: boolean }> =>
  withScope(deps.pools.app, who, async ({ tx }) => ({ keys: await linesIn(deps, tx), listOpen: await isListOpen(tx) }));

/** Issues a key at the desk. The same id again answers the key’s line without it. */
export const issueAtDesk = (
  deps: Deps,
  who: Who,
  { id, ...asked }: NewKey & { readonly id: string },
): Promise<KeyLine & { key?: string }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const find = async (): Promise<KeyLine | undefined> => (await linesIn(deps, tx)).find((line) => line.id === id);
    const known = await find();
    if (known) {
      if (known.name !== asked.name.trim() || known.perDay !== asked.perDay) throw conflict('idTaken');
      return known;
    }
    const { key } = await issueIn(deps, tx, id, asked).catch(refusedByDatabase);
    return { ...(await find())!, key };
  });

export const revokeAtDesk = (deps: Deps, who: Who, id: string): Promise<KeyLine> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await revokeKeyRow(tx, id, deps.clock.now().toISOString()))) throw notFound();
    return (await linesIn(deps, tx)).find((line) => line.id === id)!;
  });

/** Tells the list of requests to everybody, or to nobody; a request asked for by its number is answered either way. */
export const switchList = (deps: Deps, who: Who, listOpen: boolean): Promise<{ listOpen: boolean }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await openList(tx, listOpen))) throw forbidden('missingCapability', { capability: 'exchange.manage' });
    return { listOpen };
  });
