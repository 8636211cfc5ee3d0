import { COLUMNS } from '@tongxin/domain/exchange/data.ts';
import { codeWords } from '@tongxin/domain/exchange/rules.ts';
import { type Cell, type Column, isSealed, type Register } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import type { Rows } from '../../../platform/sheet/sheet.ts';
import type { Scope, Who } from '../../../platform/tx/tx.ts';
import { loadReferences, type References } from './reference/service.ts';
import { fetchRegister, openRegister, type RegisterRow } from './repo.ts';
import { sealedRows } from './sealed/service.ts';

const BATCH = 1000;

/** A cell of a register in words, as files and screens show it. */
export const inWords = (column: Column, value: RegisterRow[string], language: Language, references: References): Cell => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return value.map((one: string) => inWords({ ...column, many: undefined }, one, language, references)).join('、');
  if (typeof value === 'object' && !(value instanceof Date)) return inLanguage(value as Label, language);
  if (column.refers) return references.words(column.refers, String(value), language);
  return column.code ? codeWords(column.code, String(value), language) : (value as Cell);
};

/** Whether a row, or else its body, lies in an area or below it. */
const liesIn = (deps: Deps, { area, organization }: RegisterRow, areaId: string): boolean => {
  const place = deps.places.ofArea(String(area ?? deps.directory.organization(String(organization))?.areaId ?? ''));
  return place !== undefined && pathOf(place).includes(areaId);
};

/** Rows of a register as cells: what its own screen shows whoever asks; below an area where one is named. */
export async function* registerRows(
  deps: Deps,
  who: Who,
  scope: Scope,
  register: Register,
  language: Language,
  areaId?: string,
): Rows extends AsyncIterable<infer B> ? AsyncGenerator<B> : never {
  const references = await loadReferences(scope, register);
  const cells = (row: RegisterRow) =>
    Object.fromEntries(COLUMNS[register].map((column) => [column.id, inWords(column, row[column.id], language, references)]));
  if (isSealed(register)) {
    const rows = await sealedRows(deps, who, register, language);
    yield rows.filter((row) => !areaId || liesIn(deps, row, areaId)).map(cells);
    return;
  }
  await openRegister(scope.client, register, areaId);
  for (;;) {
    const rows = await fetchRegister(scope.client, BATCH);
    if (rows.length === 0) return;
    yield rows.map(cells);
  }
}
