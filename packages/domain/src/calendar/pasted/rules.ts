import type { CalendarYear } from '../schema.ts';

export type NoticeRead =
  | { readonly ok: true; readonly exceptions: CalendarYear['exceptions'] }
  | { readonly ok: false; readonly line: number };

const WORK = /^(work|上班|调休上班|补班|班)$/iu;
const OFF = /^(off|放假|休息|休|假)$/iu;
const DAY = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/u;

const dayOf = (words: string, year: number): string | undefined => {
  const [, y, m, d] = DAY.exec(words) ?? [];
  if (!m || !d) return undefined;
  return `${y ?? year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
};

const MOST_DAYS = 30;
const range = (first: string, last: string): string[] | undefined => {
  const [from, to] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`)];
  const days = Math.round((to - from) / 86_400_000) + 1;
  if (!(days >= 1 && days <= MOST_DAYS)) return undefined;
  return Array.from({ length: days }, (_, n) => new Date(from + n * 86_400_000).toISOString().slice(0, 10));
};

/**
 * The notice of a year as it is pasted from a table or typed: a line for a day or a run of days, the kind, the holiday; `1月1日-1月3日 放假 元旦`,
 * `2027-01-04  上班  元旦`. Answers the first line that cannot be read.
 */
export const readNotice = (text: string, year: number): NoticeRead => {
  const exceptions: CalendarYear['exceptions'] = [];
  const lines = text.split(/\r?\n/u);
  for (const [i, line] of lines.entries()) {
    const [when = '', kind = '', ...reason] = line.trim().split(/[\s,，、|;；]+/u);
    if (when === '') continue;
    const [first = '', last = first] = when.split(/[~～至到]|(?<=日)[-—–](?=\d)|(?<=\d{1,2}[-/.]\d{1,2})[—–](?=\d)/u);
    const [from, to] = [dayOf(first, year), dayOf(last, year)];
    const days = from && to ? range(from, to) : undefined;
    const is = WORK.test(kind) ? 'work' : OFF.test(kind) ? 'off' : undefined;
    if (!days || !is) return { ok: false, line: i + 1 };
    for (const day of days)
      exceptions.push({ day, kind: is, reason: reason.join(' ').slice(0, 60) || (is === 'work' ? '调休上班' : '放假') });
  }
  return exceptions.length > 0 ? { ok: true, exceptions } : { ok: false, line: 1 };
};
