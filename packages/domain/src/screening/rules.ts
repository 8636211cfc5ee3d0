import { dateOfDay, dayOfDate, isWorkday_ } from '../calendar/rules.ts';
import type { Calendar, LocalDate } from '../calendar/schema.ts';
import { maskWords } from '../mask/rules.ts';
import type { ReportState, Step } from './schema.ts';

/** By this day of the month unless the local rule says another (local practice, to be checked with each place). */
export const DUE_DAY = 25;
/** Who has not reported yet is reminded so many days before. */
export const REMINDED_DAYS = 3;

export const monthOf = (day: LocalDate): string => day.slice(0, 7);
export const monthAfter = (month: string, months: number): string => {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
};

/** The last day of a month's report. A day off moves it to the next working day; in a year whose calendar is unknown it stays. */
export const dueOn = (month: string, dueDay: number, calendar: Calendar): LocalDate => {
  let day = dayOfDate(`${month}-${String(dueDay).padStart(2, '0')}`);
  while (isWorkday_(calendar, day) === false) day += 1;
  return dateOfDay(day);
};

export const isOwed = ({ since, until }: { readonly since: string; readonly until?: string | undefined }, month: string): boolean =>
  since <= month && (until === undefined || month < until);

/** A dispute is confided: that a matter is mediated is told with the dispute, and to nobody else; they are told that it is talked over. */
export const shownStep = (step: Step, isSeen: boolean): Step => (step === 'mediating' && !isSeen ? 'talking' : step);

/** The step of an item written again: shown less than it was, and sent back as it was shown, it stays what it was. */
export const keptStep = (step: Step, before: Step | undefined, wasSeen: boolean): Step =>
  before !== undefined && !wasSeen && step === shownStep(before, false) ? before : step;

export interface Reported {
  /** Items of the latest report; undefined where there is none. */
  readonly items?: number | undefined;
  /** Day of the first report. */
  readonly firstOn?: LocalDate | undefined;
}

/** How a month stands on a day. */
export const standing = ({ items, firstOn }: Reported, due: LocalDate, today: LocalDate): { state: ReportState; late: boolean } => {
  if (items === undefined) return today > due ? { state: 'missing', late: true } : { state: 'waiting', late: false };
  return { state: items === 0 ? 'none' : 'found', late: firstOn !== undefined && firstOn > due };
};

/** What is due to be told of a month without a report. */
export const rungOf = (due: LocalDate, today: LocalDate): 'soon' | 'overdue' | undefined => {
  if (today > due) return 'overdue';
  return dayOfDate(today) >= dayOfDate(due) - REMINDED_DAYS ? 'soon' : undefined;
};

const NUMBERS = /身份证|证件号|手机号|电话号|联系电话/u;
const NAMED =
  /(?:姓名|名单|花名册)|[\u4e00-\u9fff][某×Xx*]{1,2}(?=[^\u4e00-\u9fff]|$|的|与|和|家|因|户|在)|某某|\d+\s*(?:室|房)(?!间)|单元\s*[\d零〇一二三四五六七八九十]/u;
/** 3-2-501: building, entrance, door; not a date. */
const DOOR = /(?<![\d－–—-])(?!\d{4}[-－–—]\d{1,2}[-－–—]\d{1,2}(?!\d))\d+[-－–—]\d+[-－–—]\d+/u;

/**
 * Whether words speak of a person: a name as it is usually introduced, 张某, a list of names, a telephone, a number of an identity card, a door.
 * What is reported is matters and places; it errs towards refusing.
 */
export const namesPerson = (words: string): boolean =>
  maskWords(words) !== words || NUMBERS.test(words) || NAMED.test(words) || DOOR.test(words);

export interface Sum {
  readonly units: number;
  readonly reported: number;
  readonly none: number;
  readonly missing: number;
  readonly found: number;
}
interface Unit {
  readonly areaId: string;
  readonly state: ReportState;
  readonly found: number;
}
/** Sums of each area over the units in it and below it. */
export const sumsOf = (
  areas: readonly { readonly id: string; readonly parentId?: string | undefined }[],
  units: readonly Unit[],
): ReadonlyMap<string, Sum> => {
  const parents = new Map(areas.map(({ id, parentId }) => [id, parentId]));
  const sums = new Map(areas.map(({ id }) => [id, { units: 0, reported: 0, none: 0, missing: 0, found: 0 }]));
  for (const { areaId, state, found } of units)
    for (let at: string | undefined = areaId; at !== undefined; at = parents.get(at)) {
      const sum = sums.get(at);
      if (!sum) break;
      sum.units += 1;
      sum.found += found;
      if (state === 'none' || state === 'found') sum.reported += 1;
      if (state === 'none') sum.none += 1;
      if (state === 'missing') sum.missing += 1;
    }
  return sums;
};
