import { createHash } from 'node:crypto';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type pg from 'pg';
import type { ProcedureStore } from '../deps.ts';
import { conflict } from '../errors/problem.ts';
import { withTransaction } from '../tx/tx.ts';
import { ensureSerial, findPublished, insertProcedure, type PublishedRow } from './repo.ts';

const key = (id: string, version: number): string => `${id}/${version}`;

/** Definitions by id and version. `latest` takes the variant of the first of the areas that has one (nearest first), then the one for everywhere. */
export const makeProcedures = (rows: readonly PublishedRow[]): ProcedureStore => {
  const byKey = new Map(rows.map((row) => [key(row.id, row.version), row.definition]));
  const latest = new Map<string, PublishedRow>();
  for (const row of rows) {
    const at = `${row.id}@${row.areaId ?? ''}`;
    if ((latest.get(at)?.version ?? 0) < row.version) latest.set(at, row);
  }
  return {
    get: (id, version) => byKey.get(key(id, version)),
    latest: (id, areaIds = []) =>
      (areaIds.map((areaId) => latest.get(`${id}@${areaId}`)).find((row) => row) ?? latest.get(`${id}@`))?.definition,
    all: () => [...byKey.values()],
  };
};

/** The published definitions of the database; `reload` after publishing. */
export const openProcedures = async (pool: pg.Pool): Promise<ProcedureStore & { reload(): Promise<void> }> => {
  let store = makeProcedures(await findPublished(pool));
  return {
    get: (id, version) => store.get(id, version),
    latest: (id, areaIds) => store.latest(id, areaIds),
    all: () => store.all(),
    reload: async () => {
      store = makeProcedures(await findPublished(pool));
    },
  };
};

/**
 * Publishes definitions that are not published yet, everywhere or for one area; answers those that were new. A published version never
 * changes: another definition under a known id and version throws 409 `procedureChanged`. As the maintenance role.
 */
export const publishProcedures = (
  pool: pg.Pool,
  definitions: readonly Procedure[],
  { now, areaId }: { now: Date; areaId?: string },
): Promise<readonly Procedure[]> =>
  withTransaction(pool, async (tx) => {
    const fresh: Procedure[] = [];
    for (const definition of definitions) {
      const digest = createHash('sha256').update(canonical(definition)).digest();
      const known = await insertProcedure(tx, { definition, digest, areaId, now });
      if (!known) fresh.push(definition);
      else if (!known.equals(digest)) throw conflict('procedureChanged', { procedure: definition.id, version: definition.version });
      await ensureSerial(tx, definition.numberPrefix);
    }
    return fresh;
  });
