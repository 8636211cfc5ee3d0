import { type Static, Type } from 'typebox';
import { Channel, DemandKind } from '../case/schema.ts';

const Column = Type.String({ minLength: 1, maxLength: 120 });
const DateColumn = Type.Object(
  {
    column: Column,
    /** Luxon tokens, tried in order: `yyyyMMdd`, `yyyy/M/d H:mm:ss`. Dates of a spreadsheet need none. */
    formats: Type.Array(Type.String({ minLength: 2, maxLength: 60 }), { minItems: 1, maxItems: 12 }),
    /** Zone of the written time. */
    zone: Type.Optional(Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
);

/** How the columns of somebody's table are read as cases: `packs/maps/<file stem>.json`. */
export const CaseMap = Type.Object(
  {
    kind: Type.Literal('cases'),
    /** Where the numbers come from: the same number of two systems is two cases. */
    sourceSystem: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,59}$' }),
    /** The number in that system; absent: a row is known by its digest. */
    sourceNumber: Type.Optional(Column),
    /** Joined by line breaks. */
    text: Type.Array(Column, { minItems: 1, maxItems: 6 }),
    reportedAt: Type.Optional(DateColumn),
    dueAt: Type.Optional(DateColumn),
    closedAt: Type.Optional(DateColumn),
    /** Levels of a category, outermost first; kept as `<scheme>/<level>/…`. */
    category: Type.Optional(
      Type.Object(
        { columns: Type.Array(Column, { minItems: 1, maxItems: 4 }), scheme: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }) },
        { additionalProperties: false },
      ),
    ),
    department: Type.Optional(Column),
    address: Type.Optional(Type.Array(Column, { minItems: 1, maxItems: 4 })),
    point: Type.Optional(
      Type.Object({ lon: Column, lat: Column, datum: Type.Enum(['wgs84', 'gcj02', 'bd09']) }, { additionalProperties: false }),
    ),
    /** Which values of a column mean closed; everything else is open. Without it a row with a close date, or with a reply, is closed. */
    closed: Type.Optional(
      Type.Object({ column: Column, values: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1 }) }, { additionalProperties: false }),
    ),
    reply: Type.Optional(Column),
    demandKind: Type.Optional(
      Type.Object({ column: Column, values: Type.Record(Type.String(), DemandKind) }, { additionalProperties: false }),
    ),
    channel: Type.Optional(Channel),
  },
  { additionalProperties: false },
);
export type CaseMap = Static<typeof CaseMap>;

/** How a table of categories is read. */
export const CategoryMap = Type.Object(
  {
    kind: Type.Literal('categories'),
    scheme: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }),
    /** Levels, outermost first. */
    levels: Type.Array(Column, { minItems: 1, maxItems: 4 }),
  },
  { additionalProperties: false },
);
export type CategoryMap = Static<typeof CategoryMap>;

/** A row as read: cells by column, and the line on which it begins. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Why a row was not imported; also the i18n key `reject.<code>`. */
export const REJECT_CODES = [
  'undecodable',
  'ragged',
  'unreadable',
  'cellTooLarge',
  'textMissing',
  'dateUnfit',
  'pointUnfit',
  'badCharacters',
  'conflict',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

export const REJECT_SENTENCES: Readonly<Record<RejectCode, { zh: string; en: string }>> = {
  undecodable: { zh: '这一行的文字编码无法识别', en: 'the characters of this row cannot be read in any known encoding' },
  ragged: { zh: '这一行的列数与表头不一致', en: 'this row has another number of columns than the header' },
  unreadable: { zh: '这一行的格式有误（引号未闭合等）', en: 'this row is malformed, for example an unclosed quotation mark' },
  cellTooLarge: { zh: '单元格内容过长', en: 'a cell is too large' },
  textMissing: { zh: '没有正文', en: 'the row has no text' },
  dateUnfit: { zh: '日期无法识别', en: 'a date cannot be read' },
  pointUnfit: { zh: '坐标无法识别', en: 'the coordinates cannot be read' },
  badCharacters: { zh: '含有不能保存的字符', en: 'the row holds characters that cannot be stored' },
  conflict: {
    zh: '同一编号的内容已变化，未覆盖原件',
    en: 'a row with this number was imported before with other content; nothing was overwritten',
  },
};
