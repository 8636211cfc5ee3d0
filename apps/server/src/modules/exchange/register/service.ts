import { codeWords } from '@tongxin/domain/exchange/rules.ts';
import type { Cell, Register } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { Scope } from '../../../platform/tx/tx.ts';
import type { Rows } from '../write/service.ts';
import { fetchRegister, openRegister, type RegisterRow } from './repo.ts';

const BATCH = 1000;

/** Which codes of a register have words. */
const CODES: Readonly<Partial<Record<Register, Readonly<Record<string, string>>>>> = {
  areas: { kind: 'areaKind', setting: 'setting' },
  organizations: { kind: 'organizationKind' },
  categories: { limitUnit: 'limitUnit' },
  shifts: { kind: 'shiftKind' },
};

const cellOf = (register: Register, column: string, value: RegisterRow[string], language: Language): Cell => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && !(value instanceof Date)) return inLanguage(value as Label, language);
  const kind = CODES[register]?.[column];
  return kind ? codeWords(kind, String(value), language) : (value as Cell);
};

/** Rows of a register as cells: what everybody who is signed in may read of it, without names of people. */
export async function* registerRows(
  scope: Scope,
  register: Register,
  language: Language,
): Rows extends AsyncIterable<infer B> ? AsyncGenerator<B> : never {
  await openRegister(scope.client, register);
  for (;;) {
    const rows = await fetchRegister(scope.client, BATCH);
    if (rows.length === 0) return;
    yield rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellOf(register, column, value, language)])),
    );
  }
}
