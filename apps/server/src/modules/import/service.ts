import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { EventActor, NewEvent } from '@tongxin/domain/case/schema.ts';
import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { categoriesOf, categoryPath, type MappedRow, mapRow } from '@tongxin/domain/import/rules.ts';
import type { CaseMap, CategoryMap, RejectCode } from '@tongxin/domain/import/schema.ts';
import { maskedTitle } from '@tongxin/domain/mask/rules.ts';
import { fileCase } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { DateTime, IANAZone } from 'luxon';
import { demand } from '../../platform/access-plugin/demand.ts';
import type { Deps, Place } from '../../platform/deps.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { type ChainedEvent, chain, firstHead } from '../../platform/record/chain.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { positionToWgs84 } from '../area/index.ts';
import { type CaseRecord, derivedColumns, filedRow, sendEvents, spotColumns } from '../case/index.ts';
import { contentOf, type ImportConflict } from './conflict/service.ts';
import { openTable, type ReadRow, type Table } from './read/service.ts';
import { type Rejects, withRejects } from './rejects/service.ts';
import {
  findOrganizationNames,
  findSameTexts,
  findSources,
  type ImportedKeys,
  insertCategories,
  type NewCategory,
  openFilings,
  sendCases,
  sendImportedClocks,
  sendKeys,
} from './repo.ts';

const BATCH = 250;

export interface ImportResult {
  /** read = imported + duplicates + conflicts + rejected. */
  readonly read: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Imported cases whose text stands in another case too. */
  readonly linked: number;
  /** Path of the rejects file; null when every row was taken or known. */
  readonly rejects: string | null;
  /** Stopped on request before the end: run it again. */
  readonly interrupted?: true;
}

export interface ImportOptions {
  readonly map: CaseMap;
  /** Reads, maps and judges everything, writes nothing. */
  readonly dryRun?: boolean;
  readonly rejectsFolder?: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  /** Told of each row that was not taken, besides the rejects file. */
  readonly onReject?: (reject: { readonly line: number; readonly code: RejectCode }) => void;
  /** Told of each row under a number that is known with other content: as it is now, and what it was in this table, or whose case it is. */
  readonly onConflict?: (conflict: ImportConflict) => void;
}

/** Told after each batch: rows judged so far, and the share of the file that was read for them, from 0 to 1. */
export type OnProgress = (done: { readonly rows: number; readonly share: number }) => void;

interface Row extends MappedRow {
  readonly raw: readonly string[];
  readonly key: string;
  readonly caseId: string;
  readonly digest: Buffer;
  readonly textDigest: Buffer;
  readonly reportedAt?: string;
  readonly dueAt?: string;
  readonly closedAt?: string;
}

const sha256 = (words: string): Buffer => createHash('sha256').update(words, 'utf8').digest();

/** A case id made from where the row comes from: the same row of the same system is the same case, on any machine. */
const caseIdOf = (system: string, key: string): string => {
  const hex = sha256(`import:${system}:${key}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

type DateColumn = NonNullable<CaseMap['reportedAt']>;

const instantOf = (words: string | undefined, column: DateColumn | undefined): string | undefined | 'unfit' => {
  if (words === undefined || !column) return undefined;
  const zone = column.zone ?? 'Asia/Shanghai';
  for (const format of [...column.formats, 'yyyy-MM-dd HH:mm:ss']) {
    const at = DateTime.fromFormat(words, format, { zone, locale: 'en' });
    if (at.isValid && at.year > 0 && at.year < 10_000) return at.toUTC().toISO({ suppressMilliseconds: false })!;
  }
  // A spreadsheet's serial number of days since 1899-12-30.
  const serial = Number(words);
  if (/^\d{4,5}(\.\d+)?$/u.test(words) && serial > 20_000 && serial < 80_000)
    return DateTime.fromISO('1899-12-30', { zone: 'UTC' })
      .plus({ seconds: Math.round(serial * 86_400) })
      .setZone(zone, { keepLocalTime: true })
      .toUTC()
      .toISO()!;
  return 'unfit';
};

/** A mapped row with its dates, key and digests, or why it cannot be one. */
const prepare = (map: CaseMap, read: Extract<ReadRow, { row: unknown }>): Row | RejectCode => {
  const mapped = mapRow(map, read.row);
  if (typeof mapped === 'string') return mapped;
  const reportedAt = instantOf(mapped.reported, map.reportedAt);
  const dueAt = instantOf(mapped.due, map.dueAt);
  const closedAt = instantOf(mapped.closed, map.closedAt);
  if (reportedAt === 'unfit' || dueAt === 'unfit' || closedAt === 'unfit') return 'dateUnfit';
  const { line: _line, ...content } = mapped;
  const digest = sha256(canonical(content));
  const key = mapped.sourceNumber ?? `sha256:${digest.toString('hex')}`;
  return {
    ...mapped,
    raw: Object.values(read.row.cells),
    key,
    caseId: caseIdOf(map.sourceSystem, key),
    digest,
    textDigest: sha256(mapped.text),
    ...(reportedAt ? { reportedAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(closedAt ? { closedAt } : {}),
  };
};

interface Context {
  readonly deps: Deps;
  readonly map: CaseMap;
  readonly procedure: Procedure;
  readonly actor: EventActor;
  readonly submitterId: string;
  /** The area this installation answers for: what cannot be placed below it stands at least there. */
  readonly home: Place;
  readonly organizations: ReadonlyMap<string, string>;
  readonly now: string;
}

/** The limit a row came with, as a clock that has nothing left to say: late or not is the file's fact. */
const importedClock = (context: Context, row: Row): ClockState | undefined => {
  if (!row.dueAt) return undefined;
  const definition = context.procedure.clocks[context.procedure.lights.overall]!;
  const end = row.closedAt ?? (row.isClosed ? undefined : context.now);
  const late = end !== undefined && end > row.dueAt;
  return {
    clock: context.procedure.lights.overall,
    status: row.isClosed ? 'stopped' : 'running',
    startedAt: row.reportedAt ?? row.dueAt,
    limit: { amount: 0, unit: 'hour' },
    given: row.dueAt,
    extensions: [],
    pauses: [],
    dueAt: row.dueAt,
    provisional: false,
    calendarVersion: 'imported',
    ...(row.isClosed && row.closedAt ? { stoppedAt: row.closedAt } : {}),
    // What the file's system told is not told again; lateness that comes later is.
    told: definition.ladder.filter((rung) => late || row.isClosed || rung.kind !== 'overdue').map((rung) => rung.id),
    ...(late ? { overdueSince: row.dueAt } : {}),
  };
};

const placeOf = (context: Context, row: Row): { place: Place; point?: { lon: number; lat: number } } => {
  if (row.lon === undefined || row.lat === undefined || !context.map.point) return { place: context.home };
  const datum = context.map.point.datum.toUpperCase() as 'WGS84' | 'GCJ02' | 'BD09';
  const [lon, lat] = positionToWgs84([row.lon, row.lat], datum);
  const point = { lon, lat };
  const place = context.deps.places.resolve(point);
  return { place: place.cityId ? place : context.home, point };
};

const categoryOf = (context: Context, row: Row) => {
  if (!row.category || !context.map.category) return undefined;
  for (const id of categoryPath(context.map.category.scheme, row.category).reverse()) {
    const known = context.deps.directory.category(id);
    if (known) return known;
  }
  return undefined;
};

interface Made {
  readonly record: CaseRecord;
  readonly event: ChainedEvent;
  readonly clock?: ClockState;
  readonly keys: ImportedKeys;
}

const make = (context: Context, row: Row, sameAs: string | undefined): Made => {
  const { deps, map, procedure, now } = context;
  const { place, point } = placeOf(context, row);
  const category = categoryOf(context, row);
  const lead = row.department ? context.organizations.get(row.department) : undefined;
  const channel = map.channel ?? 'import';
  const receiving = deps.directory.receiving(procedure.receivedBy, 'import', place);
  const clock = importedClock(context, row);
  const stage = row.isClosed ? 'closed' : 'accepted';
  const { event, state } = fileCase(
    procedure,
    {
      caseId: row.caseId,
      facts: { reporterReachable: false, answered: row.isClosed },
      areaIds: [place.cityId, place.districtId, place.townId, place.communityId, place.gridId, ...place.overlayIds].filter(
        (id) => id !== undefined,
      ),
      ...(receiving ? { receivingOrganizationId: receiving } : {}),
      ...(category ? { categoryId: category.categoryId, categoryVersion: category.version } : {}),
      reporterIds: [],
      occurredAt: row.reportedAt ?? now,
      codes: {
        channel,
        sourceSystem: map.sourceSystem,
        ...(row.reportedAt ? {} : { dateUnknown: true }),
        ...(row.closedAt ? { closedAt: row.closedAt } : {}),
        ...(lead ? { leadOrganizationId: lead } : {}),
      },
      content: {
        text: row.text,
        ...(row.address ? { address: row.address } : {}),
        ...(row.department ? { department: row.department } : {}),
        ...(row.category ? { category: row.category.join(' / ') } : {}),
        ...(row.reply ? { reply: row.reply } : {}),
      },
      imported: { stage, ...(clock ? { clocks: [clock] } : {}) },
    },
    context.actor,
    { now, calendar: deps.calendar() },
  );
  const [chained] = chain(deps.crypto, row.caseId, firstHead, [event satisfies NewEvent], now);
  // Closed on a day the file does not tell: the last day it does tell stands for it. Nobody is found late by that (importedClock).
  const touched = row.closedAt ?? row.reportedAt ?? now;
  const record = filedRow(
    procedure,
    state,
    derivedColumns(procedure, state, chained!, caseLight(procedure, state, now), row.isClosed ? touched : null),
    {
      source_system: map.sourceSystem,
      source_number: row.sourceNumber ?? null,
      source_department: row.department && !lead ? row.department.slice(0, 120) : null,
      channel,
      demand_kind: row.demandKind ?? null,
      title: maskedTitle(row.text),
      ...spotColumns(place, point),
      imported: true,
      submitter_id: context.submitterId,
      payload_digest: row.digest,
      reported_at: row.reportedAt ?? null,
      created_at: now,
      updated_at: touched < now ? touched : now,
    },
  );
  return {
    record,
    event: chained!,
    ...(clock ? { clock } : {}),
    keys: { caseId: row.caseId, sourceNumber: row.key, digest: row.digest, textDigest: row.textDigest, ...(sameAs ? { sameAs } : {}) },
  };
};

interface Counts {
  read: number;
  imported: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  linked: number;
}

type Known = Row | { readonly digest: Buffer; readonly case_id: string };

/** Judges a batch against what is known and against itself: the first row under a key stands; equal ones repeat it, others conflict. */
const judge = (
  rows: readonly Row[],
  known: ReadonlyMap<string, Known>,
  counts: Counts,
  rejects: Rejects,
  onConflict: ImportOptions['onConflict'],
): Row[] => {
  const fresh = new Map<string, Row>();
  for (const row of rows) {
    const before = known.get(row.key) ?? fresh.get(row.key);
    if (!before) fresh.set(row.key, row);
    else if (before.digest.equals(row.digest)) counts.duplicates += 1;
    else {
      counts.conflicts += 1;
      onConflict?.({
        line: row.line,
        key: row.key,
        now: contentOf(row),
        before: 'case_id' in before ? { caseId: before.case_id } : { line: before.line, content: contentOf(before) },
      });
      rejects.add({
        line: row.line,
        code: 'conflict',
        note: `${before.digest.toString('hex').slice(0, 12)} ≠ ${row.digest.toString('hex').slice(0, 12)}`,
        raw: row.raw,
      });
    }
  }
  return [...fresh.values()];
};

const writeBatch = async (
  deps: Deps,
  scope: Scope,
  map: CaseMap,
  rows: readonly Row[],
  counts: Counts,
  rejects: Rejects,
  /** Keys a dry run has judged so far: it writes none that could be looked up. */
  rehearsed: Map<string, Row> | undefined,
  onConflict: ImportOptions['onConflict'],
): Promise<void> => {
  demand(scope.actor, 'case.import');
  const stored = await findSources(scope.tx, map.sourceSystem, [...new Set(rows.map((row) => row.key))]);
  const known = rehearsed ? new Map<string, Known>([...rehearsed, ...stored]) : stored;
  const fresh = judge(rows, known, counts, rejects, onConflict);
  for (const row of fresh) rehearsed?.set(row.key, row);
  if (fresh.length === 0) return;
  const same = await findSameTexts(
    scope.tx,
    fresh.map((row) => row.textDigest),
  );
  const post = scope.actor.posts.find((held) => held.capabilities.includes('case.import'))!;
  const context: Context = {
    deps,
    map,
    procedure: deps.procedures.latest('order')!,
    actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
    submitterId: scope.actor.personId!,
    home: deps.places.ofArea(post.areaId) ?? { overlayIds: [] },
    organizations: await findOrganizationNames(scope.tx),
    now: deps.clock.now().toISOString(),
  };
  const made = fresh.map((row) => {
    const hex = row.textDigest.toString('hex');
    const sameAs = same.get(hex);
    if (!sameAs) same.set(hex, row.caseId);
    return make(context, row, sameAs);
  });
  counts.imported += made.length;
  counts.linked += made.filter((one) => one.keys.sameAs).length;
  if (rehearsed) return;
  const opened = await openFilings(
    scope.tx,
    fresh.map((row) => row.caseId),
  );
  if (opened.size !== fresh.length) throw invalid('importKeyLost');
  const clocks = made.flatMap((one) => (one.clock ? [{ caseId: one.record.case_id, clock: one.clock }] : []));
  await scope.commitWith((client) => [
    sendCases(
      client,
      made.map((one) => one.record),
    ),
    sendEvents(
      client,
      made.map((one) => one.event),
    ),
    sendKeys(
      client,
      map.sourceSystem,
      made.map((one) => one.keys),
      context.now,
    ),
    ...(clocks.length ? [sendImportedClocks(client, clocks)] : []),
  ]);
};

const assertColumns = (map: CaseMap | CategoryMap, table: Table): void => {
  const needed =
    map.kind === 'categories'
      ? map.levels
      : [
          ...map.text,
          map.sourceNumber,
          map.reportedAt?.column,
          map.dueAt?.column,
          map.closedAt?.column,
          map.department,
          map.reply,
          map.point?.lon,
          map.point?.lat,
          ...(map.category?.columns ?? []),
          ...(map.address ?? []),
        ];
  const missing = needed.filter((column): column is string => column !== undefined && !table.header.includes(column));
  if (missing.length > 0) throw invalid('columnMissing', { column: missing.join(', ') });
};

const progressOf = (table: Table, { read }: Counts) => ({ rows: read, share: Math.min(1, table.position() / table.bytes) });

/** A zone that is none would make every date of the table unfit. */
const assertZones = (map: CaseMap): void => {
  for (const { zone } of [map.reportedAt, map.dueAt, map.closedAt].filter((column) => column !== undefined))
    if (zone !== undefined && !IANAZone.isValidZone(zone)) throw invalid('unknownZone', { zone });
};

/**
 * Imports a table of cases under the import service's post: every row is imported, a duplicate, a conflict or rejected, and counted. Original
 * dates are kept, no clock starts, nobody is told. Batches commit whole, so a kill at any row loses nothing: run it again.
 */
export const importCases = async (deps: Deps, who: Who, file: string, options: ImportOptions): Promise<ImportResult> => {
  const { map, dryRun = false, onProgress = () => {}, signal } = options;
  assertZones(map);
  const table = await openTable(file);
  assertColumns(map, table);
  const folder = options.rejectsFolder ?? join(deps.config.dataDir, 'rejects');
  const counts: Counts = { read: 0, imported: 0, duplicates: 0, conflicts: 0, rejected: 0, linked: 0 };
  let batch: Row[] = [];
  const rehearsed = dryRun ? new Map<string, Row>() : undefined;
  const flush = async (rejects: Rejects): Promise<void> => {
    const rows = batch;
    batch = [];
    if (rows.length > 0)
      await withScope(deps.pools.app, who, (scope) => writeBatch(deps, scope, map, rows, counts, rejects, rehearsed, options.onConflict));
    onProgress(progressOf(table, counts));
  };
  const taken = await withRejects(folder, file, table.header, async (rejects) => {
    for await (const read of table.rows) {
      if (signal?.aborted) break;
      counts.read += 1;
      const row = 'row' in read ? prepare(map, read) : read.reject;
      if (typeof row === 'string') {
        counts.rejected += 1;
        options.onReject?.({ line: 'row' in read ? read.row.line : read.line, code: row });
        rejects.add(
          'row' in read
            ? { line: read.row.line, code: row, raw: Object.values(read.row.cells) }
            : { line: read.line, code: row, raw: read.raw },
        );
      } else batch.push(row);
      if (batch.length >= BATCH) await flush(rejects);
    }
    await flush(rejects);
    return counts;
  });
  return { ...taken, ...(signal?.aborted ? { interrupted: true as const } : {}) };
};

/** Imports a table of categories, one row a path of levels. By the maintenance role. */
export const importCategories = async (
  deps: Deps,
  file: string,
  map: CategoryMap,
  onProgress: OnProgress = () => {},
): Promise<ImportResult & { categories: number }> => {
  const table = await openTable(file);
  assertColumns(map, table);
  const folder = join(deps.config.dataDir, 'rejects');
  const counts: Counts = { read: 0, imported: 0, duplicates: 0, conflicts: 0, rejected: 0, linked: 0 };
  const found = new Map<string, NewCategory & { row: number }>();
  let row = 0;
  return withRejects(folder, file, table.header, async (rejects) => {
    for await (const read of table.rows) {
      counts.read += 1;
      row += 1;
      const path = 'row' in read ? categoriesOf(map, read.row) : read.reject;
      if (typeof path === 'string') {
        counts.rejected += 1;
        rejects.add(
          'row' in read
            ? { line: read.row.line, code: path, raw: Object.values(read.row.cells) }
            : { line: read.line, code: read.reject, raw: read.raw },
        );
      } else for (const category of path) if (!found.has(category.id)) found.set(category.id, { ...category, row });
      if (row % BATCH === 0) onProgress(progressOf(table, counts));
    }
    onProgress(progressOf(table, counts));
    const day = deps.clock.now().toISOString().slice(0, 10);
    const added = await withTransaction(deps.pools.maintenance, (tx) => insertCategories(tx, map.scheme, [...found.values()], day));
    // A row was imported when it brought a category that nobody knew; otherwise it repeats one.
    counts.imported = new Set([...added].map((id) => found.get(id)!.row)).size;
    counts.duplicates = counts.read - counts.rejected - counts.imported;
    return { ...counts, categories: added.size };
  });
};
