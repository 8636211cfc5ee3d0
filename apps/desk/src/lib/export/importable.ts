import type { Me } from '@tongxin/client/shapes.ts';
import { IMPORTS } from '@tongxin/domain/exchange/register/data.ts';
import { IMPORT_REGISTERS, type ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { mayDo } from '../me.ts';

export type TableKind = 'cases' | ImportRegister;

/** What somebody may bring in as a table: what their forms would let them write. */
export const importable = (me: Me | undefined): readonly TableKind[] => [
  ...(mayDo(me, 'case.import') ? (['cases'] as const) : []),
  ...IMPORT_REGISTERS.filter((register) => mayDo(me, IMPORTS[register].capability)),
];
