import type { BurdenView } from './view.ts';

type Row = BurdenView['rows'][number];
interface Effort {
  readonly fields: number;
  readonly seconds: number;
}

/** Fields and reckoned minutes of one post on one day on which it finished something, to a tenth. */
export interface Daily {
  readonly fields: number;
  readonly minutes: number;
}

const tenth = (n: number): number => Math.round(n * 10) / 10;

export const perDay = ({ fields, seconds }: Effort, postDays: number): Daily =>
  postDays > 0 ? { fields: tenth(fields / postDays), minutes: tenth(seconds / 60 / postDays) } : { fields: 0, minutes: 0 };

/** What all departments' own sheets ask, added up: what typing into each system would take. */
export const asked = ({ departments }: Pick<Row, 'departments'>): Effort =>
  departments.reduce((sum, { fields, seconds }) => ({ fields: sum.fields + fields, seconds: sum.seconds + seconds }), {
    fields: 0,
    seconds: 0,
  });

const DAY_MS = 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The span of as many days that ends the day before a span begins; days `YYYY-MM-DD`, both counted in. */
export const spanBefore = ({ from, to }: { readonly from: string; readonly to: string }): { from: string; to: string } => {
  const first = Date.parse(from);
  return { from: day(first - (Date.parse(to) - first) - DAY_MS), to: day(first - DAY_MS) };
};
