import { createHash } from 'node:crypto';
import { IMPORTS } from '@tongxin/domain/exchange/register/data.ts';
import { asValue, importColumns, wordsOf } from '@tongxin/domain/exchange/register/rules.ts';
import type { RegisterMap, Values } from '@tongxin/domain/exchange/register/schema.ts';
import { type ImportRegister, isSealed } from '@tongxin/domain/exchange/schema.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { demand } from '../../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { type ScopedTx, type Who, withScope } from '../../../../platform/tx/tx.ts';
import type { DutyListNamed } from '../command/service.ts';
import { loadReferences, type References } from '../reference/service.ts';
import { findDutyLists, findMeant, findRegister, type RegisterRow } from '../repo.ts';
import { mediatorPosts, sealedRows } from '../sealed/service.ts';

/** A line of a table that could be read. */
export interface Line {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly raw: readonly string[];
}
/** A register as it stands when a table is judged against it. */
export interface KeptRegister {
  readonly references: References;
  readonly kept: readonly RegisterRow[];
  /** Lists by what names them; those that a table makes join. */
  readonly lists: Map<string, DutyListNamed>;
  /** Who holds a post that mediates, by the post; nobody where several do. */
  readonly holders: ReadonlyMap<string, string>;
}

export const listKey = (row: Values): string => JSON.stringify([row.list, row.listKind, row.area]);

/** What a table says in the columns by which rows of a large register are known. */
const meantBy = ({ columns }: RegisterMap, lines: readonly Line[]): string[] =>
  [columns.id, columns.code].flatMap((name) => (name === undefined ? [] : lines.map(({ cells }) => wordsOf(cells[name] ?? ''))));

const keptOf = (tx: ScopedTx, map: RegisterMap, lines: readonly Line[]): Promise<readonly RegisterRow[]> =>
  isSealed(map.register)
    ? Promise.resolve([])
    : map.register === 'facilities'
      ? findMeant(tx, meantBy(map, lines))
      : findRegister(tx, map.register);

export const openKept = async (deps: Deps, who: Who, map: RegisterMap, lines: readonly Line[]): Promise<KeptRegister> => {
  const { register, language } = map;
  const held = isSealed(register) ? await sealedRows(deps, who, register, language) : [];
  const holders = register === 'mediators' ? await mediatorPosts(deps, who, language) : new Map<string, string>();
  return withScope(deps.pools.app, who, async (scope) => {
    demand(scope.actor, IMPORTS[register].capability);
    const references = await loadReferences(scope, register);
    // Whoever left a post is known by name, and holds it no more.
    const kept = isSealed(register) ? held.map((row) => (row.over ? { ...row, post: null } : row)) : await keptOf(scope.tx, map, lines);
    const lists = register === 'dutyItems' ? await findDutyLists(scope.tx) : [];
    return {
      references,
      holders,
      kept: kept.toSorted((a, b) => Number(a.over ?? false) - Number(b.over ?? false)),
      lists: new Map(lists.map((row) => [listKey(valuesOf('dutyItems', row, language)), { id: String(row.listId) }])),
    };
  });
};

export const valuesOf = (register: ImportRegister, row: RegisterRow, language: Language): Values =>
  Object.fromEntries(importColumns(register).map((column) => [column.id, asValue(column, row[column.id], language)]));

export const digestOf = (register: ImportRegister, row: RegisterRow, language: Language): string =>
  createHash('sha256')
    .update(canonical(valuesOf(register, row, language) as never), 'utf8')
    .digest('hex');

/** Names of what a table makes itself, so that its other rows may refer to it: bodies above bodies, groups above categories. */
export const announce = (
  { references, kept }: KeptRegister,
  { register, columns, language }: RegisterMap,
  lines: readonly Line[],
  newId: (line: number) => string,
): ReadonlyMap<string, number> => {
  const refers = register === 'organizations' ? 'organization' : register === 'categories' ? 'category' : undefined;
  const made = new Map<string, number>();
  const [nameColumn, idColumn] = [columns.name, columns.id];
  if (!refers || !nameColumn) return made;
  const ids = new Set(kept.map((row) => row.id));
  for (const { line, cells } of lines) {
    const name = (cells[nameColumn] ?? '').trim();
    const given = idColumn ? (cells[idColumn] ?? '').trim() : '';
    const id = register === 'categories' ? given : newId(line);
    if (
      name === '' ||
      id === '' ||
      ids.has(given) ||
      made.has(id) ||
      references.find(refers, register === 'categories' ? id : name) !== 'nameUnknown'
    )
      continue;
    references.add(refers, { id, name: language === 'zh' ? { zh: name } : { zh: name, en: name }, open: true });
    made.set(id, line);
  }
  return made;
};
