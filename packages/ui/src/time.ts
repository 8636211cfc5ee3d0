const ZONE = 'Asia/Shanghai';
type Language = 'zh' | 'en';

const locale = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB');
const days = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const formats = new Map<string, Intl.DateTimeFormat>();
const format = (language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}.${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale(language), { timeZone: ZONE, ...options });
    formats.set(key, found);
  }
  return found;
};

/** An instant as people write it in Shanghai's time: day, month and minute; with the year. */
export const formatInstant = (instant: string, language: Language): string =>
  format(language, 'instant', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));

/** For dense lists: without the year where it is this one. In English with the month's name: 10/01 and 01/10 are one day to some readers and another to others. */
export const formatShort = (instant: string, language: Language, now = Date.now()): string => {
  const sameYear = localDate(Date.parse(instant)).slice(0, 4) === localDate(now).slice(0, 4);
  return format(language, sameYear ? 'short' : 'shortWithYear', {
    ...(sameYear ? {} : { year: 'numeric' }),
    ...(language === 'zh' ? ({ month: '2-digit', day: '2-digit' } as const) : ({ month: 'short', day: 'numeric' } as const)),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
};

/** The time of day. */
export const formatTime = (instant: string, language: Language): string =>
  format(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));

/** The day with its weekday: what a resident plans by. */
export const formatDay = (instant: string, language: Language): string =>
  format(language, 'day', { month: 'long', day: 'numeric', weekday: 'short' }).format(new Date(instant));

/** Year and month: when something was, of which the day says nothing more. */
export const formatMonth = (instant: string, language: Language): string =>
  format(language, 'month', { year: 'numeric', month: 'long' }).format(new Date(instant));

export type Remaining = { readonly late: boolean; readonly unit: 'minute' | 'hour' | 'day'; readonly amount: number };

/** A date or a month somebody entered, `YYYY-MM-DD` or `YYYY-MM`, as people write it; anything else as it is. */
export const formatEntered = (text: string, language: Language): string => {
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) return formatMonth(`${text}-15T12:00:00+08:00`, language);
  return /^\d{4}-\d\d-\d\d$/.test(text)
    ? format(language, 'date', { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(`${text}T12:00:00+08:00`))
    : text;
};

/** The day of a date `YYYY-MM-DD` where its year stands beside it: `10月1日`, `1 Oct`. */
export const formatMonthDay = (text: string, language: Language): string =>
  format(language, 'monthDay', { month: 'short', day: 'numeric' }).format(new Date(`${text}T12:00:00+08:00`));

/** How long until (or since) a due time, in the largest unit that still says something. */
export const remaining = (dueAt: string, now: number): Remaining => largestUnit(Math.round((Date.parse(dueAt) - now) / 60_000));

/** So many minutes, negative when late, in the largest unit that still says something. */
export const largestUnit = (minutes: number): Remaining => {
  const size = Math.abs(minutes);
  const late = minutes < 0;
  if (size < 60) return { late, unit: 'minute', amount: size };
  if (size < 48 * 60) return { late, unit: 'hour', amount: Math.floor(size / 60) };
  return { late, unit: 'day', amount: Math.floor(size / 1440) };
};

/** Local calendar date `YYYY-MM-DD` in Shanghai. */
export const localDate = (now: number): string => days.format(new Date(now));
