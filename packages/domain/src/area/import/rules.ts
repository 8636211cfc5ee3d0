import type { NetAreaView, RezoningStep } from '../rezoning/schema.ts';
import { levelOfCode } from '../rules.ts';
import type { BoundaryRow, ColumnMapping } from './schema.ts';

const NUMBER = /^[-+]?\d{1,15}(?:\.\d{0,30})?(?:e[-+]?\d{1,3})?$/iu;

/** Text of brackets, commas and numbers as nested lists of positions; undefined when it is none. */
const nested = (text: string): unknown[] | undefined => {
  const root: unknown[] = [];
  const open: unknown[][] = [root];
  for (const [token] of text.matchAll(/[()]|[^(),]+/gu)) {
    const at = open.at(-1)!;
    if (token === '(') {
      const inner: unknown[] = [];
      at.push(inner);
      open.push(inner);
      if (open.length > 5) return undefined;
    } else if (token === ')') {
      if (open.length === 1) return undefined;
      open.pop();
    } else if (token.trim() !== '') {
      const numbers = token.trim().split(/\s+/u);
      if (numbers.length < 2 || !numbers.every((one) => NUMBER.test(one))) return undefined;
      at.push([Number(numbers[0]), Number(numbers[1])]);
    }
  }
  return open.length === 1 && root.length === 1 ? (root[0] as unknown[]) : undefined;
};

/** A polygon written as text (OGC 06-103r4 "well-known text"): POLYGON or MULTIPOLYGON, an SRID before it ignored. Not checked any further. */
export const readWkt = (text: string): unknown => {
  const [, kind, rest] = /^\s*(?:SRID=\d+;\s*)?(POLYGON|MULTIPOLYGON)\s*(?:Z|ZM|M)?\s*(\(.*\))\s*$/isu.exec(text) ?? [];
  const coordinates = rest === undefined ? undefined : nested(rest);
  return coordinates ? { type: kind!.toUpperCase() === 'POLYGON' ? 'Polygon' : 'MultiPolygon', coordinates } : undefined;
};

/** What a cell may look like before it is read as a polygon. */
export const looksLikeWkt = (text: string): boolean => /^\s*(?:SRID=\d+;\s*)?(?:MULTI)?POLYGON/iu.test(text);

const GUESSES: Readonly<Record<keyof ColumnMapping, RegExp>> = {
  code: /^(?:code|adcode|gridcode|wgbm|bm|dm|编码|代码|网格编码|网格编号|网格代码|区划代码|编号)$/iu,
  name: /^(?:name|gridname|wgmc|mc|名称|网格名称|名字)$/iu,
  nameEn: /^(?:name_?en|english|英文名|英文名称)$/iu,
};

/** The columns that are most likely meant. */
export const guessMapping = (columns: readonly string[]): ColumnMapping => {
  const find = (key: keyof ColumnMapping): string | undefined => columns.find((column) => GUESSES[key].test(column.trim()));
  const nameEn = find('nameEn');
  return { code: find('code') ?? '', name: find('name') ?? '', ...(nameEn ? { nameEn } : {}) };
};

export interface ImportTarget {
  readonly kind: 'community' | 'grid' | 'dedicatedGrid';
  /** Where a new area hangs when its code does not say. */
  readonly parentId: string;
}
export interface ImportSteps {
  readonly steps: readonly RezoningStep[];
  readonly rejects: readonly { readonly row: number; readonly code: string }[];
  readonly unchanged: number;
}

const sameShape = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The steps that make a net like a file: a known code is drawn anew and renamed where it differs, an unknown one is created below the area
 * whose code begins its own, else below the chosen one. A row that cannot be used is named with its number from 1 and a code. Pure: `makeId`
 * gives new ids.
 */
export const importSteps = (
  areas: readonly NetAreaView[],
  rows: readonly BoundaryRow[],
  mapping: ColumnMapping,
  target: ImportTarget,
  makeId: () => string,
): ImportSteps => {
  const byCode = new Map(areas.flatMap((area) => (area.code ? [[area.code, area] as const] : [])));
  const seen = new Set<string>();
  const steps: RezoningStep[] = [];
  const rejects: { row: number; code: string }[] = [];
  let unchanged = 0;
  for (const [i, row] of rows.entries()) {
    const code = (row.values[mapping.code] ?? '').trim();
    const zh = (row.values[mapping.name] ?? '').trim();
    const en = mapping.nameEn ? (row.values[mapping.nameEn] ?? '').trim() : '';
    const reject = (why: string): number => rejects.push({ row: i + 1, code: why });
    if (row.fault) {
      reject(row.fault);
      continue;
    }
    if (!levelOfCode(code)) {
      reject('badCode');
      continue;
    }
    if (zh === '' || zh.length > 60) {
      reject('nameMissing');
      continue;
    }
    if (seen.has(code)) {
      reject('codeRepeated');
      continue;
    }
    seen.add(code);
    const name = { zh, ...(en && en.length <= 120 ? { en } : {}) };
    const known = byCode.get(code);
    if (!known) {
      const parentId = target.kind === 'grid' ? (byCode.get(code.slice(0, 12))?.id ?? target.parentId) : target.parentId;
      steps.push({
        do: 'create',
        areaId: makeId(),
        kind: target.kind,
        parentId,
        name,
        code,
        ...(row.boundary ? { boundary: row.boundary } : {}),
      });
      continue;
    }
    const before = steps.length;
    if (row.boundary && !sameShape(row.boundary, known.boundary)) steps.push({ do: 'redraw', areaId: known.id, boundary: row.boundary });
    if (zh !== known.name.zh || (name.en && name.en !== known.name.en))
      steps.push({
        do: 'rename',
        areaId: known.id,
        name: { zh, ...((name.en ?? known.name.en) ? { en: name.en ?? known.name.en! } : {}) },
      });
    if (steps.length === before) unchanged += 1;
  }
  return { steps, rejects, unchanged };
};

/** Positions as people write them, one to a line: longitude, latitude. Undefined when a line is none. */
export const readPositions = (text: string): [number, number][] | undefined => {
  const positions: [number, number][] = [];
  for (const line of text.split(/[\n;；]+/u)) {
    if (line.trim() === '') continue;
    const numbers = line.trim().split(/[\s,，]+/u);
    if (numbers.length !== 2 || !numbers.every((one) => NUMBER.test(one))) return undefined;
    const [lon, lat] = numbers.map(Number) as [number, number];
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return undefined;
    positions.push([lon, lat]);
  }
  return positions;
};

/** The same back, to a centimetre. */
export const writePositions = (positions: readonly (readonly [number, number])[]): string =>
  positions.map(([lon, lat]) => `${Number(lon.toFixed(7))}, ${Number(lat.toFixed(7))}`).join('\n');
