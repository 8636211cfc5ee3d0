import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';

/** What the platform itself puts on a department's sheet. */
export const SHEET_SIGNS = ['preparedBy', 'preparedOn', 'visitedOn', 'organization', 'area', 'premisesName', 'premisesAddress'] as const;
export const SheetSign = Type.Enum([...SHEET_SIGNS]);
export type SheetSign = Static<typeof SheetSign>;

const CellAddress = Type.String({ pattern: '^[A-Z]{1,3}[1-9]\\d{0,4}$' });
const ColumnName = Type.String({ pattern: '^[A-Z]{1,3}$' });
const Code = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });
/** How this department writes an answer: by its value (`true`, `bad`) the words that stand in its sheet. */
const Words = Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 60 }));

const Filled = {
  question: Type.Optional(Code),
  sign: Type.Optional(SheetSign),
  words: Type.Optional(Words),
  /** Stands in a cell that has words already: they stay, and the value follows. */
  append: Type.Optional(Type.Boolean()),
};

/** Where what goes on a department's sheet. Formulas are never written over. */
export const SheetMap = Type.Object(
  {
    sheet: Type.String({ minLength: 1, maxLength: 100 }),
    cells: Type.Array(Type.Object({ cell: CellAddress, ...Filled }, { additionalProperties: false }), { maxItems: 120 }),
    /** One row for each row of a repeating section. */
    list: Type.Optional(
      Type.Object(
        {
          firstRow: Type.Integer({ minimum: 1, maximum: 2000 }),
          lastRow: Type.Integer({ minimum: 1, maximum: 2000 }),
          section: Code,
          columns: Type.Array(
            Type.Object(
              { column: ColumnName, question: Type.Optional(Code), serial: Type.Optional(Type.Literal(true)), words: Type.Optional(Words) },
              { additionalProperties: false },
            ),
            { minItems: 1, maxItems: 20 },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type SheetMap = Static<typeof SheetMap>;

/** A department's sheet a visit can fill. */
export const SheetRow = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  name: Label,
  department: Type.String(),
  departmentLabel: Type.Optional(Label),
});
export type SheetRow = Static<typeof SheetRow>;

export const NewSheet = Type.Object(
  {
    id: Code,
    version: Type.Integer({ minimum: 1, maximum: 100_000 }),
    areaId: Uuid,
    formId: Code,
    department: Code,
    name: Label,
    map: SheetMap,
    /** The department's .xlsx, base64. */
    workbook: Type.String({ minLength: 4, maxLength: 700_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
  },
  { additionalProperties: false },
);
export type NewSheet = Static<typeof NewSheet>;
