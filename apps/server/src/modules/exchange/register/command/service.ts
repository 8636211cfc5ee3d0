import { importColumns } from '@tongxin/domain/exchange/register/rules.ts';
import type { Values } from '@tongxin/domain/exchange/register/schema.ts';
import type { Column, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import type { Label, Language } from '@tongxin/domain/label/schema.ts';
import type { Route } from '../../../../platform/access-plugin/route.ts';
import type { Deps } from '../../../../platform/deps.ts';
import type { Who } from '../../../../platform/tx/tx.ts';
import { calendarModule } from '../../../calendar/index.ts';
import { categoryModule } from '../../../category/index.ts';
import { disputeModule } from '../../../dispute/index.ts';
import { dutyModule } from '../../../duty/index.ts';
import { facilityModule } from '../../../facility/index.ts';
import { hearingModule } from '../../../hearing/index.ts';
import { knowledgeModule } from '../../../knowledge/index.ts';
import { organizationModule } from '../../../organization/index.ts';
import { replyModule } from '../../../reply/index.ts';
import { rosterModule } from '../../../roster/index.ts';
import { staffModule } from '../../../staff/index.ts';
import type { RegisterRow } from '../repo.ts';

const ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    organizationModule,
    staffModule,
    dutyModule,
    categoryModule,
    knowledgeModule,
    replyModule,
    facilityModule,
    rosterModule,
    calendarModule,
    disputeModule,
    hearingModule,
  ].flatMap(({ routes = [] }) => routes.map((route) => [`${route.method} ${route.path}`, route] as const)),
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
  /** What is kept, with what the table says over it. */
  readonly values: Values;
  /** What the table says. */
  readonly read: Values;
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

const replyTemplates = ({ values, kept, id }: Writing): Command[] => {
  const { title, text, categories: categoryIds, organization: organizationId } = values;
  const form = { title, text, categoryIds: categoryIds ?? [] };
  return [
    kept
      ? { route: 'POST /reply-templates/:id', params: { id }, body: { version: kept.version, ...form } }
      : { route: 'POST /reply-templates', body: { id, organizationId, ...form } },
  ];
};

/** Moved without saying where to, it counts where it now stands; gone, it is taken out as it stands. */
const facilities = (row: Writing): Command[] => {
  const { kind, code, area, lon, lat, closedOn } = row.values;
  if (row.kept && closedOn)
    return [{ route: 'POST /facilities/:id/close', params: { id: row.id }, body: { commandId: row.key('close'), on: closedOn } }];
  const isMoved = row.kept !== undefined && (row.kept.lon !== lon || row.kept.lat !== lat);
  const areaId = isMoved ? row.read.area : area;
  const form = { kind, name: labelOf(row, 'name'), lon, lat, ...said({ code, areaId }) };
  return [
    row.kept
      ? { route: 'POST /facilities/:id', params: { id: row.id }, body: { commandId: row.key('change'), version: row.version, ...form } }
      : { route: 'POST /facilities', body: { commandId: row.key('make'), id: row.id, ...form } },
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

/** Whoever holds the post the table names; a line stays with its person. */
const mediators = ({ values, personId, kept, id, key }: Writing): Command[] => {
  const { organization, name, kinds, languages, filingNumber, court, courtFrom, courtTo, available, phone, home, homeArea } = values;
  const invited = court ? { name: court, ...said({ from: courtFrom, to: courtTo }) } : undefined;
  const form = { name, kinds: kinds ?? [], languages: languages ?? [], available: available ?? true };
  return [
    {
      route: 'PUT /mediators/:id',
      params: { id },
      body: {
        commandId: key('put'),
        organizationId: organization,
        personId: kept ? String(kept.personId) : personId,
        ...form,
        ...said({ filingNumber, court: invited, phone, home, homeAreaId: homeArea }),
      },
    },
  ];
};

const panellists = ({ values, id, key }: Writing): Command[] => {
  const { name, field, area, organization, since, until } = values;
  return [
    {
      route: 'POST /panellists/:id',
      params: { id },
      body: { commandId: key('put'), name, field, areaId: area, since, ...said({ organizationId: organization, until }) },
    },
  ];
};

/** The days of a year: what stands of it, with what the table says over it, as its notice whole. */
const calendarDays = (rows: readonly Writing[], standing: readonly RegisterRow[]): Command[] => {
  const days = new Map(standing.map(({ day, kind, reason }) => [String(day), { day, kind, reason }]));
  for (const { values } of rows) days.set(String(values.day), { day: String(values.day), kind: values.kind, reason: values.reason });
  const kept = standing[0]?.source;
  const source = rows.map(({ read }) => read.source).find((words) => (words ?? null) !== null && words !== kept) ?? kept ?? '';
  const exceptions = [...days.values()].sort((a, b) => (String(a.day) < String(b.day) ? -1 : 1));
  const year = Number(String(rows[0]!.values.day).slice(0, 4));
  return [{ route: 'POST /calendar', body: { commandId: rows[0]!.key('year'), replace: true, year, source, exceptions } }];
};

type Whole = 'calendarDays';
const COMMANDS: Readonly<Record<Exclude<ImportRegister, Whole>, (row: Writing) => readonly Command[]>> = {
  organizations,
  posts,
  people,
  dutyItems,
  categories,
  articles,
  replyTemplates,
  facilities,
  shifts,
  mediators,
  panellists,
};

/**
 * What rows of a table ask for, in the words of the register's own forms: one row, or all of a whole, which stands so far as `standing` says.
 */
export const commandsOf = (register: ImportRegister, rows: readonly Writing[], standing: readonly RegisterRow[]): readonly Command[] =>
  register === 'calendarDays' ? calendarDays(rows, standing) : rows.flatMap((row) => COMMANDS[register](row));

/** Where the version of a row is read, for registers that count their changes. */
export const VERSIONS: Readonly<Partial<Record<ImportRegister, string>>> = {
  organizations: 'GET /organizations/:id',
  posts: 'GET /posts/:id',
  facilities: 'GET /facilities/:id',
  categories: 'GET /categories/:id/versions',
};

const FIELDS: Readonly<Record<string, string>> = {
  kind: 'listKind',
  categoryIds: 'categories',
  amount: 'limitAmount',
  unit: 'limitUnit',
  personId: 'post',
};

/** The column a fault of a command's body lies in: `/name/zh`, `/shifts/0/endsAt`, `/parentId`. */
export const columnOf = (register: ImportRegister, fault: string): Column | undefined => {
  const columns = importColumns(register);
  const parts = fault.split('/').flatMap((part) => [part, FIELDS[part] ?? part.replace(/Id$/u, '')]);
  return parts.map((part) => columns.find(({ id }) => id === part)).find((column) => column !== undefined);
};
