import { readdirSync } from 'node:fs';
import { workThrough } from '@tongxin/testing/long-list.ts';
import type { TestServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { CALLERS, isCell, type Subjects } from './access.build.ts';
import { ACCESS, type Subject } from './access.table.ts';
import { manifests } from './modules.ts';
import { settleFeed } from './platform/feed/feed.ts';

/**
 * An attack on a secret, for any module that keeps one: everything an outsider can see is looked at before the secret is made and after. What is
 * different, or holds a word of it, is a trace. Rows as the database shows them to each outsider (so lists, counts, statistics, notices, walls,
 * jobs and whatever is still to be written over them), answers of every route that reads, the table of cases taken along as a file, what the live
 * line says, a search for each word, names of files, and the log.
 */
export interface Secret {
  /** Names of callers who may know. */
  readonly insiders: readonly string[];
  /** Cases it is kept in, with whoever may open each: asked by their ids once they are there, of which an outsider may have heard. */
  readonly cases?: readonly { readonly subject: () => Subject; readonly insiders: readonly string[] }[];
  /** Makes it, and answers the words that give it away: names, telephones, what was said, its number. */
  readonly keep: () => Promise<readonly string[]>;
}

/** What moves whoever did what, and tells nothing of it. */
const TABLES_THAT_MOVE: Readonly<Record<string, string>> = {
  feed_head: 'how many events there are, of everybody',
};
/** Routes that answer the same question otherwise each time: searched for words of the secret, and not compared. */
const ROUTES_THAT_MOVE: Readonly<Record<string, string>> = {
  'GET /api/v1/receipts/:code/share': 'a token sealed anew each time',
  'GET /api/v1/me/copy': 'says when it was made',
  'GET /api/v1/reception/sessions': 'which turns are free, and of nobody who took the others',
  'GET /api/v1/disputes/report/xlsx': 'a workbook says when it was made; its sums are those of the counts',
  'GET /api/v1/disputes/subsidy/xlsx': 'a workbook says when it was made; who heads the committee sees its disputes one by one',
  'GET /api/v1/screening/overview/xlsx': 'a workbook says when it was made; what is in its cells is compared as the overview',
};
/** Answers that are the same for everybody and take long. */
const NOT_ASKED: readonly string[] = ['GET /api/v1/openapi.json'];

interface Readable {
  readonly table: string;
  readonly columns: string;
}

/** Every table of which the app role may read something, with the columns it may read. */
const readableTables = async (server: TestServer): Promise<Readable[]> => {
  const { rows } = await server.db.pools.maintenance.query<Readable>(
    `select c.relname as "table", string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped and has_column_privilege('tongxin_app', c.oid, a.attnum, 'select')
     group by 1 order by 1`,
  );
  return rows.filter(({ table }) => !(table in TABLES_THAT_MOVE));
};

/** How many rows of each table somebody sees, and a digest of all they say. */
const rowsSeen = async (server: TestServer, tables: readonly Readable[], name: string): Promise<[string, string][]> => {
  const caller = CALLERS[name]!;
  const client = await server.db.pools.app.connect();
  try {
    await client.query('begin');
    const who = caller === 'anonymous' ? undefined : 'service' in caller ? WORLD.services[caller.service].who : caller.who;
    if (who) await client.query('select enter($1, $2)', [who.kind, who.token]);
    const each = tables.map(
      ({
        table,
        columns,
      }) => `select '${table}' as "table", count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as seen
        from (select ${columns} from ${table}) t`,
    );
    const { rows } = await client.query<{ table: string; seen: string }>(each.join(' union all '));
    return rows.map(({ table, seen }) => [`${name} table ${table}`, seen]);
  } finally {
    await client.query('rollback');
    client.release();
  }
};

/** Every route that reads and names no case, as the table of access asks it: who may read a case by its id stands there. */
const READING = Object.entries(ACCESS)
  .filter(([route, row]) => route.startsWith('GET ') && !row.stream && isCell(row.cells) && !NOT_ASKED.includes(route))
  .map(([route]) => route);

const answersTo = async (server: TestServer, subjects: Subjects, name: string): Promise<[string, string][]> => {
  const heard: [string, string][] = [];
  for (const route of READING) {
    const { path, headers } = ACCESS[route]!.ask(subjects.lampA);
    const answer = await server.as(CALLERS[name]!, { url: path, ...(headers ? { headers } : {}) });
    heard.push([`${name} ${route}`, `${answer.statusCode} ${JSON.stringify(answer.headers['content-disposition'] ?? '')} ${answer.body}`]);
  }
  return heard;
};

/** The table of all cases that somebody takes along; the job is taken away again, so that it is no trace itself. */
const exported = async (server: TestServer, names: readonly string[]): Promise<[string, string][]> => {
  const begun: [name: string, id: string][] = [];
  for (const name of names) {
    const body = { id: v7(), source: 'cases', format: 'csv' };
    const answer = await server.as(CALLERS[name]!, { method: 'POST', url: '/api/v1/exports', body });
    if (answer.statusCode === 201) begun.push([name, body.id]);
  }
  await workThrough(server);
  const heard: [string, string][] = [];
  for (const [name, id] of begun) {
    const file = await server.as(CALLERS[name]!, { url: `/api/v1/jobs/${id}/file` });
    heard.push([`${name} takes along`, `${file.statusCode} ${file.body}`]);
  }
  await server.db.pools.maintenance.query('delete from job where job_id = any ($1)', [begun.map(([, id]) => id)]);
  return heard;
};

const settle = (server: TestServer) =>
  settleFeed(
    server.deps,
    manifests.flatMap(({ consumers }) => consumers ?? []),
  );

interface Look {
  readonly rows: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, string>;
}

/** Everything that outsiders see. Asked first, then looked at: what asking itself leaves behind is there both times. */
const lookAround = async (
  server: TestServer,
  subjects: Subjects,
  outsiders: readonly string[],
  asking: readonly string[],
): Promise<Look> => {
  await settle(server);
  const answers: [string, string][] = [];
  for (const name of asking) answers.push(...(await answersTo(server, subjects, name)));
  answers.push(...(await exported(server, asking)));
  const tables = await readableTables(server);
  const rows: [string, string][] = [];
  for (const name of outsiders) rows.push(...(await rowsSeen(server, tables, name)));
  return { rows: new Map(rows), answers: new Map(answers) };
};

/** What an outsider finds who knows a word of the secret and looks for it. */
const searched = async (server: TestServer, names: readonly string[], words: readonly string[]): Promise<string[]> => {
  const traces: string[] = [];
  for (const name of names)
    for (const word of words) {
      const answer = await server.as(CALLERS[name]!, { url: `/api/v1/cases?q=${encodeURIComponent(word)}` });
      if (answer.statusCode === 200 && answer.json<{ rows: unknown[] }>().rows.length > 0) traces.push(`${name} finds by ${word}`);
    }
  return traces;
};

/** Every route that reads one case, asked by somebody who has its ids and no business with it: nothing is there. */
const opened = async (server: TestServer, names: readonly string[], { subject, insiders }: NonNullable<Secret['cases']>[number]) => {
  const of = subject();
  const traces: string[] = [];
  const heard: [string, string][] = [];
  const routes = Object.entries(ACCESS).filter(
    ([route, row]) => /^GET .*:/u.test(route) && !row.stream && row.ask(of).path.split(/[/?]/u).includes(of.id),
  );
  for (const name of names.filter((one) => !insiders.includes(one)))
    for (const [route, row] of routes) {
      const { path, headers } = row.ask(of);
      const answer = await server.as(CALLERS[name]!, { url: path, ...(headers ? { headers } : {}) });
      if (answer.statusCode < 300) traces.push(`${name} opens ${route}`);
      heard.push([`${name} ${route} of it`, answer.body]);
    }
  return { traces, heard };
};

/** What the live line tells those who listen, from before the secret up to an ordinary report made after it: that report, and nothing else. */
const overheard = async (server: TestServer, names: readonly string[], after: number): Promise<string[]> => {
  const marker = v7();
  const filed = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: marker, text: '井盖松动', areaId: WORLD.areas.communityA1.areaId },
  });
  if (filed.statusCode !== 201) throw new Error(filed.body);
  await settle(server);
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const origin = server.app.listeningOrigin;
  const traces: string[] = [];
  for (const name of names) {
    const gone = new AbortController();
    const headers = { ...server.headersOf(CALLERS[name] as Parameters<TestServer['headersOf']>[0]), 'last-event-id': String(after) };
    const answer = await fetch(`${origin}/api/v1/live`, { headers, signal: gone.signal });
    let heard = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk;
      if (heard.includes(marker)) break;
    }
    gone.abort();
    const told = [...heard.matchAll(/"id":"([^"]+)"/gu)].map(([, id]) => id).filter((id) => id !== marker);
    if (told.length > 0) traces.push(`${name} hears of ${told.join(', ')}`);
  }
  return traces;
};

const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...after].flatMap(([place, seen]) => (before.get(place) === seen ? [] : [`changed: ${place}`]));

/**
 * Traces that a secret leaves with whoever may not know of it. `asking` are the outsiders who ask every route, one for each kind of post that matters;
 * of the rows everybody is looked at. `listening` see the whole of the town and hear the live line. `log` are the lines the server has written.
 */
export const findTraces = async (
  server: TestServer,
  subjects: Subjects,
  { insiders, cases = [], keep }: Secret,
  { asking, listening, log }: { readonly asking: readonly string[]; readonly listening: readonly string[]; readonly log: () => string },
): Promise<string[]> => {
  const outsiders = Object.keys(CALLERS).filter((name) => !insiders.includes(name));
  const before = await lookAround(server, subjects, outsiders, asking);
  const { rows: heads } = await server.db.pools.maintenance.query<{ position: string }>('select position from feed_head');
  const words = await keep();
  const after = await lookAround(server, subjects, outsiders, asking);
  const moves = (place: string): boolean => Object.keys(ROUTES_THAT_MOVE).some((route) => place.endsWith(route));
  const traces = [...changed(before.rows, after.rows), ...changed(before.answers, after.answers).filter((place) => !moves(place))];
  traces.push(...(await searched(server, asking, words)));
  traces.push(...(await overheard(server, listening, Number(heads[0]!.position))));
  const answers = [...after.answers];
  for (const one of cases) {
    const { traces: found, heard } = await opened(server, asking, one);
    traces.push(...found);
    answers.push(...heard);
  }
  const lines = log();
  const files = readdirSync(server.deps.config.dataDir, { recursive: true, encoding: 'utf8' }).join('\n');
  for (const word of words) {
    for (const [place, answer] of answers) if (answer.includes(word)) traces.push(`${place} says ${word}`);
    if (lines.includes(word)) traces.push(`the log has ${word}`);
    if (files.includes(word)) traces.push(`a file is named ${word}`);
  }
  return traces;
};
