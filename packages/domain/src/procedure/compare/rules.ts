import { Value } from 'typebox/value';
import type { Procedure } from '../schema.ts';

/** Parts made of named entries, compared entry by entry; everything else of a definition is compared whole. */
const PARTS = ['stages', 'actions', 'clocks'] as const;
export type Part = (typeof PARTS)[number];

/**
 * One difference between two definitions. `part` and `id` name an entry, `aspect` what of it differs; without an aspect the entry itself
 * came or went. Without a part it is the definition's own `aspect`. An absent `before` or `after` says that there was, or is, nothing.
 */
export interface Difference {
  readonly part?: Part;
  readonly id?: string;
  readonly aspect?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const same = (a: unknown, b: unknown): boolean => (a === undefined || b === undefined ? a === b : Value.Equal(a, b));
const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];
const own = (record: object, key: string): unknown => (Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined);

const aspects = (a: object, b: object, at: Pick<Difference, 'part' | 'id'>, except: readonly string[] = []): Difference[] =>
  keysOf(a, b)
    .filter((key) => !except.includes(key) && !same(own(a, key), own(b, key)))
    .map((aspect) => {
      const [before, after] = [own(a, aspect), own(b, aspect)];
      return { ...at, aspect, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    });

/** All that differs between two definitions, and nothing that does not; the order in which entries stand is no difference. */
export const differences = (a: Procedure, b: Procedure): Difference[] => [
  ...aspects(a, b, {}, PARTS),
  ...PARTS.flatMap((part) =>
    keysOf(a[part], b[part]).flatMap((id): Difference[] => {
      const [before, after] = [own(a[part], id) as object | undefined, own(b[part], id) as object | undefined];
      if (before && after) return aspects(before, after, { part, id });
      return [{ part, id, ...(before ? { before } : {}), ...(after ? { after } : {}) }];
    }),
  ),
];

const put = (record: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> => {
  const { [key]: _, ...rest } = record;
  return value === undefined ? rest : { ...record, [key]: value };
};

/** The definition that the differences lead to from the first of the two they were found between. */
export const withDifferences = (a: Procedure, found: readonly Difference[]): Procedure => {
  let result = a as unknown as Record<string, unknown>;
  for (const { part, id, aspect, after } of found) {
    if (!part || id === undefined) result = put(result, aspect!, after);
    else {
      const entries = result[part] as Record<string, unknown>;
      const entry = aspect === undefined ? after : put(entries[id] as Record<string, unknown>, aspect, after);
      result = { ...result, [part]: put(entries, id, entry) };
    }
  }
  return result as unknown as Procedure;
};

/** What differs between two lists of things with ids (fields, rungs, options): by id, in the order of the later list, then what went. */
export const differingItems = <T extends { readonly id: string }>(
  before: readonly T[] = [],
  after: readonly T[] = [],
): { readonly id: string; readonly before?: T; readonly after?: T }[] => {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Set(after.map((one) => one.id));
  return [
    ...after
      .filter((one) => !same(was.get(one.id), one))
      .map((one) => {
        const old = was.get(one.id);
        return { id: one.id, ...(old ? { before: old } : {}), after: one };
      }),
    ...before.filter((one) => !is.has(one.id)).map((one) => ({ id: one.id, before: one })),
  ];
};
