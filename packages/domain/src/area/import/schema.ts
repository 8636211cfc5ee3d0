import { type Static, Type } from 'typebox';

export const BOUNDARY_FORMATS = ['geojson', 'shapefile', 'xlsx'] as const;
/** National map services use GCJ-02 and BD-09; everything inside the platform is WGS-84. */
export const DATUMS = ['WGS84', 'GCJ02', 'BD09'] as const;

export const BoundaryFileQuery = Type.Object(
  { format: Type.Enum([...BOUNDARY_FORMATS]), datum: Type.Enum([...DATUMS]) },
  { additionalProperties: false },
);

/** One feature or row: its columns as text, its boundary in WGS-84, or why it has none. */
export const BoundaryRow = Type.Object({
  values: Type.Record(Type.String(), Type.String()),
  boundary: Type.Optional(Type.Unknown()),
  fault: Type.Optional(Type.String()),
});
export type BoundaryRow = Static<typeof BoundaryRow>;

/** POST /areas/boundary-files: what a file holds; nothing is kept of it. */
export const BoundaryFileView = Type.Object({ columns: Type.Array(Type.String()), rows: Type.Array(BoundaryRow) });
export type BoundaryFileView = Static<typeof BoundaryFileView>;

/** Which column is what. */
export interface ColumnMapping {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | undefined;
}
