import { isDayOff } from '@tongxin/domain/calendar/notices/rules.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;

/** First and last day (inclusive) of the pack's typhoon week. */
export const TYPHOON_WEEK = ['2026-09-14', '2026-09-20'] as const;

const days = new Map<number, string>();
/** The day of a moment in Shanghai, `YYYY-MM-DD`; kept, for every act asks. */
export const dayAt = (at: number): string => {
  const number = Math.floor((at + SHANGHAI) / DAY);
  let day = days.get(number);
  if (day === undefined) {
    day = new Date(number * DAY).toISOString().slice(0, 10);
    days.set(number, day);
  }
  return day;
};
/** Milliseconds at the start of a day in Shanghai. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const startOfMoment = (at: number): number => Math.floor((at + SHANGHAI) / DAY) * DAY - SHANGHAI;
const hourAt = (at: number): number => ((at + SHANGHAI) % DAY) / 3_600_000;

const offDays = new Map<string, boolean>();
/** Weekends and holidays as moved by the yearly notice; the pack's year is known. */
export const isOff = (day: string): boolean => {
  const known = offDays.get(day);
  if (known !== undefined) return known;
  const off = isDayOff(day);
  offDays.set(day, off);
  return off;
};

export const inTyphoon = (at: number): boolean => dayAt(at) >= TYPHOON_WEEK[0] && dayAt(at) <= TYPHOON_WEEK[1];

/** The next moment of office hours (09:00-12:00, 13:30-17:30), or the moment itself. */
export const officeMoment = (at: number): number => {
  let moment = at;
  for (;;) {
    const day = dayAt(moment);
    const hour = hourAt(moment);
    if (!isOff(day)) {
      if (hour < 9) return startOfMoment(moment) + 9 * 3_600_000 + (moment % 1_800_000);
      if (hour < 12) return moment;
      if (hour < 13.5) return startOfMoment(moment) + 13.5 * 3_600_000 + (moment % 1_800_000);
      if (hour < 17.5) return moment;
    }
    moment = startOfMoment(moment) + DAY + (moment % 1_800_000);
  }
};

/** Hours of office time after a moment. */
export const officeHoursLater = (at: number, hours: number): number => {
  let moment = officeMoment(at);
  let left = hours * 3_600_000;
  for (;;) {
    const hour = hourAt(moment);
    const end = startOfMoment(moment) + (hour < 12 ? 12 : 17.5) * 3_600_000;
    if (left <= end - moment) return moment + left;
    left -= end - moment;
    moment = officeMoment(end);
  }
};

/**
 * About when a limit that begins at a moment is used up, as people plan by it: hours run on, working days end with the office. What is late is
 * the rules' to say, not this function's.
 */
export const limitEnd = (at: number, { amount, unit }: Limit): number => {
  if (unit === 'hour') return at + amount * 3_600_000;
  if (unit === 'workingHour') return officeHoursLater(at, amount);
  let day = startOfMoment(at);
  for (let left = amount; left > 0; ) {
    day += DAY;
    if (!isOff(dayAt(day))) left -= 1;
  }
  return day + 17 * 3_600_000;
};

/** How busy a day is against a plain working day. */
const weightOf = (day: string): number => {
  const rest = isOff(day) ? 0.62 : 1;
  const monday = new Date(`${day}T12:00:00Z`).getUTCDay() === 1 ? 1.15 : 1;
  const typhoon = day >= TYPHOON_WEEK[0] && day <= TYPHOON_WEEK[1] ? 2.6 : 1;
  const month = Number(day.slice(5, 7));
  const summer = [0.86, 0.8, 0.92, 0.98, 1.04, 1.12, 1.18, 1.16, 1.06, 1, 0.94, 0.88][month - 1]!;
  return rest * monday * typhoon * summer;
};

/** When people report over a day, hour by hour. */
const HOURS = [2, 1.2, 0.8, 0.5, 0.5, 1, 2.5, 5, 8, 10, 9.5, 8, 5.5, 5.5, 7.5, 8.5, 8, 7, 6, 6.5, 7, 6, 4.5, 3.2];

/** `count` moments of filing over `[from, to)` in order, by season, weekday and hour. */
export const moments = (count: number, from: string, to: string, random: Random): Float64Array => {
  const days: { start: number; until: number }[] = [];
  let total = 0;
  for (let at = startOf(from); at < startOf(to); at += DAY) {
    total += weightOf(dayAt(at));
    days.push({ start: at, until: total });
  }
  const hours: number[] = [];
  for (const weight of HOURS) hours.push((hours.at(-1) ?? 0) + weight);
  const within = (sums: readonly number[], value: number): number => {
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > value) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const sums = days.map((day) => day.until);
  return Float64Array.from({ length: count }, () => {
    const day = days[within(sums, random.next() * total)]!;
    return day.start + within(hours, random.next() * hours.at(-1)!) * 3_600_000 + Math.floor(random.next() * 3_600_000);
  }).sort();
};

/** How often a first-level category is reported in a month and at an hour of the day, against its usual share. */
export const seasonOf = (category: string, at: number): number => {
  const month = Number(dayAt(at).slice(5, 7));
  const hour = hourAt(at);
  const night = hour >= 21 || hour < 6;
  if (category === 'utility.heatingCold') return 0;
  if (inTyphoon(at)) {
    if (['safety.flooding', 'utility.cableDown', 'municipal.railingDown', 'utility.powerOff'].includes(category)) return 14;
    if (['municipal.drainBlocked', 'housing.wallFalling', 'municipal.signDamage', 'sanitation.exposedRubbish'].includes(category)) return 6;
  }
  if (category.startsWith('sanitation')) return month >= 6 && month <= 9 ? 1.7 : 0.9;
  if (category === 'building.nightWorks' || category === 'dispute.neighbourNoise') return night ? 5 : 0.5;
  if (category === 'ecology.strawBurning') return month === 7 || month === 11 ? 3 : 0.2;
  if (category === 'safety.flooding' || category === 'municipal.drainBlocked') return month >= 5 && month <= 9 ? 1.6 : 0.4;
  if (category === 'livelihood.schooling') return month >= 4 && month <= 8 ? 2.2 : 0.5;
  if (category === 'dispute.wages') return month === 1 || month === 2 || month === 12 ? 2.4 : 0.8;
  if (category.startsWith('livelihood') || category.endsWith('Question')) return night ? 0.1 : 1;
  return 1;
};
