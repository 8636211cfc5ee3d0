import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Caller, TestServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import type pg from 'pg';
import { type Good, NOWHERE } from './bad-input.table.ts';
import { titlesEn } from './platform/errors/titles.en.ts';
import { titlesZh } from './platform/errors/titles.zh.ts';

/** A request as it is sent, whatever is wrong with it. */
export interface Ask {
  readonly method: string;
  readonly url: string;
  readonly payload?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
/** What is wrong, the request, and what must be answered: a code, or any of several where the store decides. */
export type Bad = readonly [what: string, ask: Ask, codes: string | readonly string[]];

export const callerOf = (name: string | undefined): Caller => (name ? WORLD.people[name as keyof typeof WORLD.people] : 'anonymous');

/** Every row of every table, and every file with its bytes, as one digest each: what a refused request must leave as it was. */
export const everythingKept = async (server: TestServer, admin: pg.Client) => {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth') order by 1`,
  );
  const text = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as n, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as digest from ${name} t`,
    )
    .join(' union all ');
  // Named: planned once, and not each of the hundreds of times it is asked.
  const { rows } = await admin.query<{ name: string; n: number; digest: string }>({ name: 'everything kept', text });
  return {
    rows: Object.fromEntries(rows.map((row) => [row.name, row])),
    files: filesBelow(server.deps.config.dataDir),
  };
};

/** Paths below a folder with a digest of their bytes. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${path.slice(folder.length)} ${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)}`;
    })
    .sort();

/** Words of the inside that nobody outside may read: SQL, stacks, paths, names of tables and constraints, messages of libraries. */
const INSIDE =
  /node_modules|\bat \S+ \(|\bselect\b.*\bfrom\b|insert into|pg_|sqlstate|postgres|constraint|violates|relation "|column "|stack|Error:|errno|ENOENT|\/(?:tmp|work|home|root|usr|var)\/|\.ts:\d|undefined|\[object/iu;
const NAMES_OF_TABLES = /\b(?:case_party|event_content|file_pending|person_access|source_key|text_digest|feed_pending|post_holding)\b/u;

/** As much of an answer as is judged; by a socket or by the app itself. */
interface Said {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The words a refusal is told in; of something too long in one place, which place and how long it may be. */
const wordsOf = (code: string, params: Readonly<Record<string, unknown>>, language: 'zh' | 'en'): string | undefined => {
  const titles: Readonly<Record<string, string>> = { zh: titlesZh, en: titlesEn }[language];
  const said = code === 'invalidInput' && params.rule === 'maxLength' ? 'inputTooLong' : code;
  return titles[said]?.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(params[name] ?? whole));
};

/** What is wrong with a refusal as an answer, or nothing. */
export const faultsOf = (answer: Said, codes: string | readonly string[], language: 'zh' | 'en' = 'zh'): string[] => {
  const faults: string[] = [];
  if (answer.statusCode < 400 || answer.statusCode > 499) faults.push(`status ${answer.statusCode}`);
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) faults.push(`type ${answer.headers['content-type']}`);
  let problem: { type?: string; title?: string; status?: number; code?: string; params?: Record<string, unknown> } = {};
  try {
    problem = JSON.parse(answer.body);
  } catch {
    faults.push('no JSON');
  }
  const { code = '', params = {} } = problem;
  if (!(code in titlesZh) || !(code in titlesEn)) faults.push(`no words for ${code}`);
  else if (problem.title !== wordsOf(code, params, language)) faults.push(`title ${problem.title}`);
  if (![codes].flat().includes(code)) faults.push(`${code} instead of ${[codes].flat().join(' or ')}`);
  if (problem.status !== answer.statusCode || problem.type !== `/problems/${code}`) faults.push('status and type do not agree');
  const said = `${answer.body} ${JSON.stringify(answer.headers)}`.replaceAll('"stack":', '');
  if (INSIDE.test(answer.body) || NAMES_OF_TABLES.test(said)) faults.push(`tells of the inside: ${answer.body.slice(0, 200)}`);
  if (answer.body.length > 2000) faults.push(`an answer of ${answer.body.length} characters`);
  return faults;
};

/** What is wrong with a refusal of Open311: HTTP status, its list of errors in the format asked for, words in the language. */
const faultsOfOpen311 = (answer: Said, url: string, codes: string | readonly string[], language: 'zh' | 'en'): string[] => {
  const faults: string[] = [];
  const type = url.split('?', 1)[0]!.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8';
  if (![codes].flat().includes(String(answer.statusCode))) faults.push(`${answer.statusCode} instead of ${[codes].flat().join(' or ')}`);
  if (answer.headers['content-type'] !== type) faults.push(`type ${answer.headers['content-type']}`);
  const json = type.startsWith('application/json');
  const errors = json
    ? (JSON.parse(answer.body) as { code: number; description: string }[])
    : [...answer.body.matchAll(/<error><code>(\d+)<\/code><description>([^<]+)<\/description><\/error>/gu)].map(
        ([, code, description]) => ({
          code: Number(code),
          description: description!,
        }),
      );
  if (!json && !/^<\?xml version="1\.0" encoding="utf-8"\?>\n<errors>.*<\/errors>$/u.test(answer.body)) faults.push('no list of errors');
  if (errors.length === 0 || errors[0]?.code !== answer.statusCode) faults.push('status and code do not agree');
  if (errors.some(({ description }) => /\p{Script=Han}/u.test(description) !== (language === 'zh')))
    faults.push('words of another language');
  if (INSIDE.test(answer.body) || NAMES_OF_TABLES.test(answer.body)) faults.push(`tells of the inside: ${answer.body.slice(0, 200)}`);
  if (answer.body.length > 2000) faults.push(`an answer of ${answer.body.length} characters`);
  return faults;
};

/** Sends bad requests as one caller, in Chinese and in English by turns; answers the faults of their refusals. */
export const findFaults = async (server: TestServer, caller: Caller, bad: readonly Bad[]): Promise<string[]> => {
  const faults: string[] = [];
  for (const [i, [what, ask, codes]] of bad.entries()) {
    const language = i % 2 === 0 ? 'zh' : 'en';
    const headers = { 'accept-language': language, ...server.headersOf(caller), ...ask.headers };
    const answer: unknown = await server.app.inject({ ...ask, headers } as never);
    const found = ask.url.startsWith('/open311/')
      ? faultsOfOpen311(answer as Said, ask.url, codes, language)
      : faultsOf(answer as Said, codes, language);
    if (found.length) faults.push(`${ask.method} ${ask.url.slice(0, 80)} with ${what}: ${found.join('; ')}`);
  }
  return faults;
};

const JSON_TYPE = { 'content-type': 'application/json' };
const UUID = /^[0-9a-f]{8}-/u;
const INVALID = 'invalidInput';
/** What a well-formed id of nothing is told: by route, hidden or unknown. */
const UNKNOWN = [
  'notFound',
  'unknownTask',
  'unknownDocument',
  'unknownFile',
  'unknownParty',
  'unknownAction',
  'wrongStage',
  'notYours',
  'idTaken',
  'caseChanged',
  'fileEmpty',
  'channelOff',
  'badSignature',
];

const urlOf = ({ path, query = {} }: Good, changed: Readonly<Record<string, string>> = {}): string => {
  const words = new URLSearchParams({ ...query, ...changed }).toString();
  return words ? `${path}?${words}` : path;
};

/** A copy with one thing replaced, wherever it lies; every place of a value, deepest last. */
const spoilt = (value: unknown, bad: (inner: unknown, path: string) => readonly [string, unknown][], path = ''): [string, unknown][] => {
  const here = path ? bad(value, path).map(([what, other]): [string, unknown] => [`${what} for ${path}`, other]) : [];
  if (typeof value !== 'object' || value === null) return here;
  const inner = Object.entries(value).flatMap(([key, one]) =>
    spoilt(one, bad, path ? `${path}.${key}` : key).map(([what, other]): [string, unknown] => [
      what,
      Array.isArray(value) ? value.map((old, i) => (String(i) === key ? other : old)) : { ...value, [key]: other },
    ]),
  );
  return [...here, ...inner];
};

const wrongTypes = (value: unknown): [string, unknown][] => [
  ...(value === null ? [] : ([['null', null]] as [string, unknown][])),
  ...(typeof value === 'number' ? [] : ([['a number', 7]] as [string, unknown][])),
  ...(typeof value === 'boolean' ? [] : ([['a truth', true]] as [string, unknown][])),
  ...(typeof value === 'string' ? [] : ([['a word', 'x']] as [string, unknown][])),
  ...(Array.isArray(value) ? [] : ([['a list', ['x']]] as [string, unknown][])),
  ...(typeof value === 'object' ? [] : ([['a thing', { x: 1 }]] as [string, unknown][])),
];

const badWords = (value: unknown): [string, unknown][] => {
  if (typeof value !== 'string') return [];
  return [
    ['nothing', ''],
    ['two hundred thousand letters', '灯'.repeat(60_000)],
    ...(UUID.test(value)
      ? ([
          ['an id that is none', 'x'],
          ['an id in capitals', value.toUpperCase().replace('BADBAD00', 'BADBADFF')],
          ['an id and more', `${value}0`],
          ['SQL', "' or '1'='1"],
        ] as [string, unknown][])
      : []),
  ];
};

/** Fields whose content the store judges, not the schema: what they may be told. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  action: ['unknownAction'],
  categoryId: ['unknownCategory'],
  occurredAt: ['fieldUnfit', 'dateInFuture', INVALID],
  pressedAt: ['fieldUnfit', INVALID],
  procedure: ['procedureNotPublished', INVALID],
  username: ['wrongCredentials', INVALID],
  password: ['wrongCredentials', 'wrongCode', 'signInRefused', INVALID],
  currentPassword: ['wrongCredentials', 'signInRefused', INVALID],
  newPassword: ['passwordTooShort', 'wrongCredentials', 'signInRefused', INVALID],
  phoneNumber: ['badPhone', INVALID],
};

/** Fields of no limit in what they may hold, and harmless whatever they do. */
const FREE = new Set(['address', 'name', 'phone', 'words']);

const bodies = (good: Good, ask: (payload: string | Buffer, headers?: Record<string, string>) => Ask): Bad[] => {
  const body = good.body!;
  const text = JSON.stringify(body);
  const of = (value: unknown) => ask(JSON.stringify(value));
  const fields = Object.keys(body);
  const bad: Bad[] = [
    ['a body cut off', ask(text.slice(0, -1)), 'malformedJson'],
    ['a comma too many', ask(text.replace(/\}$/u, ',}')), 'malformedJson'],
    ['not a number', ask('{"version":NaN}'), 'malformedJson'],
    ['two bodies', ask(text + text), 'malformedJson'],
    ['no body', ask(''), INVALID],
    ['null', ask('null'), INVALID],
    ['a list', ask('[]'), INVALID],
    ['a word', ask('"text"'), INVALID],
    ['an unknown field', of({ ...body, admin: true }), INVALID],
    ['the prototype', ask(text.replace('{', '{"__proto__":{"admin":true},').replace(',}', '}')), 'malformedJson'],
    ['the prototype by escape', ask(text.replace('{', '{"\\u005f_proto__":1,').replace(',}', '}')), 'malformedJson'],
    ['a constructor', ask(text.replace('{', '{"constructor":{"prototype":{}},').replace(',}', '}')), 'malformedJson'],
    ['a body nested a thousand deep', ask(`{"x":${'['.repeat(1000)}${']'.repeat(1000)}}`), 'nestedTooDeep'],
    ['a list of fifty thousand', of({ ...body, fileIds: Array(50_000).fill(1) }), [INVALID, 'bodyTooLarge']],
    ['ten megabytes', of({ ...body, text: 'x'.repeat(10_000_000) }), 'bodyTooLarge'],
    ['GB 18030', ask(Buffer.from([0x7b, 0x22, 0xb5, 0xc6, 0x22, 0x3a, 0x31, 0x7d])), 'notUtf8'],
    ...[
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      '',
    ].map((type): Bad => [`the media type "${type}"`, ask(text, { 'content-type': type }), 'unsupportedMediaType']),
    [
      'packed bytes',
      ask(Buffer.from([0x1f, 0x8b, 8, 0]), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      ['notUtf8', 'malformedJson', 'unsupportedMediaType'],
    ],
    ['a wrong length', ask(text, { ...JSON_TYPE, 'content-length': '1' }), 'malformedRequest'],
  ];
  for (const field of fields) {
    if (!good.optional?.includes(field)) {
      const { [field]: _gone, ...rest } = body;
      bad.push([`${field} left out`, of(rest), INVALID]);
    }
  }
  for (const [what, other] of spoilt(body, (value, path) => (path.startsWith('input') ? [] : wrongTypes(value))))
    if (!(Array.isArray(body.fileIds) && what.startsWith('a list for') && what.endsWith('input'))) bad.push([what, of(other), INVALID]);
  for (const [what, other] of spoilt(body, (value) => (typeof value === 'string' ? [['NUL', `${value}\0`]] : [])))
    bad.push([what, of(other), 'forbiddenCharacter']);
  for (const [what, other] of spoilt(body, (value) => (typeof value === 'string' ? [['half a pair', `${value}\ud83d`]] : [])))
    bad.push([what, of(other), 'forbiddenCharacter']);
  for (const [what, other] of spoilt(body, badWords)) {
    const field = what.split(' for ')[1]!.split('.').at(-1)!;
    if (what.startsWith('nothing') && (FREE.has(field) || field === 'categoryId')) continue;
    bad.push([what, of(other), what.startsWith('two hundred') ? [INVALID] : (LATER[field] ?? [INVALID])]);
  }
  return bad;
};

const BAD_IDS: readonly [string, string][] = [
  ['an id that is none', 'x'],
  ['an id in capitals', 'ABCDEF00-0000-7000-8000-000000000000'],
  ['SQL', encodeURIComponent("' or '1'='1")],
  ['a path upwards', '..%2f..%2fetc%2fpasswd'],
  ['NUL', '%00'],
  ['half a character', '%ff'],
  ['a thousand letters', 'a'.repeat(1000)],
];

const addresses = (good: Good, ask: (url: string) => Ask): Bad[] => {
  const bad: Bad[] = [];
  for (const id of good.ids ?? []) {
    for (const [what, other] of BAD_IDS)
      bad.push([what, ask(urlOf(good).replace(id, other)), [INVALID, 'malformedAddress', 'forbiddenCharacter', 'notFound']]);
    if (UUID.test(id) && !good.makesIds) bad.push(['an id of nothing', ask(urlOf(good).replace(id, NOWHERE)), UNKNOWN]);
  }
  const asked = Object.keys(good.query ?? {});
  if (asked.length) bad.push(['an unknown question', ask(urlOf(good, { everything: '1' })), INVALID]);
  for (const name of asked) {
    bad.push([`${name} twice`, ask(`${urlOf(good)}&${name}=${encodeURIComponent(good.query![name]!)}`), INVALID]);
    bad.push([`NUL in ${name}`, ask(urlOf(good, { [name]: 'a\0b' })), 'forbiddenCharacter']);
    bad.push([`${name} of a thousand letters`, ask(urlOf(good, { [name]: 'x'.repeat(1000) })), INVALID]);
    bad.push([`${name} as a thing`, ask(`${urlOf(good, {}).replace(`${name}=`, `${name}%5Ba%5D=`)}`), INVALID]);
  }
  return bad;
};

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
/** What each field of a form or question of Open311 is refused as when it is spoilt; others hold any words. */
const REFUSED_BY_FIELD: Readonly<Record<string, string>> = { api_key: '403', service_code: '404' };
const ANY_WORDS = new Set([
  'jurisdiction_id',
  'email',
  'device_id',
  'account_id',
  'description',
  'address_string',
  'first_name',
  'last_name',
]);
/** Of several values, as the standard has them. */
const SEVERAL = new Set(['jurisdiction_id', 'email', 'device_id', 'account_id', 'service_code', 'status', 'attribute[waste][]']);

const open311Form = (form: Readonly<Record<string, string>>, ask: (payload: string, headers?: Record<string, string>) => Ask): Bad[] => {
  const written = (changed: Readonly<Record<string, string>> = {}): string => new URLSearchParams({ ...form, ...changed }).toString();
  const bad: Bad[] = [
    ['no body', ask(''), '403'],
    ['JSON', ask(JSON.stringify(form), JSON_TYPE), '400'],
    ['a form of parts', ask('--x--', { 'content-type': 'multipart/form-data; boundary=x' }), '400'],
    ['no type', ask(written(), { 'content-type': 'text/plain' }), '400'],
    ['an Idempotency-Key that is none', ask(written({ service_code: '__proto__' }), { ...FORM_TYPE, 'idempotency-key': 'x' }), '404'],
  ];
  for (const name of Object.keys(form)) {
    const field = REFUSED_BY_FIELD[name] ?? '400';
    bad.push([`NUL in ${name}`, ask(written({ [name]: 'a\0b' })), '400']);
    bad.push([`bytes that are no UTF-8 in ${name}`, ask(`${written({ [name]: '' })}&${encodeURIComponent(name)}=%ff%fe`), '400']);
    bad.push([`two hundred thousand letters for ${name}`, ask(written({ [name]: '灯'.repeat(60_000) })), '400']);
    if (!SEVERAL.has(name) || name === 'service_code')
      bad.push([`${name} twice`, ask(`${written()}&${encodeURIComponent(name)}=x`), name === 'api_key' ? '403' : '400']);
    if (!ANY_WORDS.has(name))
      for (const other of ["' or '1'='1", '__proto__', '<script>']) bad.push([other, ask(written({ [name]: other })), field]);
  }
  for (const name of ['api_key', 'service_code', 'lat', 'long', 'attribute[size]'])
    bad.push([`${name} left out`, ask(written({ [name]: '' })), name === 'api_key' ? '403' : '400']);
  return bad;
};

const open311 = (method: string, good: Good): Bad[] => {
  const at = (url: string): Ask => ({ method, url });
  const bad: Bad[] = (good.ids ?? []).flatMap((id) =>
    BAD_IDS.map(([what, other]): Bad => [what, at(good.path.replace(id, other)), ['400', '404']]),
  );
  if (good.ids)
    for (const ending of ['', '.yaml', '.json.', '.XML']) bad.push([`ending ${ending}`, at(good.path.replace(/\.json$/u, ending)), '404']);
  for (const name of Object.keys(good.query ?? {})) {
    bad.push([`NUL in ${name}`, at(urlOf(good, { [name]: 'a\0b' })), '400']);
    if (name === 'jurisdiction_id') continue;
    bad.push([`${name} of a thousand letters`, at(urlOf(good, { [name]: 'x'.repeat(1000) })), REFUSED_BY_FIELD[name] ?? '400']);
    if (!SEVERAL.has(name)) bad.push([`${name} twice`, at(`${urlOf(good)}&${name}=${encodeURIComponent(good.query![name]!)}`), '400']);
  }
  const post = (payload: string, headers: Record<string, string> = FORM_TYPE): Ask => ({ method, url: good.path, payload, headers });
  return [...bad, ...(good.form ? open311Form(good.form, post) : [])];
};

/** Every way in which a well-formed request of a route can be spoilt in one place. */
export const spoil = (route: string, good: Good): Bad[] => {
  const [method] = route.split(' ') as [string];
  if (good.open311) return open311(method, good);
  const json = (payload: string | Buffer, headers: Record<string, string> = JSON_TYPE): Ask => ({
    method,
    url: urlOf(good),
    payload,
    headers,
  });
  const plain = (url: string): Ask => {
    if (good.body) return { method, url, payload: JSON.stringify(good.body), headers: JSON_TYPE };
    if (good.bytes) return { method, url, payload: Buffer.alloc(0), headers: { 'content-type': 'image/png', 'x-kind': 'photo' } };
    return { method, url };
  };
  return [...(good.body ? bodies(good, json) : []), ...addresses(good, plain)];
};

/** What a server says to bytes sent as they are; hangs up after `hangUpAfter` milliseconds when it says nothing. */
export const saidTo = (
  port: number,
  bytes: string | Buffer,
  hangUpAfter = 3000,
): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> =>
  new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), hangUpAfter);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const length = Number(/content-length: (\d+)/iu.exec(text)?.[1] ?? Number.NaN);
      if (Buffer.byteLength(text.split('\r\n\r\n')[1] ?? '') >= length) socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [first = '', ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ').slice(1).join(': ')]));
      done({ statusCode: Number(first.split(' ')[1] ?? 0), headers, body });
    });
  });
