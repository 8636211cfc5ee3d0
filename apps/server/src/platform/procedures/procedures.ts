import { createHash, randomUUID } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type pg from 'pg';
import type { ProcedureStore, PublishedVersion, VersionInUse } from '../deps.ts';
import { conflict } from '../errors/problem.ts';
import { withTransaction } from '../tx/tx.ts';
import { ensureSerial, findPublished, insertProcedure, insertUse, type Rows } from './repo.ts';

export { deleteUse, findUse, insertProcedure, insertUse, takeLocalVersion } from './repo.ts';

const key = (id: string, version: number): string => `${id}/${version}`;
export const digestOf = (definition: Procedure): Buffer => createHash('sha256').update(canonical(definition)).digest();

/** Definitions by id and version, and which of them new cases follow where. */
export const makeProcedures = ({ published, uses }: Rows): Omit<ProcedureStore, 'reload'> => {
  const byKey = new Map(published.map((row) => [key(row.id, row.version), row.definition]));
  const everywhere = new Map<string, PublishedVersion>();
  for (const row of published) if (row.areaId === null && (everywhere.get(row.id)?.version ?? 0) < row.version) everywhere.set(row.id, row);
  // Uses come by day and then by when they were set: the last that has begun is the one that holds.
  const byArea = new Map<string, VersionInUse[]>();
  for (const use of uses) {
    const at = `${use.procedureId}@${use.areaId}`;
    byArea.set(at, [...(byArea.get(at) ?? []), use]);
  }
  return {
    get: (id, version) => byKey.get(key(id, version)),
    latest: (id, at) => {
      for (const areaId of at?.areaIds ?? []) {
        const use = byArea.get(`${id}@${areaId}`)?.findLast(({ from }) => from <= at!.day);
        if (use) return byKey.get(key(id, use.version));
      }
      return everywhere.get(id)?.definition;
    },
    all: () => [...byKey.values()],
    published: () => published,
    uses: () => uses,
  };
};

/** The published definitions of the database, as they were when they were last read. */
export const openProcedures = async (pool: pg.Pool): Promise<ProcedureStore> => {
  let store = makeProcedures(await findPublished(pool));
  return {
    get: (id, version) => store.get(id, version),
    latest: (id, at) => store.latest(id, at),
    all: () => store.all(),
    published: () => store.published(),
    uses: () => store.uses(),
    reload: async () => {
      store = makeProcedures(await findPublished(pool));
    },
  };
};

interface Publishing {
  readonly now: Date;
  /** Only in this area, from today on. */
  readonly areaId?: string;
  /** Told of a product's own version whose number a variant took before the two counted apart: that one stands (docs/decisions/0012). */
  readonly taken?: (definition: Procedure) => void;
}

/**
 * Publishes definitions that are not published yet, everywhere or for one area; answers those that were new. A published version never
 * changes: another definition under a known id and version throws 409 `procedureChanged`. As the maintenance role.
 */
export const publishProcedures = (
  pool: pg.Pool,
  definitions: readonly Procedure[],
  { now, areaId, taken }: Publishing,
): Promise<readonly Procedure[]> =>
  withTransaction(pool, async (tx) => {
    const fresh: Procedure[] = [];
    for (const definition of definitions) {
      const { id, version } = definition;
      const digest = digestOf(definition);
      const known = await insertProcedure(tx, { definition, digest, areaId, now });
      if (known?.isVariant && !definition.extends && taken) {
        taken(definition);
        continue;
      }
      if (known && !known.digest.equals(digest)) throw conflict('procedureChanged', { procedure: id, version });
      if (!known) fresh.push(definition);
      if (!known && areaId)
        await insertUse(tx, {
          useId: randomUUID(),
          procedureId: id,
          version,
          areaId,
          from: instantToLocalDate(now.toISOString()),
          note: '',
          now,
        });
      await ensureSerial(tx, definition.numberPrefix);
    }
    return fresh;
  });
