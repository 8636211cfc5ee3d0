import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EVENT_TYPES, type EventType } from '@tongxin/domain/case/schema.ts';
import { CAPABILITIES, type Capability, ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import { titlesEn } from '@tongxin/server/platform/errors/titles.en.ts';
import { titlesZh } from '@tongxin/server/platform/errors/titles.zh.ts';
import { generateProcedures } from './generate-procedures.ts';

/** One sentence for each event of the record; an event without one does not compile. */
const EVENTS: Record<EventType, string> = {
  'case.filed': 'Somebody filed a case: channel, demand kind, category and place; the words are its content.',
  'case.imported': 'A row of another system’s table became a case, with the dates and limits it came with; no clock was started.',
  'case.acted':
    'Somebody took an action of the procedure; it names the action, the stages, the duty done, what was assigned and each clock’s new state.',
  'case.takenOver': 'Somebody took the case over from a colleague who had it in hand; it names the post it was taken from.',
  'case.placed':
    'A re-zoning put an open case in another area, it was reopened after its own had gone, or whoever dispatches or accepts it said where it is; it names the areas and the decision.',
  'case.migrated':
    'An open case goes on under another published version of its procedure, by a declared mapping of stages; it names both versions.',
  'clock.told': 'A rung of a clock’s ladder was told: a reminder, lateness or escalation to a responsible person.',
  'clock.recomputed': 'A due time was computed again because a calendar was loaded.',
  'task.opened': 'A supporting body was asked for a part of the work.',
  'task.changed': 'A supporting body acknowledged, finished or returned its task, or the task was cancelled.',
  'note.added': 'Staff wrote a note: a telephone call, a visit, a thought; the reporter does not see it.',
  'document.issued': 'A paper of the case was issued: kind and number; the whole paper is its content.',
  'document.placed': 'An attachment was put into a place of the case file, or taken out of it.',
  'document.archived': 'The case file was archived: its number, day and term.',
  'document.read': 'Somebody had the whole case file opened; why is its content.',
  'document.signed': 'The signed paper came back as pictures or scans.',
  'hearing.published': 'What everybody reads of a hearing was shown, or other words took their place: a digest; the words are its content.',
  'agreement.signed':
    'Somebody signed an agreement: who, on paper or on screen, there by what they were known, and the digest of the words.',
  'code.renewed': 'The query code of a side was made anew at the desk: whose, and whether it had none or lost it.',
  'session.cancelled': 'A session of a dispute was called off at the desk; sides see what they were invited to, and no step.',
  'case.handedOver': 'Open work moved to a colleague or to another body because a post or a body ended; nothing else of the case changed.',
  'content.erased': 'Words of an earlier event or of a party were destroyed for a stated reason; the chain stays valid.',
};

const ROLE_NAMES: Record<Role, string> = {
  dispatcher: '调度员',
  operator: '话务员',
  handler: '承办人',
  bodyHead: '单位负责人',
  verifier: '核查员',
  gridWorker: '网格员',
  gridLead: '网格长',
  leader: '领导',
  supervisor: '督查员',
  letterOfficer: '信访工作人员',
  letterReviewer: '复查复核人员',
  mediator: '调解员',
  mediationHead: '调委会负责人',
  justiceOfficer: '司法所统计员',
  lawyer: '法律顾问',
  administrator: '管理员',
  portalService: '门户服务',
  importService: '导入服务',
  departmentService: '部门接口账号',
  open311Service: 'Open311 服务',
  clockService: '时限服务',
  wallDisplay: '大屏',
};

const NOTE = '<!-- Written by `npm run docs`; edit the source, not this page. -->\n';
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/gu, ' ').trim();
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '-'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** Sources that make events of a type, by where its name is given as one. */
const makersOf = (root: string): ((type: EventType) => string) => {
  const sources = globSync(['apps/server/src/**/*.ts', 'packages/domain/src/**/*.ts'], { cwd: root })
    .filter((file) => !/\.test\.ts$|build\.ts$|schema\.ts$/u.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  return (type) => {
    const named = new RegExp(`\\btype: [^,;\\n]*'${type.replace('.', '\\.')}'`, 'u');
    const makers = sources.filter(({ text }) => named.test(text)).map(({ file }) => `\`${file}\``);
    return makers.join(', ') || 'nothing yet';
  };
};

const eventsPage = (root: string): string => `# Events of the record

${NOTE}
Append-only, numbered from 1 within a case and chained by hash. The header holds codes and opaque ids; words are sealed apart and can be erased.

${table(
  ['event', 'what happened', 'made in'],
  EVENT_TYPES.map((type) => [`\`${type}\``, EVENTS[type], makersOf(root)(type)]),
)}
`;

const capabilitiesPage = (): string => {
  const roles = Object.entries(ROLES) as [Role, { sees: string; capabilities: readonly Capability[] }][];
  return `# Roles of posts and what they may do

${NOTE}
Source: \`packages/domain/src/post/policy.ts\`. A capability alone never suffices: the procedure’s action also names how the post must stand to the
case. *Sees*: \`area\` everything in its area, \`organization\` what its body leads, supports, received or is complained of in, \`none\` only what it
opens itself. A post counts for the cases it has before it: of its area, or received, led or supported by its body.

${table(
  ['role', '', 'sees', 'capabilities'],
  roles.map(([role, { sees, capabilities }]) => [
    `\`${role}\``,
    ROLE_NAMES[role],
    sees,
    capabilities.map((one) => `\`${one}\``).join(', '),
  ]),
)}

## By capability

${table(
  ['capability', 'roles'],
  CAPABILITIES.map((one) => [
    `\`${one}\``,
    roles
      .filter(([, { capabilities }]) => capabilities.includes(one))
      .map(([role]) => role)
      .join(', '),
  ]),
)}
`;
};

const problemsPage = (): string => `# Problems: codes and what a person reads

${NOTE}
Answers that refuse are \`application/problem+json\` (RFC 9457): \`{type: "/problems/<code>", title, status, code, params}\`, the title in the language
of \`accept-language\`. Codes are stable; sentences may be improved. Of \`invalidInput\` \`params.field\` points to
the fault; where that is a length (\`params.rule\` is \`maxLength\`), the title is the one of \`inputTooLong\`.

${table(
  ['code', '中文', 'English'],
  (Object.keys(titlesZh).sort() as (keyof typeof titlesZh)[]).map((code) => [`\`${code}\``, titlesZh[code], titlesEn[code]]),
)}
`;

interface TableOf {
  readonly name: string;
  readonly migration: string;
  readonly comment: string;
  readonly columns: { name: string; type: string; comment: string }[];
}

const CONSTRAINT = /^(?:primary key|unique|check|constraint|exclude|foreign key)\b/iu;

/** Splits `a int, b numeric(1,2)` at commas outside brackets. */
const parts = (text: string): string[] => {
  let depth = 0;
  return [...text]
    .reduce<string[]>(
      (all, letter) => {
        depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
        if (letter === ',' && depth === 0) all.push('');
        else all[all.length - 1] += letter;
        return all;
      },
      [''],
    )
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

/** What later migrations change of a table, a statement a line: a column that goes, a check that is another. */
const DROPPED = /^alter table (\w+) drop column (\w+);/gmu;
const CHECKED = /^alter table (\w+) add constraint \w+_check (check \((\w+) .*\));/gmu;
export const amended = (tables: readonly TableOf[], sql: string): TableOf[] => {
  const dropped = new Set([...sql.matchAll(DROPPED)].map(([, table, column]) => `${table}.${column}`));
  const checked = new Map([...sql.matchAll(CHECKED)].map(([, table, check, column]) => [`${table}.${column}`, check!]));
  return tables.map((table) => ({
    ...table,
    columns: table.columns
      .filter((column) => !dropped.has(`${table.name}.${column.name}`))
      .map((column) => {
        const check = checked.get(`${table.name}.${column.name}`);
        return check ? { ...column, type: column.type.replace(/check \(.*\)$/u, () => check) } : column;
      }),
  }));
};

/**
 * Reads `create table` as our migrations write it: one or several columns a line, comments on the lines before. `alter table … add column`,
 * one a line, adds to the tables of this migration or to the known ones of those before.
 */
export const tablesOf = (migration: string, sql: string, known: readonly TableOf[] = []): TableOf[] => {
  const tables: TableOf[] = [];
  let [comment, statement]: [string[], string] = [[], ''];
  for (const line of sql.split('\n')) {
    const note = /^\s*-- ?(.*)$/u.exec(line);
    const open = tables.at(-1);
    const [, altered, added] = /^alter table (\S+) add column (.*);$/u.exec(line) ?? [];
    if (note) comment.push(note[1]!);
    else if (altered && added) {
      const to = [...known, ...tables].find(({ name }) => name === altered);
      if (to) addColumns(to, added, comment.join(' '));
      comment = [];
    } else if (statement === '' && /^create (?:unlogged )?table /u.test(line)) {
      const [, name, rest] = /^create (?:unlogged )?table (\S+) \(?(.*)$/u.exec(line)!;
      tables.push({ name: name!.replaceAll('"', ''), migration, comment: comment.join(' '), columns: [] });
      comment = [];
      const whole = rest!.endsWith(');');
      statement = whole ? '' : ' ';
      if (whole) addColumns(tables.at(-1)!, rest!.slice(0, -2), '');
    } else if (statement !== '' && open) {
      statement = /^\)/u.test(line) ? '' : `${statement} ${line.trim()}`;
      if (statement === '' || !balanced(statement)) continue;
      addColumns(open, statement, comment.join(' '));
      [comment, statement] = [[], ' '];
    } else comment = [];
  }
  return tables;
};

const balanced = (text: string): boolean => text.split('(').length === text.split(')').length;

const addColumns = (to: TableOf, text: string, comment: string): void => {
  for (const part of parts(text)) {
    if (CONSTRAINT.test(part)) continue;
    const [, name, type] = /^("?[\w]+"?)\s+(.*)$/u.exec(part) ?? [];
    if (name && type) to.columns.push({ name: name.replaceAll('"', ''), type, comment });
    comment = '';
  }
};

const tablesPage = (root: string): string => {
  const migrations = globSync('apps/server/migrations/*.sql', { cwd: root }).sort();
  const tables = migrations.reduce<TableOf[]>((before, file) => {
    const sql = readFileSync(join(root, file), 'utf8');
    const known = amended(before, sql);
    return [...known, ...tablesOf(file.split('/').at(-1)!, sql, known)];
  }, []);
  const sections = tables
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, migration, comment, columns }) =>
        `## ${name}\n\n${comment ? `${comment}\n\n` : ''}\`${migration}\`\n\n${table(
          ['column', 'type', ''],
          columns.map((one) => [`\`${one.name}\``, one.type, one.comment]),
        )}\n`,
    );
  return `# Tables\n\n${NOTE}\n${tables.length} tables, as the migrations make them. Who reads and writes what is said by the policies of the last migration.\n\n${sections.join('\n')}`;
};

/** Every page of docs/generated by its path from `root`. Deterministic: the same sources give the same bytes. */
export const generateDocs = (root: string): Map<string, string> => {
  const pages = new Map<string, string>([
    ['docs/generated/events.md', eventsPage(root)],
    ['docs/generated/tables.md', tablesPage(root)],
    ['docs/generated/capabilities.md', capabilitiesPage()],
    ['docs/generated/problems.md', problemsPage()],
  ]);
  const place = mkdtempSync(join(tmpdir(), 'tongxin-docs-'));
  try {
    for (const file of generateProcedures(place)) pages.set(file.slice(place.length + 1), readFileSync(file, 'utf8'));
  } finally {
    rmSync(place, { recursive: true });
  }
  return pages;
};

/** Pages of docs/generated that are missing, differ or are written by nothing. */
export const stalePages = (root: string, pages: ReadonlyMap<string, string>): { file: string; found: string }[] => {
  const differing = [...pages].flatMap(([file, text]) => {
    const path = join(root, file);
    if (!existsSync(path)) return [{ file, found: 'is missing' }];
    return readFileSync(path, 'utf8') === text ? [] : [{ file, found: 'differs from what the code says' }];
  });
  const there = globSync('docs/generated/**/*.*', { cwd: root });
  return [...differing, ...there.filter((file) => !pages.has(file)).map((file) => ({ file, found: 'is written by nothing' }))];
};

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const pages = generateDocs(root);
  if (process.argv.includes('--check')) {
    const stale = stalePages(root, pages);
    for (const { file, found } of stale) console.error(`${file} ${found}; run npm run docs`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else
    for (const [file, text] of pages) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  console.log(`${pages.size} pages`);
}
