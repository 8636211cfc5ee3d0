import { createHash } from 'node:crypto';
import { COLUMNS } from '@tongxin/domain/exchange/data.ts';
import { IMPORTS } from '@tongxin/domain/exchange/register/data.ts';
import {
  asValue,
  differing,
  type Find,
  importColumns,
  keyOf,
  lackingOf,
  readRow,
  sameValue,
  wasUnread,
  wholeOf,
} from '@tongxin/domain/exchange/register/rules.ts';
import { type RegisterMap, UNREAD_SENTENCES, type Unread, type Value, type Values } from '@tongxin/domain/exchange/register/schema.ts';
import { csvCell } from '@tongxin/domain/exchange/rules.ts';
import type { Column, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { type Datum, positionToWgs84 } from '../../../area/index.ts';
import { type Command, commandsOf, type Writing } from '../command/service.ts';
import { announce, digestOf, type KeptRegister, type Line, listKey, valuesOf } from '../kept/service.ts';
import type { RegisterRow } from '../repo.ts';
import { inWords } from '../service.ts';

/** Both sides of a row that is known with other content; only the columns that differ. */
export interface RegisterConflict {
  readonly line: number;
  readonly key: string;
  readonly earlierLine?: number;
  readonly seen: true;
  /** Of what is kept: says what was looked at when somebody takes the table's side. Absent where a table contradicts itself. */
  readonly kept?: string;
  readonly fields: readonly { readonly field: string; readonly before: string; readonly now: string }[];
}

/** An account that was made. Its first password is told from its command to whoever started the job, and stands nowhere. */
export interface MadeAccount {
  readonly line: number;
  readonly username: string;
  readonly personId: string;
  readonly commandId: string;
}

export interface Row extends Line {
  readonly id: string;
  readonly read: Values;
  readonly kept?: RegisterRow;
  readonly personId?: string;
  readonly list?: string;
  /** The line that makes what this one refers to. */
  readonly after?: number;
}
export interface Refused {
  readonly code: string;
  readonly reason: string;
  /** Where the row is known with other content: what is kept, and what the table says. */
  readonly sides?: RegisterConflict;
}

/** An id that follows from the job and what it is for: a job that is begun again makes the same rows by the same commands. */
const idFrom = (...parts: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join(':'), 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const DATUMS = { wgs84: 'WGS84', gcj02: 'GCJ02', bd09: 'BD09' } as const satisfies Record<string, Datum>;

/** Coordinates of a row in WGS-84. */
const onEarth = (read: Values, datum: RegisterMap['datum']): Values => {
  const { lon, lat } = read;
  if (!datum || typeof lon !== 'number' || typeof lat !== 'number') return read;
  const [x, y] = positionToWgs84([lon, lat], DATUMS[datum]);
  return { ...read, lon: x, lat: y };
};

export interface Asked {
  readonly jobId: string;
  readonly map: RegisterMap;
  /** Of whoever asks: in it reasons and sides are told. */
  readonly language: Language;
}

/** Reads and judges the lines of a table against a register as it stands. */
export class Judge {
  readonly #asked: Asked;
  readonly #register: ImportRegister;
  readonly #kept: KeptRegister;
  readonly #byId: ReadonlyMap<string, RegisterRow>;
  readonly #byKey = new Map<string, RegisterRow[]>();
  readonly #people = new Map<string, string>();
  readonly #made: ReadonlyMap<string, number>;
  readonly #rows = new Map<number, Row>();
  readonly #newPeople = new Map<string, number>();
  /** The column by which a line says that its row is gone. */
  readonly #gone: string | undefined;

  constructor(asked: Asked, kept: KeptRegister, lines: readonly Line[]) {
    this.#asked = asked;
    this.#register = asked.map.register;
    this.#kept = kept;
    this.#gone = importColumns(this.#register).find(({ gone }) => gone)?.id;
    this.#byId = new Map(kept.kept.flatMap((row) => (typeof row.id === 'string' ? [[row.id, row] as const] : [])));
    for (const row of kept.kept) {
      const key = keyOf(this.#register, valuesOf(this.#register, row, asked.map.language));
      if (key !== undefined) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), row]);
      if (row.username) this.#people.set(String(row.username), String(row.personId));
    }
    this.#made = announce(kept, asked.map, lines, (line) => this.#key(line, 'id'));
  }

  #key(line: number, what: string): string {
    return idFrom('register', this.#asked.jobId, line, what);
  }

  readonly #find: Find = (column, words, row) =>
    this.#kept.references.find(column.refers!, words, column.refers === 'post' ? String(row.organization ?? '') : undefined);

  /** A reason in words. */
  unread({ code, field }: Unread): Refused {
    const label = COLUMNS[this.#register].find(({ id }) => id === field)?.label;
    const { language } = this.#asked;
    return { code, reason: inLanguage(UNREAD_SENTENCES[code], language).replace('{field}', label ? inLanguage(label, language) : field) };
  }

  #saysSo(read: Values): boolean {
    return this.#gone !== undefined && (read[this.#gone] ?? null) !== null;
  }

  /** The row that a line means. One that was taken out is meant only by a line that says so, where none by its name stands. */
  #keptOf(read: Values): RegisterRow | undefined | 'several' {
    const isOver = (row: RegisterRow): boolean => this.#gone !== undefined && (row[this.#gone] ?? null) !== null;
    const saysSo = this.#saysSo(read);
    const known = typeof read.id === 'string' ? this.#byId.get(read.id) : undefined;
    if (known && (saysSo || !isOver(known))) return known;
    const key = keyOf(this.#register, read);
    const all = key === undefined ? [] : (this.#byKey.get(key) ?? []);
    const standing = all.filter((row) => !isOver(row));
    const named = standing.length || !saysSo ? standing : all;
    if (named.length <= 1) return named[0];
    // Of several by one name, the one that agrees in all that never changes.
    const fixed = importColumns(this.#register).filter(({ id, ...column }) => column.in === 'fixed' && id in read);
    const fit = named.filter((row) =>
      fixed.every((column) => sameValue(asValue(column, row[column.id], this.#asked.map.language), read[column.id])),
    );
    return fit.length === 1 ? fit[0] : 'several';
  }

  #listOf(read: Values, kept: RegisterRow | undefined): string | undefined {
    if (this.#register !== 'dutyItems' || kept) return undefined;
    const key = listKey(read);
    if (!this.#kept.lists.has(key)) {
      const ids = [this.#asked.jobId, key] as const;
      this.#kept.lists.set(key, { id: idFrom('list', ...ids), commandId: idFrom('list-made', ...ids), source: String(read.source ?? '') });
    }
    return key;
  }

  /** A line as a row of the register, or why it is none. */
  row(line: Line): Row | Refused {
    const { map } = this.#asked;
    const words = readRow(map, line.cells, this.#find);
    if (wasUnread(words)) return this.unread(words);
    const whole = onEarth(words, map.datum);
    const kept = this.#keptOf(whole);
    // Of what is gone nothing else is told: it is taken out as it stands.
    const read = kept && kept !== 'several' && this.#saysSo(whole) ? { [this.#gone!]: whole[this.#gone!]! } : whole;
    if (kept === 'several') return this.unread({ code: 'rowAmbiguous', field: '' });
    if (kept) {
      const fixed = differing(this.#register, valuesOf(this.#register, kept, map.language), read).find((column) => column.in === 'fixed');
      if (fixed) return { ...this.unread({ code: 'cellFixed', field: fixed.id }), sides: this.conflictOf({ ...line, id: '', read, kept }) };
    }
    const username = String(read.username ?? '');
    const personId = this.#register === 'mediators' ? this.#kept.holders.get(String(read.post)) : this.#people.get(username);
    if (!kept && this.#saysSo(read)) return this.unread({ code: 'rowUnknown', field: '' });
    const lacking = kept ? undefined : lackingOf(this.#register, read);
    if (lacking) return this.unread(lacking);
    if (this.#register === 'people' && !personId && !read.name) return this.unread({ code: 'cellMissing', field: 'name' });
    const before = this.#newPeople.get(username);
    const list = this.#listOf(read, kept);
    const after = before ?? this.#made.get(String(read.parent ?? ''));
    const row: Row = {
      ...line,
      read,
      id: typeof kept?.id === 'string' ? kept.id : this.#register === 'categories' ? String(read.id) : this.#key(line.line, 'id'),
      ...(kept ? { kept } : {}),
      ...(list ? { list } : {}),
      ...(after !== undefined && after !== line.line ? { after } : {}),
      ...((personId ?? before) ? { personId: personId ?? this.#key(before!, 'id') } : {}),
    };
    if (this.#register === 'people' && !personId && before === undefined) this.#newPeople.set(username, line.line);
    this.#rows.set(line.line, row);
    return row;
  }

  /** What tells rows of one table apart: two lines that mean one row. */
  nameOf({ kept, read, line }: Row): string {
    return kept && this.#register !== 'people' ? String(kept.id) : (keyOf(this.#register, read) ?? String(line));
  }

  changes({ kept, read }: Row): readonly Column[] {
    return kept ? differing(this.#register, valuesOf(this.#register, kept, this.#asked.map.language), read) : [];
  }

  /** Whether an attempt of this job, killed later, made the row. */
  wasMadeHere({ kept, line }: Row): boolean {
    return kept?.id === this.#key(line, 'id') || kept?.personId === this.#key(line, 'id');
  }

  accountOf({ line, read }: Row): MadeAccount {
    return { line, username: String(read.username), personId: this.#key(line, 'id'), commandId: this.#key(line, 'make') };
  }

  #words(column: Column, value: Value | undefined): string {
    const { language } = this.#asked;
    const cell = column.type === 'instant' && typeof value === 'string' ? new Date(value) : value;
    return csvCell(inWords(column, cell, language, this.#kept.references), language).slice(0, 1000);
  }

  titleOf(read: Values): string {
    const columns = COLUMNS[this.#register].filter(({ id }) => IMPORTS[this.#register].key.includes(id));
    return columns
      .map((column) => this.#words(column, read[column.id]))
      .join(' · ')
      .slice(0, 200);
  }

  conflictOf(row: Row, earlier?: Row): RegisterConflict {
    const { language } = this.#asked.map;
    const before = earlier ? earlier.read : valuesOf(this.#register, row.kept!, language);
    return {
      line: row.line,
      key: this.titleOf({ ...before, ...row.read }),
      seen: true,
      ...(earlier ? { earlierLine: earlier.line } : { kept: digestOf(this.#register, row.kept!, language) }),
      fields: differing(this.#register, before, row.read).map((column) => ({
        field: column.id,
        before: this.#words(column, before[column.id]),
        now: this.#words(column, row.read[column.id]),
      })),
    };
  }

  /** What rows that are written together ask for; of a whole, `standing` is what there is of it now. */
  commandsOf(
    rows: readonly Row[],
    { version, standing = [] }: { version?: number; standing?: readonly RegisterRow[] },
  ): readonly Command[] {
    return commandsOf(
      this.#register,
      rows.map((row) => this.#writing(row, version)),
      standing,
    );
  }

  #writing(row: Row, version: number | undefined): Writing {
    const { language } = this.#asked.map;
    const values = { ...(row.kept ? valuesOf(this.#register, row.kept, language) : {}), ...row.read };
    const list = row.list ? this.#kept.lists.get(row.list) : row.kept?.listId ? { id: String(row.kept.listId) } : undefined;
    return {
      values,
      read: row.read,
      id: row.id,
      language,
      key: (what) => this.#key(row.line, what),
      ...(row.kept ? { kept: row.kept } : {}),
      ...(version === undefined ? {} : { version }),
      ...(list ? { list } : {}),
      ...(row.personId ? { personId: row.personId } : {}),
    };
  }

  /** The rows that must stand before this one can, in order, itself last. */
  chain(row: Row): Row[] {
    const chain = [row];
    for (let next = row.after; next !== undefined && chain.length < 10; next = chain[0]!.after) {
      const above = this.#rows.get(next);
      if (!above || above.kept || chain.includes(above)) break;
      chain.unshift(above);
    }
    return chain;
  }

  /** Rows in an order in which each follows what it rests on. */
  ordered(rows: readonly Row[]): Row[] {
    const left = new Map(rows.map((row) => [row.line, row]));
    const order: Row[] = [];
    for (const row of rows)
      for (const one of this.chain(row)) {
        const mine = left.get(one.line);
        if (mine) order.push(mine);
        left.delete(one.line);
      }
    return order;
  }

  /** Whether a kept row belongs to the same whole. */
  isOfWhole(row: Row, kept: RegisterRow): boolean {
    return wholeOf(this.#register, row.read) === wholeOf(this.#register, valuesOf(this.#register, kept, this.#asked.map.language));
  }

  /** Rows as they are written: one by one in order, those of one whole together. */
  units(rows: readonly Row[]): Row[][] {
    const wholes = new Map<string, Row[]>();
    const units: Row[][] = [];
    for (const row of this.ordered(rows)) {
      const whole = wholeOf(this.#register, row.read);
      const unit = whole === undefined ? undefined : wholes.get(whole);
      if (unit) unit.push(row);
      else {
        units.push([row]);
        if (whole !== undefined) wholes.set(whole, units.at(-1)!);
      }
    }
    return units;
  }

  /** Why a whole that is not kept at all does not come in: part of the table could not be read, and it might be its. */
  lacks(unit: readonly Row[], hasUnread: boolean): Refused | undefined {
    const [row] = unit;
    if (!row || !hasUnread || wholeOf(this.#register, row.read) === undefined) return undefined;
    return this.#kept.kept.some((kept) => this.isOfWhole(row, kept)) ? undefined : this.unread({ code: 'wholeBroken', field: '' });
  }

  /** Its new list stands: the next row only joins it. */
  settled({ list }: Row): void {
    const named = list ? this.#kept.lists.get(list) : undefined;
    if (named) this.#kept.lists.set(list!, { id: named.id });
  }
}
