import { type CountedArea, countedBelow } from '../publish/rules.ts';
import type { Counted } from '../publish/schema.ts';
import type { DisputeKind, NewDispute, Outcome } from './schema.ts';
import { DISPUTE_KINDS } from './schema.ts';

interface Step {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Registered = { readonly ok: true; readonly step: Step } | { readonly ok: false; readonly code: string; readonly field?: string };

const missing = (field: string): Registered => ({ ok: false, code: 'fieldMissing', field });

/** The first step a registration takes: what was written down decides it. `today` is the day in China. */
export const firstStep = (dispute: NewDispute, today: string): Registered => {
  const { outcome, agreement, performBy, ways, mediatedOn } = dispute;
  if (mediatedOn > today) return { ok: false, code: 'dateInFuture', field: 'mediatedOn' };
  const steps = {
    atOnce: () => (agreement?.trim() ? { ok: true, step: { action: 'settleAtOnce', input: { agreement } } } : missing('agreement')),
    byDay: () => {
      if (!agreement?.trim()) return missing('agreement');
      return performBy ? { ok: true, step: { action: 'settleByDay', input: { agreement, performBy } } } : missing('performBy');
    },
    unsettled: () => (ways?.trim() ? { ok: true, step: { action: 'endUnsettled', input: { ways } } } : missing('ways')),
    goesOn: () => ({ ok: true, step: { action: 'beginMediation', input: {} } }),
    asks: () => ({ ok: true, step: { action: 'askConsent', input: {} } }),
  } as const satisfies Record<Outcome, () => Registered>;
  return steps[outcome]();
};

/** A month as the days from its first to the first of the next. */
export const daysOfMonth = (month: string): { readonly from: string; readonly to: string } => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: `${month}-01`, to: `${next}-01` };
};

/** The month before one: `2026-01` → `2025-12`. */
export const monthBefore = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
};

/** Equal disputes, counted, and the areas they stand in from the top down. */
export interface Group {
  readonly path: readonly string[];
  readonly kind: DisputeKind;
  readonly cases: number;
}
const total = (groups: readonly Group[]): number => groups.reduce((sum, { cases }) => sum + cases, 0);

/**
 * The figures of a month as one tree: every area from the root down, also those without a dispute (who is left out would tell), and the kinds of
 * the whole beside.
 */
export const monthTree = (root: CountedArea, groups: readonly Group[]): Counted => {
  const areas = countedBelow(root, groups);
  const kinds = DISPUTE_KINDS.map((kind) => ({ id: kind, count: total(groups.filter((group) => group.kind === kind)), parts: [] }));
  return { ...areas, parts: [...areas.parts, kinds] };
};
