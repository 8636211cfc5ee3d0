import { importColumns } from '@tongxin/domain/exchange/register/rules.ts';
import type { Values } from '@tongxin/domain/exchange/register/schema.ts';
import type { Column, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import type { Label, Language } from '@tongxin/domain/label/schema.ts';
import type { Route } from '../../../../platform/access-plugin/route.ts';
import type { Deps } from '../../../../platform/deps.ts';
import type { Who } from '../../../../platform/tx/tx.ts';
import { categoryModule } from '../../../category/index.ts';
import { dutyModule } from '../../../duty/index.ts';
import { knowledgeModule } from '../../../knowledge/index.ts';
import { organizationModule } from '../../../organization/index.ts';
import { rosterModule } from '../../../roster/index.ts';
import { staffModule } from '../../../staff/index.ts';
import type { RegisterRow } from '../repo.ts';

const ROUTES: ReadonlyMap<string, Route> = new Map(
  [organizationModule, staffModule, dutyModule, categoryModule, knowledgeModule, rosterModule].flatMap(({ routes = [] }) =>
    routes.map((route) => [`${route.method} ${route.path}`, route] as const),
  ),
);

/** What a form on the screen would send: the same route, the same body. */
export interface Command {
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Asks a route of a register as the screen would: demanded, checked and done the same. */
export const send = (deps: Deps, who: Who, { route, ...asking }: Command, language: Language): Promise<unknown> =>
  ROUTES.get(route)!.perform(deps, who, asking, language);

export interface Writing {
  readonly values: Values;
  /** What is changed; absent for a new row. */
  readonly kept?: RegisterRow;
  readonly id: string;
  /** The version to change it from, where the register counts. */
  readonly version?: number;
  readonly language: Language;
  /** Ids that follow from the job and the line: the same again is the same. */
  readonly key: (what: string) => string;
  /** The list an item stands in; the first row of a new one says what it rests on. */
  readonly list?: DutyListNamed;
  /** Who is meant by a user name, where there is somebody. */
  readonly personId?: string;
}

export interface DutyListNamed {
  readonly id: string;
  /** Makes it, while there is none. */
  readonly commandId?: string;
  readonly source?: string;
}

/** What is said, without what is not. */
const said = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as never;

/** A name in the language of the file; the other language stays. */
const labelOf = ({ values, kept, language }: Writing, field: string): Label => {
  const words = String(values[field]);
  const before = kept?.[field] as Label | undefined;
  if (language === 'zh') return { ...before, zh: words };
  if (before && (before.en ?? before.zh) === words) return before;
  return { zh: before?.zh ?? words, en: words };
};

const organizations = (row: Writing): Command[] => {
  const { kind, area, parent, mark, respondent } = row.values;
  const form = { name: labelOf(row, 'name'), kind, areaId: area, ...said({ parentId: parent, mark }), respondent: respondent ?? false };
  return [
    row.kept
      ? { route: 'POST /organizations/:id', params: { id: row.id }, body: { commandId: row.key('change'), version: row.version, ...form } }
      : { route: 'POST /organizations', body: { commandId: row.key('make'), id: row.id, ...form } },
  ];
};

const posts = (row: Writing): Command[] => {
  const { organization, area, role, responsibility } = row.values;
  const form = { title: labelOf(row, 'title'), ...said({ responsibility }) };
  return [
    row.kept
      ? { route: 'POST /posts/:id', params: { id: row.id }, body: { commandId: row.key('change'), version: row.version, ...form } }
      : {
          route: 'POST /posts',
          body: { commandId: row.key('make'), id: row.id, organizationId: organization, areaId: area, role, ...form },
        },
  ];
};

const people = ({ values, personId, id, key }: Writing): Command[] => {
  const { username, name, post, from, to } = values;
  const appointment = { holdingId: key('holding'), postId: post, ...said({ from, to }) };
  return [
    personId
      ? { route: 'POST /staff/:id/posts', params: { id: personId }, body: { commandId: key('make'), ...appointment } }
      : { route: 'POST /staff', body: { commandId: key('make'), personId: id, username, name: name ?? '', ...appointment } },
  ];
};

const dutyItems = (row: Writing): Command[] => {
  const { listKind, area, clause, category, organization } = row.values;
  const form = { clause, title: labelOf(row, 'title'), ...said({ categoryId: category, organizationId: organization }) };
  const { id: listId, commandId, source = '' } = row.list!;
  const items = '/duty-lists/:id/items';
  if (row.kept)
    return [
      {
        route: `POST ${items}/:itemId`,
        params: { id: listId, itemId: row.id },
        body: { commandId: row.key('change'), id: row.key('id'), ...form },
      },
    ];
  const list = { id: listId, kind: listKind, title: labelOf(row, 'list'), areaId: area, source };
  return [
    ...(commandId ? [{ route: 'POST /duty-lists', body: { commandId, ...list } }] : []),
    { route: `POST ${items}`, params: { id: listId }, body: { commandId: row.key('make'), id: row.id, ...form } },
  ];
};

const categories = (row: Writing): Command[] => {
  const { parent, grade, limitAmount, limitUnit, danger, organization } = row.values;
  const limit = (limitAmount ?? null) === null && (limitUnit ?? null) === null ? undefined : { amount: limitAmount, unit: limitUnit };
  const form = {
    name: labelOf(row, 'name'),
    ...said({ parentId: parent, grade, limit, organizationId: organization }),
    danger: danger ?? [],
  };
  return [
    row.kept
      ? { route: 'POST /categories/:id', params: { id: row.id }, body: { commandId: row.key('change'), version: row.version, ...form } }
      : { route: 'POST /categories', body: { commandId: row.key('make'), id: row.id, ...form } },
  ];
};

const articles = ({ values, kept, id, key }: Writing): Command[] => {
  const { title, body, categories: categoryIds, organization, from, to } = values;
  const form = { title, body, categoryIds: categoryIds ?? [], organizationId: organization, ...said({ from, to }) };
  return [
    kept
      ? { route: 'POST /articles/:id', params: { id }, body: { commandId: key('change'), version: kept.version, ...form } }
      : { route: 'POST /articles', body: { commandId: key('make'), id, ...form } },
  ];
};

/** A shift is never changed: it is taken out, and another put in. */
const shifts = ({ values, kept, id, key }: Writing): Command[] => {
  const { organization, post, kind, startsAt, endsAt } = values;
  const params = { id: String(organization) };
  const shift = { id: key('id'), postId: post, kind, startsAt, endsAt };
  return [
    ...(kept ? [{ route: 'POST /organizations/:id/shifts/remove', params, body: { commandId: key('remove'), ids: [id] } }] : []),
    { route: 'POST /organizations/:id/shifts', params, body: { commandId: key('make'), shifts: [shift] } },
  ];
};

const COMMANDS: Readonly<Record<ImportRegister, (row: Writing) => readonly Command[]>> = {
  organizations,
  posts,
  people,
  dutyItems,
  categories,
  articles,
  shifts,
};

/** What a row of a table asks for, in the words of the register's own forms. */
export const commandsOf = (register: ImportRegister, row: Writing): readonly Command[] => COMMANDS[register](row);

/** Where the version of a row is read, for registers that count their changes. */
export const VERSIONS: Readonly<Partial<Record<ImportRegister, string>>> = {
  organizations: 'GET /organizations/:id',
  posts: 'GET /posts/:id',
  categories: 'GET /categories/:id/versions',
};

const FIELDS: Readonly<Record<string, string>> = { kind: 'listKind', categoryIds: 'categories', amount: 'limitAmount', unit: 'limitUnit' };

/** The column a fault of a command's body lies in: `/name/zh`, `/shifts/0/endsAt`, `/parentId`. */
export const columnOf = (register: ImportRegister, fault: string): Column | undefined => {
  const columns = importColumns(register);
  const parts = fault.split('/').flatMap((part) => [part, FIELDS[part] ?? part.replace(/Id$/u, '')]);
  return parts.map((part) => columns.find(({ id }) => id === part)).find((column) => column !== undefined);
};
