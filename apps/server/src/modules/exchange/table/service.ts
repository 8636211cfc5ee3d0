import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import { IMPORTS } from '@tongxin/domain/exchange/register/data.ts';
import { lackingKeys, suggestRegisterMap } from '@tongxin/domain/exchange/register/rules.ts';
import type { RegisterMap, Taken } from '@tongxin/domain/exchange/register/schema.ts';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { suggestMap } from '@tongxin/domain/import/rules.ts';
import { type CaseMap, REJECT_SENTENCES } from '@tongxin/domain/import/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import type { Capability } from '@tongxin/domain/post/policy.ts';
import { demand } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound, Problem } from '../../../platform/errors/problem.ts';
import { readSealed, removeSealed, sealedWriter } from '../../../platform/files/sealed-stream.ts';
import { type JobCall, type JobEnd, type JobKind, type JobRow, startJob } from '../../../platform/jobs/jobs.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../../platform/tx/tx.ts';
import { type ImportConflict, importCases, openTable, type RowContent } from '../../import/index.ts';
import { inFolder } from '../folder/service.ts';
import { bringRegister } from '../register/bring/service.ts';
import { findFiled, findMap, findUpload, insertUpload, letGoOfOldest, saveMap, sweepUploadRows } from './repo.ts';

/** Largest table taken on screen; larger ones are for the command line, which reads them from the disk. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;
/** Tables of one person that are kept at a time: another one takes the place of the oldest. */
const MOST_UPLOADS = 10;
/** Rows shown of what was not taken; all of them stand in the file. */
const SHOWN = 50;
const SAMPLES = 5;
const DAY_MS = 86_400_000;

const uploadPlace = (id: string): string => `upload:${id}`;
const namePlace = (id: string): string => `upload-name:${id}`;
/** What a table is brought in as. */
export type TableKind = 'cases' | ImportRegister;
export type TableMap = CaseMap | RegisterMap;
const kindOf = (map: TableMap): TableKind => (map.kind === 'cases' ? 'cases' : map.register);

/** Under which a reading is remembered: the header, and what it was read as. */
const headerDigest = (header: readonly string[], kind: TableKind): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(kind === 'cases' ? header : [kind, ...header]), 'utf8')
    .digest();

const neededFor = (kind: TableKind): Capability => (kind === 'cases' ? 'case.import' : IMPORTS[kind].capability);
/** The post by which somebody brings such a table in. Throws 403 `missingCapability`. */
const importingPost = ({ actor }: Scope, kind: TableKind): HeldPost => {
  const capability = neededFor(kind);
  demand(actor, capability);
  return actor.posts.find((post) => post.capabilities.includes(capability))!;
};

/** A name for where numbers come from, made of a file's name where it is fit for one. */
const systemOf = (name: string): string => {
  const stem = basename(name, extname(name))
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, '-')
    .replace(/^[^a-z0-9]+/u, '')
    .slice(0, 40);
  return stem.length >= 2 ? stem : 'table';
};

export interface Inspection {
  readonly id: string;
  readonly header: string[];
  readonly samples: string[][];
  readonly map?: TableMap;
  /** The reading is how this body read the same header before. */
  readonly remembered: boolean;
}

const look = async (deps: Deps, bytes: Buffer): Promise<{ header: readonly string[]; samples: string[][] }> =>
  inFolder(deps, async (write) => {
    const table = await openTable(await write('table', bytes));
    const samples: string[][] = [];
    for await (const read of table.rows) {
      if ('row' in read) samples.push(table.header.map((name) => (read.row.cells[name] ?? '').slice(0, 200)));
      if (samples.length >= SAMPLES) break;
    }
    return { header: table.header, samples };
  });

/** Takes a table in: reads its header and first rows, and how they were read the last time, else a guess. The same id again is the same table. */
export const takeTable = async (
  deps: Deps,
  who: Who,
  { id, kind, name, bytes }: { id: string; kind: TableKind; name: string; bytes: Buffer },
): Promise<Inspection> => {
  const digest = createHash('sha256').update(bytes).digest();
  // Before the table is opened: reading it is work, and only for who may.
  await withScope(deps.pools.app, who, async (scope) => {
    importingPost(scope, kind);
    if (bytes.length === 0) throw invalid('fileEmpty');
    if (bytes.length > MAX_TABLE_BYTES) throw new Problem(413, 'fileTooLarge', { maxBytes: MAX_TABLE_BYTES });
    const known = await findUpload(scope.tx, id);
    if (known && !known.digest.equals(digest)) throw conflict('idTaken');
  });
  const { header, samples } = await look(deps, bytes);
  return withScope(deps.pools.app, who, async (scope) => {
    for (const old of await letGoOfOldest(scope.tx, MOST_UPLOADS - 1, id)) await removeSealed(deps, uploadPlace(old.upload_id), old.bytes);
    if (!(await findUpload(scope.tx, id))) {
      await insertUpload(scope.tx, {
        upload_id: id,
        personId: scope.actor.personId!,
        name_sealed: deps.crypto.seal(name.slice(0, 200), namePlace(id)),
        bytes: bytes.length,
        digest,
        header,
        now: deps.clock.now().toISOString(),
      });
      await removeSealed(deps, uploadPlace(id));
      const out = sealedWriter(deps, uploadPlace(id));
      await pipeline([bytes], out);
    }
    const remembered = await findMap(scope.tx, importingPost(scope, kind).organizationId, headerDigest(header, kind));
    const map = remembered ?? (kind === 'cases' ? suggestMap(header, systemOf(name)) : suggestRegisterMap(kind, header));
    return { id, header: [...header], samples, ...(map ? { map } : {}), remembered: remembered !== undefined };
  });
};

export interface NewImport {
  readonly id: string;
  readonly uploadId: string;
  readonly map: TableMap;
  readonly dryRun: boolean;
  /** Of a register: conflicts in which the table's side is taken. */
  readonly take?: readonly Taken[];
}
interface ImportInput extends Omit<NewImport, 'id'> {
  readonly language: Language;
}

/** A reading by which rows are known, of columns there are: no other is remembered. Throws 422 `keyUnmapped`, `columnMissing`. */
const assertFit = (map: RegisterMap, header: readonly string[]): void => {
  const lacking = lackingKeys(map);
  if (lacking.length) throw invalid('keyUnmapped', { columns: lacking.join(', ') });
  const missing = Object.values(map.columns).filter((name) => !header.includes(name));
  if (missing.length) throw invalid('columnMissing', { column: missing.join(', ') });
};

/** Starts an import, or a rehearsal of it, of a table that was taken in; the reading is remembered for this header. */
export const startImport = (deps: Deps, who: Who, { id, ...asked }: NewImport, language: Language): Promise<JobRow> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { map, dryRun } = asked;
    const kind = kindOf(map);
    const { organizationId } = importingPost(scope, kind);
    const upload = await findUpload(scope.tx, asked.uploadId);
    if (!upload) throw notFound();
    if (map.kind === 'register') assertFit(map, upload.header);
    await saveMap(scope.tx, organizationId, headerDigest(upload.header, kind), map, deps.clock.now().toISOString());
    const input: ImportInput = { ...asked, language };
    const about = { dryRun, ...(map.kind === 'cases' ? { system: map.sourceSystem } : { register: map.register }) };
    return startJob(deps, scope, { id, kind: 'import', input, about });
  });

const FIELDS = ['text', 'category', 'department', 'address', 'reply', 'reportedAt', 'dueAt', 'closedAt'] as const;

interface Side {
  readonly number?: string;
  readonly line?: number;
  readonly content: RowContent;
}

/** What the case says that a row would change, as the caller may read it; nothing of a case out of sight. */
const filedSides = async (deps: Deps, who: Who, caseIds: readonly string[]): Promise<Map<string, Side>> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findFiled(tx, caseIds);
    return new Map(
      rows.map((row) => {
        const words = (row.sealed ? openContent(deps.crypto, row.case_id, 1, row.sealed) : {}) as Record<string, unknown>;
        const said = Object.fromEntries(FIELDS.flatMap((field) => (typeof words[field] === 'string' ? [[field, words[field]]] : [])));
        return [
          row.case_id,
          {
            number: row.number,
            content: {
              ...said,
              ...(row.reported_at ? { reportedAt: row.reported_at.toISOString() } : {}),
              ...(row.overall_due_at ? { dueAt: row.overall_due_at.toISOString() } : {}),
              ...(row.ended_at ? { closedAt: row.ended_at.toISOString() } : {}),
            } as RowContent,
          },
        ];
      }),
    );
  });

/** Conflicts for the screen: each field that differs, as it is kept and as the table has it. */
const sideBySide = async (deps: Deps, who: Who, conflicts: readonly ImportConflict[]) => {
  const sides = await filedSides(
    deps,
    who,
    conflicts.flatMap(({ before }) => ('caseId' in before ? [before.caseId] : [])),
  );
  return conflicts.map(({ line, key, now, before }) => {
    const kept: Side | undefined = 'caseId' in before ? sides.get(before.caseId) : before;
    return {
      line,
      key: key.startsWith('sha256:') ? '' : key,
      ...('caseId' in before && kept ? { caseId: before.caseId, number: kept.number } : {}),
      ...('line' in before ? { earlierLine: before.line } : {}),
      seen: kept !== undefined,
      fields: FIELDS.flatMap((field) =>
        kept && kept.content[field] !== now[field]
          ? [{ field, before: kept.content[field]?.slice(0, 1000) ?? '', now: now[field]?.slice(0, 1000) ?? '' }]
          : kept
            ? []
            : [{ field, before: '', now: now[field]?.slice(0, 1000) ?? '' }],
      ).filter((one) => one.before || one.now),
    };
  });
};

interface Ended {
  readonly counts: Readonly<Record<string, unknown>>;
  readonly detail: unknown;
  /** Path of the rows that were not taken. */
  readonly rejects: string | null;
}

const importTheCases = async (call: JobCall, path: string, folder: string, map: CaseMap): Promise<Ended> => {
  const { deps, who, signal, progress } = call;
  const { dryRun, language } = call.input as ImportInput;
  const rejected: { line: number; code: string; reason: string }[] = [];
  const conflicts: ImportConflict[] = [];
  const result = await importCases(deps, who, path, {
    map,
    dryRun,
    rejectsFolder: folder,
    signal,
    onProgress: ({ rows, share }) => progress(rows, share > 0 ? Math.max(rows, Math.round(rows / share)) : undefined),
    onReject: ({ line, code }) => {
      if (rejected.length < SHOWN) rejected.push({ line, code, reason: inLanguage(REJECT_SENTENCES[code], language) });
    },
    onConflict: (one) => {
      if (conflicts.length < SHOWN) conflicts.push(one);
    },
  });
  signal.throwIfAborted();
  progress(result.read, result.read);
  const { rejects, interrupted: _, ...counts } = result;
  return { counts, rejects, detail: { rejected, conflicts: await sideBySide(deps, who, conflicts) } };
};

const importTheRegister = async (call: JobCall, path: string, folder: string, map: RegisterMap): Promise<Ended> => {
  const { deps, who, jobId, signal, progress } = call;
  const { dryRun, language, take = [] } = call.input as ImportInput;
  const asked = { jobId, map, take, dryRun, language, rejectsFolder: folder, signal, onProgress: progress };
  const { rejects, told, ...counts } = await bringRegister(deps, who, path, asked);
  return { counts, rejects, detail: told };
};

const run = async (call: JobCall): Promise<JobEnd> => {
  const { deps, who, file } = call;
  const { uploadId, map, dryRun, language } = call.input as ImportInput;
  const upload = await withScope(deps.pools.app, who, ({ tx }) => findUpload(tx, uploadId));
  if (!upload) throw new Problem(410, 'fileGone');
  return inFolder(deps, async (_write, folder) => {
    const name = deps.crypto.open(upload.name_sealed, namePlace(uploadId)).toString('utf8');
    const path = join(folder, 'table');
    await pipeline(readSealed(deps, uploadPlace(uploadId), { from: 0, to: upload.bytes - 1 }), createWriteStream(path, { mode: 0o600 }));
    const { counts, detail, rejects } = await (map.kind === 'cases'
      ? importTheCases(call, path, folder, map)
      : importTheRegister(call, path, folder, map));
    const result = { ...counts, dryRun };
    if (!rejects || (await stat(rejects)).size === 0) return { result, detail };
    await pipeline(createReadStream(rejects), file());
    return {
      result,
      detail,
      file: {
        name: `${basename(name, extname(name)).slice(0, 80)}-${language === 'zh' ? '未导入' : 'rejects'}.csv`,
        type: 'text/csv; charset=utf-8',
      },
    };
  });
};

export const importJob: JobKind = { name: 'import', run };

/** Lets go of tables that were taken in more than two days ago: rows and bytes. */
export const sweepTables = async (deps: Deps): Promise<number> => {
  const before = new Date(deps.clock.now().getTime() - 2 * DAY_MS).toISOString();
  const gone = await withTransaction(deps.pools.maintenance, (tx) => sweepUploadRows(tx, before));
  for (const { upload_id: id, bytes } of gone) await removeSealed(deps, uploadPlace(id), bytes);
  return gone.length;
};
