import { looksLikeWkt, readWkt } from '@tongxin/domain/area/import/rules.ts';
import type { BOUNDARY_FORMATS, BoundaryFileView, BoundaryRow } from '@tongxin/domain/area/import/schema.ts';
import { checkBoundary } from '@tongxin/domain/area/rules.ts';
import ExcelJS from 'exceljs';
import shp from 'shpjs';
import { Open } from 'unzipper';
import { invalid } from '../../../../platform/errors/problem.ts';
import { type Datum, toWgs84 } from '../service.ts';

/** A file of a city's grids is a few megabytes. */
export const FILE_LIMITS = {
  bytes: 16 * 1024 * 1024,
  unpacked: 128 * 1024 * 1024,
  parts: 200,
  rows: 2000,
  columns: 60,
  text: 300,
} as const;

type Format = (typeof BOUNDARY_FORMATS)[number];
type Raw = { readonly properties: Readonly<Record<string, unknown>>; readonly geometry: unknown };

/** A string as a cell shows it; nothing of a file is longer than people write. */
const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replaceAll('\0', '').toWellFormed().trim();
};

const featuresOf = (parsed: unknown): Raw[] => {
  const { type, features } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as { type?: unknown; features?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) throw invalid('notFeatureCollection');
  return features.map((feature: { properties?: unknown; geometry?: unknown } | null) => ({
    properties:
      typeof feature?.properties === 'object' && feature.properties !== null ? (feature.properties as Record<string, unknown>) : {},
    geometry: feature?.geometry,
  }));
};

const readGeoJson = (bytes: Buffer): Raw[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('notJson');
  }
  return featuresOf(parsed);
};

/** Parts of an archive by the end of their names; refuses a bomb, and what says less than it holds. */
const unpacked = async (bytes: Buffer, wanted: readonly string[], broken: string): Promise<Map<string, Buffer>> => {
  const directory = await Open.buffer(bytes).catch(() => {
    throw invalid(broken);
  });
  const files = directory.files.filter(({ type, path }) => type === 'File' && !path.startsWith('__MACOSX'));
  const size = files.reduce((sum, file) => sum + file.uncompressedSize, 0);
  if (files.length > FILE_LIMITS.parts || size > FILE_LIMITS.unpacked) throw invalid('fileTooLarge', { maxBytes: FILE_LIMITS.unpacked });
  const found = new Map<string, Buffer>();
  for (const file of files) {
    const end = wanted.find((one) => file.path.toLowerCase().endsWith(one));
    if (!end || found.has(end)) continue;
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of file.stream() as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > file.uncompressedSize) throw new Error('more than it says');
        chunks.push(chunk);
      }
    } catch {
      throw invalid(broken);
    }
    found.set(end, Buffer.concat(chunks));
  }
  return found;
};

const isUtf8 = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** A zipped shapefile. Tables that do not say their encoding are UTF-8 where they can be, else the GBK of Chinese desktops. */
const readShapefile = async (bytes: Buffer): Promise<Raw[]> => {
  const parts = await unpacked(bytes, ['.shp', '.dbf', '.prj', '.cpg'], 'shapefileBroken');
  const [shape, table, projection] = ['.shp', '.dbf', '.prj'].map((end) => parts.get(end));
  if (!shape) throw invalid('shapefileBroken');
  const encoding = parts.get('.cpg')?.toString('latin1').trim() || (table && !isUtf8(table) ? 'gbk' : 'utf-8');
  try {
    return featuresOf(
      await shp({
        shp: shape,
        ...(table ? { dbf: table } : {}),
        ...(projection ? { prj: projection.toString('latin1') } : {}),
        cpg: encoding,
      } as unknown as Parameters<typeof shp>[0]),
    );
  } catch {
    throw invalid('shapefileBroken');
  }
};

const cellText = (cell: ExcelJS.Cell): string => {
  const { value } = cell;
  // Codes of fifteen digits typed as numbers keep their digits.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : textOf(value);
  return textOf(cell.text);
};

/** The first sheet: its first row are the columns. A cell that holds a polygon as text is the row's boundary. */
const readWorkbook = async (bytes: Buffer): Promise<Raw[]> => {
  await unpacked(bytes, [], 'workbookBroken');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer).catch(() => {
    throw invalid('workbookBroken');
  });
  const [sheet] = workbook.worksheets;
  if (!sheet || sheet.rowCount < 1) throw invalid('headerMissing');
  if (sheet.rowCount > FILE_LIMITS.rows + 1) throw invalid('tooManyRows', { most: FILE_LIMITS.rows });
  const columns = Array.from({ length: Math.min(sheet.columnCount, FILE_LIMITS.columns) }, (_, i) =>
    cellText(sheet.getRow(1).getCell(i + 1)),
  );
  if (columns.every((column) => column === '')) throw invalid('headerMissing');
  const rows: Raw[] = [];
  for (let n = 2; n <= sheet.rowCount; n++) {
    const cells = columns
      .map((column, i) => [column, cellText(sheet.getRow(n).getCell(i + 1))] as const)
      .filter(([column]) => column !== '');
    if (cells.every(([, text]) => text === '')) continue;
    const drawn = cells.find(([, text]) => looksLikeWkt(text));
    rows.push({
      properties: Object.fromEntries(cells.filter((cell) => cell !== drawn)),
      geometry: drawn ? (readWkt(drawn[1]) ?? {}) : undefined,
    });
  }
  return rows;
};

const READERS: Readonly<Record<Format, (bytes: Buffer) => Raw[] | Promise<Raw[]>>> = {
  geojson: readGeoJson,
  shapefile: readShapefile,
  xlsx: readWorkbook,
};

const rowOf = ({ properties, geometry }: Raw, datum: Datum): BoundaryRow => {
  const values = Object.fromEntries(
    Object.entries(properties)
      .slice(0, FILE_LIMITS.columns)
      .map(([column, value]) => [textOf(column).slice(0, 100), textOf(value).slice(0, FILE_LIMITS.text)]),
  );
  if (geometry === undefined || geometry === null) return { values };
  const checked = checkBoundary(geometry);
  return checked.ok ? { values, boundary: toWgs84(checked.geometry, datum) } : { values, fault: checked.code };
};

/**
 * What a file of boundaries holds: its columns, and each row with its boundary in WGS-84 or the code of what is wrong with it. Takes GeoJSON,
 * a zipped shapefile, or a workbook (codes and names alone, or with polygons as text). Nothing is kept. Throws 422 for what is no such file.
 */
export const readBoundaries = async (bytes: Buffer, format: Format, datum: Datum): Promise<BoundaryFileView> => {
  if (bytes.length === 0) throw invalid('fileEmpty');
  const raw = await READERS[format](bytes);
  if (raw.length === 0) throw invalid('fileEmpty');
  if (raw.length > FILE_LIMITS.rows) throw invalid('tooManyRows', { most: FILE_LIMITS.rows });
  const rows = raw.map((one) => rowOf(one, datum));
  return {
    columns: [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
      .filter((column) => column !== '')
      .slice(0, FILE_LIMITS.columns),
    rows,
  };
};
