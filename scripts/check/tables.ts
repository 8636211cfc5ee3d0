import { type Check, filesOf, lineAt, type Rule, textOf, type Violation, withoutComments } from './report.ts';

const RULES = {
  owned: {
    id: 'table-without-owner',
    why: 'A table nobody owns is changed by everybody and understood by nobody.',
    mend: 'Name it in the README of its module: "Owns `table`."',
  },
  foreign: {
    id: 'foreign-table',
    why: 'Only its owner knows what must hold between the rows of a table; a second writer breaks it without noticing.',
    mend: 'Call the owner through its index.ts; or, where that cannot be, add the pair with its reason to scripts/check/tables.ts.',
  },
} as const satisfies Record<string, Rule>;

/** Tables of the platform, which has no READMEs of modules. */
const PLATFORM: Readonly<Record<string, string>> = {
  feed: 'platform/feed',
  feed_head: 'platform/feed',
  feed_pending: 'platform/feed',
  feed_cursor: 'platform/feed',
  calendar_year: 'platform/calendar',
  calendar_exception: 'platform/calendar',
  reference_version: 'platform/directory',
  procedure_version: 'platform/procedures',
  job: 'platform/jobs',
  procedure_use: 'platform/procedures',
  migration: 'platform/db',
};

/** Who else writes which tables, and why. A shorter list is a better one. */
const ALSO: readonly (readonly [room: string, tables: RegExp, why: string])[] = [
  [
    'platform/calendar',
    /^clock$/u,
    'an amended calendar marks the clocks that rest on it; the leader then computes them again, by an event',
  ],
  ['pack', /./u, 'loads a whole city in bulk, once, as the maintenance role'],
  ['case', /^feed_pending$/u, 'an event waits for its place in the feed from the moment it commits: one statement writes both'],
  [
    'import',
    /^(?:cases|events|event_content|clock|case_link|category|feed_pending)$/u,
    'writes batches of rows as sets; each row is made by the case module’s functions',
  ],
  ['record', /^(?:cases|event_content|case_party|file)$/u, 'erasure takes words wherever they stand, in one transaction with its event'],
  ['organization', /^person$/u, 'services are persons without a name, made together with their posts'],
  ['session', /^(?:person|post_holding)$/u, 'an account is opened for a person with posts, or not at all'],
  ['platform/jobs', /^service_session$/u, 'a job runs under a token of its own, which goes with its end'],
  ['statistics', /^feed_cursor$/u, 'rebuilding starts its own consumer over'],
];

const WRITES = /\b(?:insert\s+into|update|delete\s+from|truncate|copy)\s+(?:only\s+)?"?([a-z0-9_]+)"?/giu;

/** `modules/case`, `platform/feed`: whose source a file is. */
const roomOf = (file: string): string | undefined => {
  const [, kind, name] = /^apps\/server\/src\/(modules|platform)\/([^/]+)\//u.exec(file) ?? [];
  return kind === 'modules' ? name : kind ? `platform/${name}` : undefined;
};

const tablesIn = (root: string, files: readonly string[]): Map<string, string> =>
  new Map(
    files
      .filter((file) => file.startsWith('apps/server/migrations/'))
      .flatMap((file) =>
        [...textOf(root, file).matchAll(/^create (?:unlogged )?table (?!auth\.)"?(\w+)"?/gmu)].map(([, name]) => [name!, file] as const),
      ),
  );

const ownersIn = (root: string, files: readonly string[]): Map<string, string> => {
  const owners = new Map(Object.entries(PLATFORM));
  for (const file of files) {
    const module = /^apps\/server\/src\/modules\/([^/]+)\/README\.md$/u.exec(file)?.[1];
    if (!module) continue;
    for (const [, list] of textOf(root, file).matchAll(/\bOwns ([^.;(:]*)/gu))
      for (const [, table] of list!.matchAll(/`([a-z0-9_]+)`/gu)) owners.set(table!, module);
  }
  return owners;
};

/** Each table has one owner, and only the owner writes it. Reading across is a join and allowed: row-level security judges it. */
export const tables: Check = {
  name: 'tables',
  looksAt: 'tables of the migrations, READMEs that own them, and sources that write them',
  run: (root) => {
    const files = filesOf(root);
    const [known, owners] = [tablesIn(root, files), ownersIn(root, files)];
    const orphans = [...known]
      .filter(([table]) => !owners.has(table))
      .map(([table, file]): Violation => ({ file, rule: RULES.owned, found: table }));
    const sources = files.filter((file) => roomOf(file) && file.endsWith('.ts') && !/\.test\.ts$|build\.ts$/u.test(file));
    const writes = sources.flatMap((file): Violation[] => {
      const [room, text] = [roomOf(file)!, withoutComments(textOf(root, file))];
      return [...text.matchAll(WRITES)]
        .map((match) => ({ table: match[1]!, line: lineAt(text, match.index) }))
        .filter(({ table }) => known.has(table) && owners.has(table) && owners.get(table) !== room)
        .filter(({ table }) => !ALSO.some(([who, which]) => who === room && which.test(table)))
        .map(({ table, line }) => ({ file, line, rule: RULES.foreign, found: `writes ${table}, which ${owners.get(table)} owns` }));
    });
    return { files: known.size === 0 ? 0 : known.size + sources.length, violations: [...orphans, ...writes] };
  },
};
