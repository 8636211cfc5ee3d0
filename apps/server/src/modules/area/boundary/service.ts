import { type BoundaryFault, checkBoundary, levelOfCode } from '@tongxin/domain/area/rules.ts';
import type { Geometry, Position } from '@tongxin/domain/area/schema.ts';
import gcoordModule from 'gcoord';

// The package's types describe an ES module and its file is CommonJS: what arrives is already the default.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

/** Datum of a file's coordinates. National map services use GCJ-02; everything inside the platform is WGS-84. */
export type Datum = 'WGS84' | 'GCJ02' | 'BD09';

export interface BoundaryRecord {
  readonly code: string;
  readonly name: string;
  readonly geometry: Geometry;
}
export interface BoundaryReject {
  /** Position of the feature in the file, from 0. */
  readonly index: number;
  readonly code: BoundaryFault | 'notFeature' | 'badCode' | 'nameMissing' | 'codeRepeated';
}
export type BoundaryFile =
  | { readonly ok: true; readonly records: readonly BoundaryRecord[]; readonly rejects: readonly BoundaryReject[] }
  | { readonly ok: false; readonly code: 'notJson' | 'notFeatureCollection' | 'fileTooLarge' };

export const BOUNDARY_FILE_LIMITS = { bytes: 64 * 1024 * 1024, features: 50_000 } as const;

/** A position in WGS-84 degrees, to a centimetre. */
export const positionToWgs84 = ([lon, lat]: Position, datum: Datum): Position => {
  if (datum === 'WGS84') return [lon, lat];
  const [x, y] = gcoord.transform([lon, lat], datum === 'GCJ02' ? gcoord.GCJ02 : gcoord.BD09, gcoord.WGS84);
  return [Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7];
};

/** A geometry in WGS-84. */
export const toWgs84 = (geometry: Geometry, datum: Datum): Geometry => {
  if (datum === 'WGS84') return geometry;
  const converted = new Map<string, Position>();
  // Shared corners are converted once, so that neighbours still share their edges exactly.
  const convert = (position: Position): Position => {
    const key = `${position[0]},${position[1]}`;
    const known = converted.get(key);
    if (known) return known;
    const rounded = positionToWgs84(position, datum);
    converted.set(key, rounded);
    return rounded;
  };
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(convert)) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((rings) => rings.map((ring) => ring.map(convert))) };
};

const recordOf = (feature: unknown, datum: Datum): BoundaryRecord | BoundaryReject['code'] => {
  if (typeof feature !== 'object' || feature === null || (feature as { type?: unknown }).type !== 'Feature') return 'notFeature';
  const { properties, geometry } = feature as { properties?: unknown; geometry?: unknown };
  const { code, adcode, name } = (typeof properties === 'object' && properties !== null ? properties : {}) as Record<string, unknown>;
  const given = String(code ?? adcode ?? '').trim();
  if (!levelOfCode(given)) return 'badCode';
  if (typeof name !== 'string' || name.trim() === '' || name.length > 200) return 'nameMissing';
  const checked = checkBoundary(geometry);
  if (!checked.ok) return checked.code;
  return { code: given, name: name.trim(), geometry: toWgs84(checked.geometry, datum) };
};

/**
 * Reads a GeoJSON FeatureCollection of areas or grids (`properties: {code or adcode, name}`; Polygon or MultiPolygon). Every feature is either
 * a record, in WGS-84, or a reject with a stable code; the file itself is refused when it is no such collection. Nothing is written.
 */
export const readBoundaryFile = (text: string, datum: Datum): BoundaryFile => {
  if (text.length > BOUNDARY_FILE_LIMITS.bytes) return { ok: false, code: 'fileTooLarge' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, code: 'notJson' };
  }
  const { type, features } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as { type?: unknown; features?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return { ok: false, code: 'notFeatureCollection' };
  if (features.length > BOUNDARY_FILE_LIMITS.features) return { ok: false, code: 'fileTooLarge' };
  const records: BoundaryRecord[] = [];
  const rejects: BoundaryReject[] = [];
  const codes = new Set<string>();
  for (const [index, feature] of features.entries()) {
    const record = recordOf(feature, datum);
    if (typeof record === 'string') rejects.push({ index, code: record });
    else if (codes.has(record.code)) rejects.push({ index, code: 'codeRepeated' });
    else {
      codes.add(record.code);
      records.push(record);
    }
  }
  return { ok: true, records, rejects };
};
