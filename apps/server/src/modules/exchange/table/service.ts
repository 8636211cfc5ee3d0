import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { suggestMap } from '@tongxin/domain/import/rules.ts';
import { type CaseMap, REJECT_SENTENCES } from '@tongxin/domain/import/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { demand } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound, Problem } from '../../../platform/errors/problem.ts';
import { readSealed, removeSealed, sealedWriter } from '../../../platform/files/sealed-stream.ts';
import { type JobCall, type JobEnd, type JobKind, type JobRow, startJob } from '../../../platform/jobs/jobs.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { prove, type Scope, type Who, withScope, withTransaction } from '../../../platform/tx/tx.ts';
import { type ImportConflict, importCases, openTable, type RowContent } from '../../import/index.ts';
import { inFolder } from '../folder/service.ts';
import { countUploads, findFiled, findMap, findUpload, insertUpload, saveMap, sweepUploadRows } from './repo.ts';

/** Largest table taken on screen; larger ones are for the command line, which reads them from the disk. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;
const MOST_UPLOADS = 10;
/** Rows shown of what was not taken; all of them stand in the file. */
const SHOWN = 50;
const SAMPLES = 5;
const DAY_MS = 86_400_000;

const uploadPlace = (id: string): string => `upload:${id}`;
const namePlace = (id: string): string => `upload-name:${id}`;
const headerDigest = (header: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(header), 'utf8').digest();

const importingPost = (scope: Scope) => scope.actor.posts.find((post) => post.capabilities.includes('case.import'))!;

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
  readonly map?: CaseMap;
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
export const takeTable = async (deps: Deps, who: Who, id: string, bytes: Buffer, name: string): Promise<Inspection> => {
  await prove(deps.pools.app, who);
  if (bytes.length === 0) throw invalid('fileEmpty');
  if (bytes.length > MAX_TABLE_BYTES) throw new Problem(413, 'fileTooLarge', { maxBytes: MAX_TABLE_BYTES });
  const digest = createHash('sha256').update(bytes).digest();
  // Before the table is opened: reading it is work, and only for who may.
  await withScope(deps.pools.app, who, async (scope) => {
    demand(scope.actor, 'case.import');
    const known = await findUpload(scope.tx, id);
    if (known && !known.digest.equals(digest)) throw conflict('idTaken');
    if (!known && (await countUploads(scope.tx)) >= MOST_UPLOADS) throw conflict('tooManyUploads', { most: MOST_UPLOADS });
  });
  const { header, samples } = await look(deps, bytes);
  return withScope(deps.pools.app, who, async (scope) => {
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
    const remembered = await findMap(scope.tx, importingPost(scope).organizationId, headerDigest(header));
    const map = remembered ?? suggestMap(header, systemOf(name));
    return { id, header: [...header], samples, ...(map ? { map } : {}), remembered: remembered !== undefined };
  });
};

export interface NewImport {
  readonly id: string;
  readonly uploadId: string;
  readonly map: CaseMap;
  readonly dryRun: boolean;
}
interface ImportInput extends Omit<NewImport, 'id'> {
  readonly language: Language;
}

/** Starts an import, or a rehearsal of it, of a table that was taken in; the reading is remembered for this header. */
export const startImport = (deps: Deps, who: Who, { id, ...asked }: NewImport, language: Language): Promise<JobRow> =>
  withScope(deps.pools.app, who, async (scope) => {
    demand(scope.actor, 'case.import');
    const upload = await findUpload(scope.tx, asked.uploadId);
    if (!upload) throw notFound();
    await saveMap(scope.tx, importingPost(scope).organizationId, headerDigest(upload.header), asked.map, deps.clock.now().toISOString());
    const input: ImportInput = { ...asked, language };
    return startJob(deps, scope, { id, kind: 'import', input, about: { dryRun: asked.dryRun, system: asked.map.sourceSystem } });
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

const run = async ({ deps, who, input, signal, progress, file }: JobCall): Promise<JobEnd> => {
  const { uploadId, map, dryRun, language } = input as ImportInput;
  const upload = await withScope(deps.pools.app, who, ({ tx }) => findUpload(tx, uploadId));
  if (!upload) throw new Problem(410, 'fileGone');
  return inFolder(deps, async (_write, folder) => {
    const name = deps.crypto.open(upload.name_sealed, namePlace(uploadId)).toString('utf8');
    const path = join(folder, 'table');
    await pipeline(readSealed(deps, uploadPlace(uploadId), { from: 0, to: upload.bytes - 1 }), createWriteStream(path, { mode: 0o600 }));
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
    const detail = { rejected, conflicts: await sideBySide(deps, who, conflicts) };
    if (!rejects || (await stat(rejects)).size === 0) return { result: { ...counts, dryRun }, detail };
    await pipeline(createReadStream(rejects), file());
    return {
      result: { ...counts, dryRun },
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
