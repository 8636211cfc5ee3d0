import { instantToLocalDate } from '../calendar/rules.ts';
import type { Point } from '../case/schema.ts';
import type { Question } from '../category/schema.ts';
import { inLanguage, type Label, type Language } from '../label/schema.ts';
import { canBeDialled } from '../person/rules.ts';
import { type Attribute, FORMATS, type Format } from './schema.ts';

/** Why a call is refused, and by which argument: the standard wants it named. */
export interface Refused {
  readonly status: 400 | 403 | 404;
  readonly code:
    | 'missing'
    | 'notFound'
    | 'twice'
    | 'tooLong'
    | 'unfit'
    | 'badCharacters'
    | 'locationMissing'
    | 'notOffered'
    | 'rangeBackwards'
    | 'rangeTooLong'
    | 'tooMany';
  readonly argument: string;
}
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refused: readonly Refused[] };

/** Words for each stand in the server's module, which lacks none: its table is typed by these codes. */
const amiss = (code: Refused['code'], argument: string, status: Refused['status'] = 400): Refused => ({ status, code, argument });

/** `municipal.lampOut.json` → its id and format; undefined for an ending that is none. */
export const partsOf = (file: string): { readonly id: string; readonly format: Format } | undefined => {
  const dot = file.lastIndexOf('.');
  const format = FORMATS.find((one) => one === file.slice(dot + 1));
  return dot > 0 && format ? { id: file.slice(0, dot), format } : undefined;
};

/** Arguments by name, in the order sent. An empty one was not sent: so the standard. */
export type Arguments = ReadonlyMap<string, readonly string[]>;
export const argumentsOf = (pairs: Iterable<readonly [string, string]>): Arguments => {
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) if (value.trim() !== '') found.set(name, [...(found.get(name) ?? []), value.trim()]);
  return found;
};

/** Values that can be stored nowhere: NUL, half a surrogate pair, or what was no UTF-8. */
export const unreadable = (given: Arguments): readonly Refused[] =>
  [...given]
    .filter(([name, values]) => [name, ...values].some((text) => text.includes('\0') || text.includes('\ufffd') || !text.isWellFormed()))
    .map(([name]) => amiss('badCharacters', /^[\w[\]]{1,60}$/u.test(name) ? name : 'argument'));

const single = (given: Arguments, name: string, faults: Refused[], longest = 400): string | undefined => {
  const values = given.get(name) ?? [];
  if (values.length > 1) faults.push(amiss('twice', name));
  else if (values[0] !== undefined && [...values[0]].length > longest) faults.push(amiss('tooLong', name));
  else return values[0];
  return undefined;
};

const commaList = (given: Arguments, name: string): readonly string[] | undefined =>
  given
    .get(name)
    ?.flatMap((value) => value.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** W3C's profile of ISO 8601 with an offset. In an address a plus that was not escaped arrives as a blank. */
const W3C = /^(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/u;
const instantOf = (written: string): number | undefined => {
  const text = written.replace(/ (?=\d\d:\d\d$)/u, '+');
  const at = W3C.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 30 February for 2 March; the day that comes back must be the one that was written.
  const asWritten = Number.isNaN(at) ? '' : new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)).toISOString().slice(0, 10);
  return asWritten === text.slice(0, 10) ? at : undefined;
};

const DAY_MS = 86_400_000;
/** The standard's: days that one question may span, and requests that one answer may hold. */
export const LONGEST_DAYS = 90;
export const MOST_REQUESTS = 1000;
const MOST_PAGES = 1000;

/** Which requests are asked for: by their numbers, or by days (of China, both included), kinds and state. */
export type Asked =
  | { readonly numbers: readonly string[] }
  | {
      readonly from: string;
      readonly to: string;
      readonly services?: readonly string[];
      readonly closed?: boolean;
      readonly limit: number;
      readonly offset: number;
    };

const rangeOf = (given: Arguments, now: string, faults: Refused[]): readonly [number, number] | undefined => {
  const read = (name: string): number | undefined => {
    const written = single(given, name, faults);
    const at = written === undefined ? undefined : instantOf(written);
    if (written !== undefined && at === undefined) faults.push(amiss('unfit', name));
    return at;
  };
  const [start, end] = [read('start_date'), read('end_date')];
  if (faults.length > 0) return undefined;
  const span = LONGEST_DAYS * DAY_MS;
  const to = end ?? (start === undefined ? Date.parse(now) : Math.max(start, Math.min(Date.parse(now), start + span)));
  const from = start ?? to - span;
  if (from > to) faults.push(amiss('rangeBackwards', 'end_date'));
  else if (to - from > span) faults.push(amiss('rangeTooLong', 'end_date'));
  return [from, to];
};

const wholeOf = (given: Arguments, name: string, otherwise: number, most: number, faults: Refused[]): number => {
  const written = single(given, name, faults);
  if (written === undefined) return otherwise;
  const n = /^\d{1,6}$/u.test(written) ? Number(written) : 0;
  if (n < 1 || n > most) faults.push(amiss('unfit', name));
  return n;
};

/** Reads what a list of requests is asked by. Days are whole: nobody hears the hour of a request by asking ever more narrowly. */
export const readAsked = (given: Arguments, now: string): Read<Asked> => {
  const numbers = commaList(given, 'service_request_id');
  if (numbers) {
    const many = numbers.length > MOST_REQUESTS;
    return many ? { ok: false, refused: [amiss('tooMany', 'service_request_id')] } : { ok: true, value: { numbers } };
  }
  const faults: Refused[] = [];
  const range = rangeOf(given, now, faults);
  const states = new Set(commaList(given, 'status'));
  for (const state of states) if (state !== 'open' && state !== 'closed') faults.push(amiss('unfit', 'status'));
  const services = commaList(given, 'service_code');
  const limit = wholeOf(given, 'page_size', MOST_REQUESTS, MOST_REQUESTS, faults);
  const page = wholeOf(given, 'page', 1, MOST_PAGES, faults);
  if (faults.length > 0 || !range) return { ok: false, refused: faults };
  const [from, to] = range.map((at) => instantToLocalDate(new Date(at).toISOString())) as [string, string];
  return {
    ok: true,
    value: {
      from,
      to,
      ...(services ? { services } : {}),
      ...(states.size === 1 ? { closed: states.has('closed') } : {}),
      limit,
      offset: (page - 1) * limit,
    },
  };
};

/** Whether more than the standard's fields is wanted. */
export const wantsExtensions = (given: Arguments): boolean => given.get('extensions')?.at(-1)?.toLowerCase() === 'true';

const DATATYPE = {
  text: 'string',
  longText: 'text',
  number: 'number',
  instant: 'datetime',
  choice: 'singlevaluelist',
  choices: 'multivaluelist',
  note: 'string',
} as const satisfies Record<Question['kind'], Attribute['datatype']>;

/** A question as the standard writes it; a note is an attribute that nothing is answered to. */
export const attributeOf = ({ code, label, hint, kind, required, options }: Question, order: number, language: Language): Attribute => ({
  variable: kind !== 'note',
  code,
  datatype: DATATYPE[kind],
  required,
  datatype_description: hint ? inLanguage(hint, language) : null,
  order,
  description: inLanguage(label, language),
  ...(options ? { values: options.map(({ value, label: name }) => ({ key: value, name: inLanguage(name, language) })) } : {}),
});

const LONGEST = { text: 200, longText: 2000 } as const;

/** The answer as a line says it; a code of why it does not fit. */
const answerTo = ({ kind, options = [] }: Question, values: readonly string[]): { line: string } | Refused['code'] => {
  if (kind !== 'choices' && values.length > 1) return 'twice';
  const [value] = values as [string];
  switch (kind) {
    case 'text':
    case 'longText':
      return [...value].length > LONGEST[kind] ? 'tooLong' : { line: value };
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,9})?$/u.test(value) ? { line: value } : 'unfit';
    case 'instant':
      return instantOf(value) === undefined ? 'unfit' : { line: value };
    case 'choice':
    case 'choices': {
      const names = [...new Set(values)].map((one) => options.find((option) => option.value === one)?.label.zh);
      return names.includes(undefined) ? 'notOffered' : { line: names.join('、') };
    }
    case 'note':
      return { line: '' };
    default:
      return kind satisfies never;
  }
};

/** Lines of the report that the answers make. Answers to what is not asked are passed over: clients of the standard send what others ask. */
const answersOf = (given: Arguments, questions: readonly Question[], faults: Refused[]): string[] => {
  const answers = new Map<string, string[]>();
  for (const [name, values] of given) {
    const code = /^attribute\[([^[\]]{1,80})\](?:\[\d{0,3}\])?$/u.exec(name)?.[1];
    if (code) answers.set(code, [...(answers.get(code) ?? []), ...values]);
  }
  return questions.flatMap((question) => {
    const { code, kind, required, label } = question;
    const values = answers.get(code);
    if (kind === 'note') return [];
    if (!values) {
      if (required) faults.push(amiss('missing', `attribute[${code}]`));
      return [];
    }
    const answer = answerTo(question, values);
    if (typeof answer !== 'string') return [`${label.zh}：${answer.line}`];
    faults.push(amiss(answer, `attribute[${code}]`));
    return [];
  });
};

const COORDINATE = /^-?\d{1,3}(?:\.\d{1,15})?$/u;
const coordinate = (given: Arguments, name: 'lat' | 'long', most: number, faults: Refused[]): number | undefined => {
  const written = single(given, name, faults);
  if (written === undefined) return undefined;
  if (COORDINATE.test(written) && Math.abs(Number(written)) <= most) return Number(written);
  faults.push(amiss('unfit', name));
  return undefined;
};

interface Location {
  readonly point?: Point;
  readonly address?: string;
  readonly areaId?: string;
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** One of a point, an address in words, and an area's id is needed; of a point both halves. */
const locationOf = (given: Arguments, faults: Refused[]): Location => {
  const [lat, lon] = [coordinate(given, 'lat', 90, faults), coordinate(given, 'long', 180, faults)];
  const address = single(given, 'address_string', faults);
  const areaId = single(given, 'address_id', faults);
  if (given.has('lat') !== given.has('long')) faults.push(amiss('missing', given.has('lat') ? 'long' : 'lat'));
  else if (!given.has('lat') && !given.has('address_string') && !given.has('address_id'))
    faults.push(amiss('locationMissing', 'lat, long, address_string, address_id'));
  if (areaId !== undefined && !UUID.test(areaId)) faults.push(amiss('unfit', 'address_id'));
  return {
    ...(lat !== undefined && lon !== undefined ? { point: { lon, lat } } : {}),
    ...(address ? { address } : {}),
    ...(areaId ? { areaId } : {}),
  };
};

/** 张 and 三 are 张三; John and Smith are John Smith. */
const nameOf = (first: string, last: string): string =>
  /\p{Script=Han}/u.test(`${first}${last}`) ? `${last}${first}` : [first, last].filter((part) => part !== '').join(' ');

const reporterOf = (given: Arguments, faults: Refused[]): { readonly name?: string; readonly phone?: string } | undefined => {
  const [first, last] = ['first_name', 'last_name'].map((name) => single(given, name, faults, 39) ?? '') as [string, string];
  const phone = single(given, 'phone', faults, 40);
  if (phone !== undefined && !canBeDialled(phone)) faults.push(amiss('unfit', 'phone'));
  const name = nameOf(first, last);
  return name || phone ? { ...(name ? { name } : {}), ...(phone ? { phone } : {}) } : undefined;
};

/** What a request says, as the report that intake files. */
export interface Report extends Location {
  readonly categoryId: string;
  readonly text: string;
  readonly reporter?: { readonly name?: string; readonly phone?: string };
}

const LONGEST_DESCRIPTION = 4000;
/** Of a report with its answers, as intake takes it. */
const LONGEST_REPORT = 10_000;
/** An address that is kept as words and fetched by nobody here. */
const MEDIA = /^https?:\/\/[^\s<>"@\\]+$/iu;

/**
 * Reads POST requests. `service` finds what may be filed under a code. Every fault is told at once; email, device_id and account_id are
 * taken and kept nowhere.
 */
export const readReport = (
  given: Arguments,
  service: (code: string) => { readonly label: Label; readonly questions: readonly Question[] } | undefined,
): Read<Report> => {
  const faults: Refused[] = [];
  const code = single(given, 'service_code', faults);
  if (code === undefined && !given.has('service_code')) faults.push(amiss('missing', 'service_code'));
  const found = code === undefined ? undefined : service(code);
  if (code !== undefined && !found) return { ok: false, refused: [amiss('notFound', 'service_code', 404)] };
  const location = locationOf(given, faults);
  const reporter = reporterOf(given, faults);
  const description = single(given, 'description', faults, LONGEST_DESCRIPTION);
  const media = single(given, 'media_url', faults, 1000);
  if (media !== undefined && !MEDIA.test(media)) faults.push(amiss('unfit', 'media_url'));
  const lines = found ? answersOf(given, found.questions, faults) : [];
  const text = [description ?? found?.label.zh, ...lines, ...(media ? [`附图网址：${media}`] : [])].join('\n');
  if ([...text].length > LONGEST_REPORT) faults.push(amiss('tooLong', 'attribute'));
  if (faults.length > 0 || code === undefined) return { ok: false, refused: faults };
  return { ok: true, value: { categoryId: code, text, ...location, ...(reporter ? { reporter } : {}) } };
};
