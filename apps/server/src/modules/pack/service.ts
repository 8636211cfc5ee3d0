import { setImmediate } from 'node:timers/promises';
import type { Pack, PackCity } from '@tongxin/domain/pack/schema.ts';
import type pg from 'pg';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict } from '../../platform/errors/problem.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { saveRoles } from '../organization/index.ts';
import { copyOf, type Template, templateOf } from './cases/copies/service.ts';
import { copyCases, type LoadedCase } from './cases/repo.ts';
import { liveThrough } from './cases/service.ts';
import { analyse, type Cell, findPackLoad, mergeRows, savePackLoad } from './repo.ts';

/** A line of progress: what is being loaded, how much of it is done. */
export type Progress = (what: string, done: number, of: number) => void;

interface Table<T> {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly T[];
  readonly write: (row: T) => readonly Cell[];
}

const table = <T>(name: string, columns: readonly string[], rows: readonly T[], write: (row: T) => readonly Cell[]): Table<unknown> =>
  ({ name, columns, rows, write }) as Table<unknown>;

/** Every reference table of a pack in the order of its foreign keys. */
const tablesOf = (city: PackCity): Table<unknown>[] => {
  const { validFrom } = city;
  const items = city.dutyLists.flatMap((list) => list.items.map((item) => ({ ...item, dutyListId: list.dutyListId })));
  return [
    table('area', ['area_id', 'kind', 'parent_id', 'path', 'name', 'setting', 'households', 'synthetic', 'valid_from'], city.areas, (a) => [
      a.areaId,
      a.kind,
      a.parentId,
      a.path,
      a.name,
      a.setting,
      a.households,
      true,
      validFrom,
    ]),
    table('area_code', ['code', 'scheme', 'area_id', 'valid_from'], city.areas, (a) => [a.code, a.scheme, a.areaId, validFrom]),
    table('area_boundary', ['area_id', 'valid_from', 'geometry', 'bbox', 'synthetic'], city.areas, (a) => [
      a.areaId,
      validFrom,
      a.geometry,
      a.bbox,
      true,
    ]),
    table('facility', ['facility_id', 'kind', 'code', 'name', 'area_id', 'lon', 'lat', 'synthetic'], city.facilities, (f) => [
      f.facilityId,
      f.kind,
      f.code,
      f.name,
      f.areaId,
      f.lon,
      f.lat,
      true,
    ]),
    table(
      'organization',
      ['organization_id', 'kind', 'name', 'area_id', 'parent_id', 'synthetic', 'valid_from'],
      city.organizations,
      (o) => [o.organizationId, o.kind, o.name, o.areaId, o.parentId, true, o.validFrom ?? validFrom],
    ),
    table('post', ['post_id', 'organization_id', 'area_id', 'role', 'title', 'responsibility', 'valid_from'], city.posts, (p) => [
      p.postId,
      p.organizationId,
      p.areaId,
      p.role,
      p.title,
      p.responsibility,
      validFrom,
    ]),
    table('person', ['person_id', 'kind', 'auth_user_id'], city.people, (p) => [p.personId, p.kind, p.authUserId]),
    table('post_holding', ['holding_id', 'post_id', 'person_id', 'valid_from'], city.holdings, (h) => [
      h.holdingId,
      h.postId,
      h.personId,
      validFrom,
    ]),
    table('roster_shift', ['shift_id', 'organization_id', 'post_id', 'starts_at', 'ends_at', 'kind'], city.shifts, (s) => [
      s.shiftId,
      s.organizationId,
      s.postId,
      s.startsAt,
      s.endsAt,
      s.kind,
    ]),
    table(
      'category',
      ['category_id', 'version', 'scheme', 'parent_id', 'name', 'grade', 'limit_amount', 'limit_unit', 'danger', 'questions', 'valid_from'],
      city.categories,
      (c) => [
        c.categoryId,
        c.version,
        c.scheme,
        c.parentId,
        c.name,
        c.grade,
        c.limit?.amount,
        c.limit?.unit,
        c.danger,
        JSON.stringify(c.questions ?? []),
        validFrom,
      ],
    ),
    table('duty_list', ['duty_list_id', 'kind', 'title', 'area_id', 'source', 'valid_from'], city.dutyLists, (l) => [
      l.dutyListId,
      l.kind,
      l.title,
      l.areaId,
      l.source,
      validFrom,
    ]),
    table('duty_item', ['duty_item_id', 'duty_list_id', 'clause', 'title', 'category_id', 'organization_id'], items, (i) => [
      i.dutyItemId,
      i.dutyListId,
      i.clause,
      i.title,
      i.categoryId,
      i.organizationId,
    ]),
    table('publication_area', ['area_id', 'nearby', 'listed', 'category_ids', 'changed_at'], city.publications ?? [], (p) => [
      p.areaId,
      p.nearby,
      p.listed,
      p.categoryIds,
      validFrom,
    ]),
  ];
};

function* written<T>(rows: readonly T[], write: (row: T) => readonly Cell[]): Generator<readonly Cell[]> {
  for (const row of rows) yield write(row);
}

/** Loads a pack's reference data in one transaction. Answers how many rows were new by table: all 0 on a second load. */
export const loadCity = (
  deps: { readonly pools: { readonly maintenance: pg.Pool }; readonly clock: Clock },
  city: PackCity,
  progress: Progress = () => {},
): Promise<Record<string, number>> =>
  withTransaction(deps.pools.maintenance, async (tx, client) => {
    await saveRoles(tx);
    const added: Record<string, number> = {};
    const tables = tablesOf(city);
    for (const [i, { name, columns, rows, write }] of tables.entries()) {
      progress(name, i, tables.length);
      added[name] = await mergeRows(client, name, columns, written(rows, write));
    }
    // Every request looks posts up: without figures of the new tables the planner takes the slowest of their indexes.
    await analyse(
      client,
      tables.map(({ name }) => name),
    );
    progress('reference', tables.length, tables.length);
    return added;
  });

type LoadDeps = Pick<Deps, 'crypto' | 'calendar' | 'procedures' | 'directory' | 'places' | 'clock'> & {
  readonly pools: { readonly maintenance: pg.Pool };
};

const BATCH = 1000;
/** Cases made between two looks at the socket. */
const BREATH = 20;

/** At most this many cases are copied from: they spread over the whole year and stay in memory. */
const TEMPLATES = 4000;

/**
 * `count` cases: each of the first `lived` goes through the true procedure; the rest are copies of them under ids, hashes and sealed words of
 * their own, some seconds later.
 */
function* casesOf(
  deps: LoadDeps,
  pack: Pack,
  built: ReturnType<Pack['build']>,
  count: number,
  lived: number,
  mostEvents: number,
): Generator<() => LoadedCase> {
  const until = Date.parse(`${pack.date}T00:00:00+08:00`);
  const templates: Template[] = [];
  const every = Math.max(1, Math.floor(lived / TEMPLATES));
  let n = 0;
  for (const plan of built.cases(lived)) {
    const live = (): LoadedCase => liveThrough(deps, plan, until);
    if (count > lived && n++ % every === 0 && templates.length < TEMPLATES) {
      const loaded = live();
      if (loaded.events.length <= mostEvents || templates.length === 0) templates.push(templateOf(deps.crypto, loaded));
      yield () => loaded;
    } else yield live;
  }
  for (let i = lived; i < count; i++) {
    const round = Math.floor((i - lived) / templates.length) + 1;
    yield () => copyOf(deps.crypto, templates[(i - lived) % templates.length]!, round, round * 7);
  }
}

/**
 * Loads a pack's cases in batches, one transaction each; killed anywhere it goes on where it stopped, and a second run adds nothing. The
 * city, the procedures and the calendar must be loaded and in memory. Answers how many were added. With `lived` below `count` the rest are
 * copies, of cases with at most `mostEvents` events: for benchmarks. Throws 409 `packLoadedOtherwise` when other cases of this pack are there already.
 */
export const loadCases = async (
  deps: LoadDeps,
  pack: Pack,
  built: ReturnType<Pack['build']>,
  count: number,
  progress: Progress = () => {},
  { lived = count, mostEvents = 1000 }: { lived?: number; mostEvents?: number } = {},
): Promise<number> => {
  const seed = lived < count ? `${pack.seed}/${lived}/${count}` : `${pack.seed}/${count}`;
  const { maintenance } = deps.pools;
  const known = await withTransaction(maintenance, (_tx, client) => findPackLoad(client, pack.id));
  if (known && known.seed !== seed && known.cases > 0) throw conflict('packLoadedOtherwise', { pack: pack.id, cases: known.cases });
  const done = known?.seed === seed ? known.cases : 0;
  if (done >= count) return 0;
  let loaded = 0;
  let batch: LoadedCase[] = [];
  let writing: Promise<void> = Promise.resolve();
  const write = async (cases: readonly LoadedCase[], reached: number): Promise<void> => {
    await withTransaction(maintenance, async (_tx, client) => {
      await copyCases(client, cases);
      await savePackLoad(client, { pack: pack.id, seed, cases: reached }, deps.clock.now());
    });
    progress('cases', reached, count);
  };
  /** One batch is written while the next is made; never two at once, so that they commit in order. */
  const flush = async (): Promise<void> => {
    await writing;
    writing = write(batch, loaded);
    writing.catch(() => {});
    batch = [];
  };
  for (const make of casesOf(deps, pack, built, count, Math.min(lived, count), mostEvents)) {
    loaded += 1;
    if (loaded <= done) continue;
    batch.push(make());
    if (batch.length === BATCH) await flush();
    else if (loaded % BREATH === 0) await setImmediate();
  }
  if (batch.length > 0) await flush();
  await writing;
  await withTransaction(maintenance, (_tx, client) =>
    analyse(client, ['cases', 'events', 'event_content', 'clock', 'case_party', 'receipt', 'feed']),
  );
  return count - done;
};
