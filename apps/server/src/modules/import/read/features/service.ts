import { readFile } from 'node:fs/promises';
import { invalid } from '../../../../platform/errors/problem.ts';
import type { ReadRow } from '../service.ts';

/** It is read whole: larger ones come in parts. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Longitude and latitude of a feature, as columns beside its properties. */
const PLACE = ['lon', 'lat'] as const;

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const featuresOf = (text: string): Feature[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid('notJson');
  }
  if (!isObject(parsed) || parsed.type !== 'FeatureCollection' || !Array.isArray(parsed.features)) throw invalid('notFeatureCollection');
  return parsed.features.map((feature: unknown) => {
    const { properties, geometry } = isObject(feature) ? feature : {};
    return { properties: isObject(properties) ? properties : {}, geometry };
  });
};

/** A property as a cell of a table would say it. */
const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellOf).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The two coordinates of a point; none where there is no geometry, undefined where it is no point. */
const placeOf = (geometry: unknown): readonly string[] | undefined => {
  if (geometry === null || geometry === undefined) return [];
  if (!isObject(geometry) || geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) return undefined;
  const [lon, lat] = geometry.coordinates as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' ? [String(lon), String(lat)] : undefined;
};

/** Features of a GeoJSON file (RFC 7946) as rows of a table: properties as columns, and where its points are. */
export async function* readFeatures(file: string, bytes: number, seen: { bytes: number }): AsyncGenerator<string[] | ReadRow> {
  if (bytes > MOST_BYTES) throw invalid('fileTooLarge', { maxBytes: MOST_BYTES });
  const features = featuresOf((await readFile(file, 'utf8')).replace(/^\ufeff/u, ''));
  const names = [...new Set([...features.flatMap(({ properties }) => Object.keys(properties)), ...PLACE])];
  yield names.map((name) => name.trim());
  for (const [i, { properties, geometry }] of features.entries()) {
    const place = placeOf(geometry);
    // What is drawn is where it is, whatever the properties say.
    const drawn = place?.length ? { lon: place[0], lat: place[1] } : {};
    const cells = names.map((name) => cellOf(({ ...properties, ...drawn } as Record<string, unknown>)[name]));
    const line = i + 1;
    if (place) yield { row: { line, cells: Object.fromEntries(names.map((name, at) => [name.trim(), cells[at]!])) } };
    else yield { line, reject: 'pointUnfit', raw: cells };
    seen.bytes = Math.round((bytes * line) / features.length);
  }
}
