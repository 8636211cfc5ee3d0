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

/** Equal disputes, counted, and the areas they stand in from the top down. */
export interface Group {
  readonly path: readonly string[];
  readonly kind: DisputeKind;
  readonly cases: number;
}
/** An area and those below it that figures are told of. */
export interface CountedArea {
  readonly id: string;
  readonly below: readonly CountedArea[];
}

const total = (groups: readonly Group[]): number => groups.reduce((sum, { cases }) => sum + cases, 0);

/** What of an area stands in none of those below it, as a part of its own, so that parts add up. */
export const elsewhereIn = (areaId: string): string => `${areaId}-elsewhere`;

const branch = ({ id, below }: CountedArea, groups: readonly Group[]): Counted => {
  if (below.length === 0) return { id, count: total(groups), parts: [] };
  const inside = (area: CountedArea): Group[] => groups.filter(({ path }) => path.includes(area.id));
  const rest = groups.filter(({ path }) => !below.some((area) => path.includes(area.id)));
  const parts = [...below.map((area) => branch(area, inside(area))), { id: elsewhereIn(id), count: total(rest), parts: [] }];
  return { id, count: total(groups), parts: [parts] };
};

/**
 * The figures of a month as one tree: every area from the root down, also those without a dispute (who is left out would tell), and the kinds of
 * the whole beside.
 */
export const monthTree = (root: CountedArea, groups: readonly Group[]): Counted => {
  const areas = branch(root, groups);
  const kinds = DISPUTE_KINDS.map((kind) => ({ id: kind, count: total(groups.filter((group) => group.kind === kind)), parts: [] }));
  return { ...areas, parts: [...areas.parts, kinds] };
};
