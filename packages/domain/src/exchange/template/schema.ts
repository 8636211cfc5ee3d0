import { type Static, Type } from 'typebox';
import { ExportSource } from '../schema.ts';

/** Figures of a period: filed and ended within it; standing and overdue now. */
export const FIGURES = ['filed', 'ended', 'standing', 'overdue'] as const;
export const Figure = Type.Enum([...FIGURES]);
export type Figure = Static<typeof Figure>;

/** What a single cell of a form may be filled with. */
export const CELL_VALUES = ['preparedBy', 'preparedOn', 'month', 'periodFrom', 'periodTo', 'organization', 'area', ...FIGURES] as const;
export const CellValue = Type.Enum([...CELL_VALUES]);
export type CellValue = Static<typeof CellValue>;

const CellAddress = Type.String({ pattern: '^[A-Z]{1,3}[1-9]\\d{0,4}$' });
const ColumnName = Type.String({ pattern: '^[A-Z]{1,3}$' });
/** Of which procedure a figure is. */
const ProcedureId = Type.String({ minLength: 1, maxLength: 60 });
/** Whose figures stand where nothing is said: hotline orders and grid events. */
export const USUAL_PROCEDURE = 'order';

const RowNumber = Type.Integer({ minimum: 1, maximum: 20_000 });

/** Where what goes on a superior's form. Rows and columns are those of the sheet. */
export const TemplateMap = Type.Object(
  {
    sheet: Type.String({ minLength: 1, maxLength: 100 }),
    cells: Type.Array(
      Type.Object(
        {
          cell: CellAddress,
          value: CellValue,
          /** The words that stand there stay, and the value follows: 制表人：… in one cell. */
          append: Type.Optional(Type.Boolean()),
          procedureId: Type.Optional(ProcedureId),
        },
        { additionalProperties: false },
      ),
      { maxItems: 100 },
    ),
    /** One row for each area below, or each category (of disputes, each kind): found by the words in `labelColumn`. */
    rows: Type.Optional(
      Type.Object(
        {
          firstRow: RowNumber,
          lastRow: RowNumber,
          labelColumn: ColumnName,
          by: Type.Enum(['area', 'category']),
          columns: Type.Array(
            Type.Object({ column: ColumnName, figure: Figure, procedureId: Type.Optional(ProcedureId) }, { additionalProperties: false }),
            { minItems: 1, maxItems: 20 },
          ),
        },
        { additionalProperties: false },
      ),
    ),
    /** One row for each case reported within the period, or for each of a register as it stands. */
    list: Type.Optional(
      Type.Object(
        {
          /** Cases, unless it is said. */
          source: Type.Optional(ExportSource),
          /** Of cases. */
          procedureId: Type.Optional(ProcedureId),
          firstRow: RowNumber,
          /** The last row there is room in; absent where nothing stands below. */
          lastRow: Type.Optional(RowNumber),
          /** `serial` counts from one; otherwise a column of the list. */
          columns: Type.Array(
            Type.Object({ column: ColumnName, field: Type.String({ minLength: 1, maxLength: 40 }) }, { additionalProperties: false }),
            { minItems: 1, maxItems: 40 },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type TemplateMap = Static<typeof TemplateMap>;

/** A cell as the mapping screen shows it. */
export const GridCell = Type.Object({
  text: Type.String(),
  formula: Type.Optional(Type.Boolean()),
  /** Of the first cell of a merged field: how many columns and rows it covers. Covered cells are left out. */
  columns: Type.Optional(Type.Integer()),
  rows: Type.Optional(Type.Integer()),
  /** Column of the sheet, from 1. */
  at: Type.Integer(),
});
export type GridCell = Static<typeof GridCell>;
export const Grid = Type.Object({ sheet: Type.String(), rows: Type.Array(Type.Array(GridCell)), cut: Type.Boolean() });
export type Grid = Static<typeof Grid>;
