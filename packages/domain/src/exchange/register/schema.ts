import { type Static, Type } from 'typebox';
import type { Label } from '../../label/schema.ts';
import { ImportRegister } from '../schema.ts';

const ColumnName = Type.String({ minLength: 1, maxLength: 120 });

/** How the columns of somebody's table are read as rows of a register. */
export const RegisterMap = Type.Object(
  {
    kind: Type.Literal('register'),
    register: ImportRegister,
    /** Column of the table by field of the register; what is not named stays as it is. */
    columns: Type.Record(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), ColumnName, { maxProperties: 40 }),
    /** In which language its names are written. */
    language: Type.Enum(['zh', 'en']),
    /** Of its coordinates; WGS-84 when not said. National map services use GCJ-02. */
    datum: Type.Optional(Type.Enum(['wgs84', 'gcj02', 'bd09'])),
  },
  { additionalProperties: false },
);
export type RegisterMap = Static<typeof RegisterMap>;

/** A conflict in which the table's side is taken: the line, and the digest of what stood in the register when somebody chose. */
export const Taken = Type.Object(
  { line: Type.Integer({ minimum: 1 }), kept: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  { additionalProperties: false },
);
export type Taken = Static<typeof Taken>;

/** Conflicts shown, and so taken, at a time. */
export const MOST_TAKEN = 200;

/** A cell as it is compared: days `YYYY-MM-DD`, instants ISO 8601 in UTC, ids of what it refers to, codes as codes; null where it is empty. */
export type Value = string | number | boolean | readonly string[] | null;
export type Values = Readonly<Record<string, Value>>;

/** Why a row was not read; `field` is the column it lies in. */
export interface Unread {
  readonly code: UnreadCode;
  readonly field: string;
}
export const UNREAD_CODES = [
  'cellMissing',
  'cellUnfit',
  'codeUnknown',
  'nameUnknown',
  'nameAmbiguous',
  'cellFixed',
  'rowAmbiguous',
  'rowUnknown',
  'wholeBroken',
] as const;
export type UnreadCode = (typeof UNREAD_CODES)[number];

export const UNREAD_SENTENCES: Readonly<Record<UnreadCode, Label>> = {
  cellMissing: { zh: '“{field}”没有填写', en: '“{field}” is empty' },
  cellUnfit: { zh: '“{field}”填写不符合要求', en: '“{field}” is not as it should be' },
  codeUnknown: { zh: '“{field}”不是可选的内容', en: '“{field}” is none of what may be chosen' },
  nameUnknown: { zh: '“{field}”里的名称没有找到', en: 'the name in “{field}” was not found' },
  nameAmbiguous: { zh: '“{field}”里的名称不止一个，请写全', en: 'the name in “{field}” means several, please write it in full' },
  cellFixed: { zh: '“{field}”不能用表格改动', en: '“{field}” cannot be changed by a table' },
  rowAmbiguous: { zh: '台账里有几行都符合，请带上系统编号', en: 'several rows of the register are meant, please give the id' },
  rowUnknown: { zh: '台账里没有这一行，不能撤销', en: 'the register has no such row to take out' },
  wholeBroken: {
    zh: '这一年还没有载入，要整年一起导入；表里有读不出的行，请先改好',
    en: 'this year is not loaded yet and comes in whole; some rows of the table cannot be read, please mend them first',
  },
};
