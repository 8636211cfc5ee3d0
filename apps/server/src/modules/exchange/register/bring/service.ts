import { MOST_ROWS } from '@tongxin/domain/exchange/register/data.ts';
import { MOST_TAKEN, type Taken } from '@tongxin/domain/exchange/register/schema.ts';
import { isSealed } from '@tongxin/domain/exchange/schema.ts';
import { REJECT_SENTENCES, type RejectCode } from '@tongxin/domain/import/schema.ts';
import { inLanguage } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { problemOf, titleOf } from '../../../../platform/errors/plugin.ts';
import { conflict, invalid } from '../../../../platform/errors/problem.ts';
import { together, type Who } from '../../../../platform/tx/tx.ts';
import { openTable, type Rejects, type Table, withRejects } from '../../../import/index.ts';
import { columnOf, send, VERSIONS } from '../command/service.ts';
import { type Asked, Judge, type MadeAccount, type Refused, type RegisterConflict, type Row } from '../judge/service.ts';
import { digestOf, type Line, openKept } from '../kept/service.ts';
import { findRegister, findRegisterRow } from '../repo.ts';
import { sealedRows } from '../sealed/service.ts';

export interface Bringing extends Asked {
  /** Conflicts in which the table's side is wanted. */
  readonly take: readonly Taken[];
  /** Does and judges everything, keeps nothing. */
  readonly dryRun: boolean;
  readonly rejectsFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** A row that was not taken, and why; where it would have changed what is kept, both sides. */
interface Rejected extends Pick<Refused, 'code' | 'reason'> {
  readonly line: number;
  readonly key?: string;
  readonly fields?: RegisterConflict['fields'];
}

/** read = imported + duplicates + conflicts + rejected; changed is the part of imported that was known. */
export interface Brought {
  readonly read: number;
  readonly imported: number;
  readonly changed: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly rejects: string | null;
  readonly told: {
    readonly rejected: readonly Rejected[];
    readonly conflicts: readonly RegisterConflict[];
    readonly accounts: readonly MadeAccount[];
  };
}

const SHOWN = 50;
const CONFLICT = { zh: '台账里的内容不同，没有改动', en: 'the register has other content; it was not changed' };
const readLines = async (table: Table, onUnread: (line: Omit<Line, 'cells'>, code: RejectCode) => void) => {
  const lines: Line[] = [];
  let n = 0;
  for await (const read of table.rows) {
    n += 1;
    if (n > MOST_ROWS) throw invalid('tooManyRows', { most: MOST_ROWS });
    if ('row' in read) lines.push({ ...read.row, raw: table.header.map((name) => read.row.cells[name] ?? '') });
    else onUnread(read, read.reject);
  }
  return { lines, n };
};

/** Writes rows that come in together inside an open transaction: what is changed must still be what was looked at. */
const write = async (deps: Deps, inside: Who, { map, language }: Asked, judge: Judge, unit: readonly Row[]): Promise<void> => {
  const { register } = map;
  const { tx } = inside.within!.scope;
  const [row] = unit;
  const counted = row?.kept ? VERSIONS[register] : undefined;
  const counting = counted && (await send(deps, inside, { route: counted, params: { id: row!.id } }, language));
  for (const { kept, id } of unit) {
    if (!kept || register === 'people') continue;
    const now = isSealed(register)
      ? (await sealedRows(deps, inside, register, map.language)).find((one) => one.id === id)
      : await findRegisterRow(tx, register, id);
    if (!now || digestOf(register, now, map.language) !== digestOf(register, kept, map.language)) throw conflict('changedMeanwhile');
  }
  const standing = register === 'calendarDays' ? (await findRegister(tx, register)).filter((kept) => judge.isOfWhole(row!, kept)) : [];
  const version = (counting as { version: number } | undefined)?.version;
  for (const command of judge.commandsOf(unit, { ...(version === undefined ? {} : { version }), standing }))
    await send(deps, inside, command, language);
};

/** Brings rows in that come together, or rehearses them with what they rest on and undoes them. Answers why not, where they may not be. */
const bring = async (deps: Deps, who: Who, asked: Bringing, judge: Judge, unit: readonly Row[]): Promise<Refused | undefined> => {
  const { dryRun, language, map } = asked;
  const [row] = unit;
  try {
    await together(deps.pools.app, who, dryRun, async (inside) => {
      if (dryRun) for (const one of judge.chain(row!).slice(0, -1)) await write(deps, inside, asked, judge, [one]);
      await write(deps, inside, asked, judge, unit);
    });
    if (!dryRun) for (const one of unit) judge.settled(one);
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    // Not the rows' fault: the job is tried again.
    if (problem.status >= 500) throw error;
    const column = problem.code === 'invalidInput' ? columnOf(map.register, String(problem.params.field ?? '')) : undefined;
    return column ? judge.unread({ code: 'cellUnfit', field: column.id }) : { code: problem.code, reason: titleOf(problem, language) };
  }
};

interface Told {
  readonly rejected: Rejected[];
  readonly conflicts: RegisterConflict[];
  readonly accounts: MadeAccount[];
}

/**
 * Brings a table of a register in as the person who asks: every row is what the form on the screen would send, judged by the same route, rules
 * and policies, logged where the form is logged. Every row is imported, a duplicate, a conflict or rejected, and counted. With `dryRun` each is
 * done and undone. Conflicts are changed only where `take` names them as they were looked at.
 */
export const bringRegister = async (deps: Deps, who: Who, file: string, asked: Bringing): Promise<Brought> => {
  const { map, take, dryRun, language, signal, onProgress } = asked;
  const table = await openTable(file);
  const { header } = table;
  const counts = { read: 0, imported: 0, changed: 0, duplicates: 0, conflicts: 0, rejected: 0 };
  const told: Told = { rejected: [], conflicts: [], accounts: [] };
  const work = async (rejects: Rejects): Promise<typeof counts> => {
    const refuse = ({ line, raw }: Omit<Line, 'cells'>, { code, reason, sides }: Refused): void => {
      counts.rejected += 1;
      if (told.rejected.length < SHOWN)
        told.rejected.push({ line, code, reason, ...(sides ? { key: sides.key, fields: sides.fields } : {}) });
      rejects.add({ line, code, reason, raw });
    };
    const { lines, n } = await readLines(table, (line, code) =>
      refuse(line, { code, reason: inLanguage(REJECT_SENTENCES[code], language) }),
    );
    counts.read = n;
    const judge = new Judge(asked, await openKept(deps, who, map, lines), lines);
    // Reference data is read again once at the end, not after each row.
    const quiet: Deps = { ...deps, reload: async () => {} };
    const wanted = new Map(take.map((one) => [one.line, one.kept]));
    const oppose = (row: Row, conflicting: RegisterConflict): void => {
      counts.conflicts += 1;
      if (told.conflicts.length < MOST_TAKEN) told.conflicts.push(conflicting);
      rejects.add({ line: row.line, code: 'conflict', reason: inLanguage(CONFLICT, language), raw: row.raw });
    };
    const tell = (row: Row): void => {
      if (map.register === 'people' && !dryRun) told.accounts.push(judge.accountOf(row));
    };
    const first = new Map<string, Row>();
    const rows: Row[] = [];
    for (const line of lines) {
      const row = judge.row(line);
      if ('reason' in row) refuse(line, row);
      else {
        const earlier = first.get(judge.nameOf(row));
        if (!earlier) {
          first.set(judge.nameOf(row), row);
          rows.push(row);
        } else if (canonical(earlier.read as never) === canonical(row.read as never)) counts.duplicates += 1;
        else oppose(row, judge.conflictOf(row, earlier));
      }
    }
    const hasUnread = counts.rejected > 0;
    let done = 0;
    for (const unit of judge.units(rows)) {
      signal.throwIfAborted();
      const written: { row: Row; conflicting: RegisterConflict | undefined; isWanted: boolean }[] = [];
      for (const row of unit) {
        const conflicting = row.kept && judge.changes(row).length > 0 ? judge.conflictOf(row) : undefined;
        const isWanted = conflicting !== undefined && wanted.get(row.line) === conflicting.kept;
        if (row.kept && !conflicting) {
          if (judge.wasMadeHere(row)) {
            counts.imported += 1;
            tell(row);
          } else counts.duplicates += 1;
        } else if (conflicting && !dryRun && !isWanted) oppose(row, conflicting);
        else written.push({ row, conflicting, isWanted });
      }
      const asWritten = written.map(({ row }) => row);
      const refused = written.length
        ? (judge.lacks(asWritten, hasUnread) ?? (await bring(quiet, who, asked, judge, asWritten)))
        : undefined;
      for (const { row, conflicting, isWanted } of written) {
        if (refused) refuse(row, conflicting ? { ...refused, sides: conflicting } : refused);
        else if (conflicting && !isWanted) oppose(row, conflicting);
        else {
          counts.imported += 1;
          if (row.kept) counts.changed += 1;
          if (!row.personId) tell(row);
        }
      }
      done += unit.length;
      onProgress(done, rows.length);
    }
    told.rejected.sort((a, b) => a.line - b.line);
    told.conflicts.sort((a, b) => a.line - b.line);
    return counts;
  };
  try {
    return { ...(await withRejects(asked.rejectsFolder, file, header, work)), told };
  } finally {
    if (!dryRun) await deps.reload();
  }
};
