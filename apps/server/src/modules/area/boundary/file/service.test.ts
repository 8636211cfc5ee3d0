import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readBoundaries } from './service.ts';

const RING = [
  [113.3, 22.5],
  [113.31, 22.5],
  [113.31, 22.51],
  [113.3, 22.5],
];
const geojson = (...features: unknown[]): Buffer => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
const feature = (properties: object, coordinates: unknown = [RING]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates },
});

/** A zip of stored or deflated parts, as plain as it can be. */
const zip = (parts: readonly { name: string; bytes: Buffer; claims?: number }[]): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, claims = bytes.length } of parts) {
    const packed = deflateRawSync(bytes);
    const file = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims, 18);
    head.writeUInt16LE(file.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, file, packed]);
    const central = Buffer.alloc(42);
    central.writeUInt16LE(20, 0);
    head.copy(central, 2, 0, 26);
    central.writeUInt32LE(offset, 38);
    centrals.push(Buffer.concat([Buffer.from('504b0102', 'hex'), central, file]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('504b0506', 'hex'), end]);
};

/** One polygon as a .shp, and its table in an encoding (ESRI Shapefile Technical Description, 1998; dBASE III). */
const shapefile = (encoding: 'gbk' | 'utf-8', more: readonly { name: string; bytes: Buffer }[] = []): Buffer => {
  const points = [...RING].reverse();
  const content = Buffer.alloc(4 + 32 + 4 + 4 + 4 + points.length * 16);
  content.writeInt32LE(5, 0);
  for (const [i, value] of [113.3, 22.5, 113.31, 22.51].entries()) content.writeDoubleLE(value, 4 + i * 8);
  content.writeInt32LE(1, 36);
  content.writeInt32LE(points.length, 40);
  content.writeInt32LE(0, 44);
  for (const [i, [x, y]] of points.entries()) {
    content.writeDoubleLE(x!, 48 + i * 16);
    content.writeDoubleLE(y!, 56 + i * 16);
  }
  const record = Buffer.alloc(8);
  record.writeInt32BE(1, 0);
  record.writeInt32BE(content.length / 2, 4);
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + 8 + content.length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  for (const [i, value] of [113.3, 22.5, 113.31, 22.51].entries()) head.writeDoubleLE(value, 36 + i * 8);
  const columns = [
    ['WGBM', 15],
    ['WGMC', 40],
  ] as const;
  const table = Buffer.alloc(32);
  table.writeUInt8(3, 0);
  table.writeUInt32LE(1, 4);
  table.writeUInt16LE(32 + 32 * columns.length + 1, 8);
  table.writeUInt16LE(1 + 55, 10);
  const fields = columns.map(([name, length]) => {
    const field = Buffer.alloc(32);
    field.write(name, 0, 'ascii');
    field.write('C', 11, 'ascii');
    field.writeUInt8(length, 16);
    return field;
  });
  const row = Buffer.alloc(56, ' ');
  row.write('442000001001001', 1, 'ascii');
  iconv.encode('第一网格', encoding).copy(row, 16);
  return zip([
    { name: '网格/grids.shp', bytes: Buffer.concat([head, record, content]) },
    { name: '网格/grids.dbf', bytes: Buffer.concat([table, ...fields, Buffer.from([0x0d]), row, Buffer.from([0x1a])]) },
    ...more,
  ]);
};

const workbook = async (rows: readonly (readonly unknown[])[]): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('网格');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
};

describe('a file of boundaries', () => {
  test('in GeoJSON is read with all its columns; what is wrong with a row is said of that row', async () => {
    const crossing = [
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ];
    const { columns, rows } = await readBoundaries(
      geojson(feature({ code: '442000001001001', name: '一', households: 312 }), feature({ code: 2, name: null }, crossing), {
        type: 'Feature',
        properties: null,
        geometry: null,
      }),
      'geojson',
      'WGS84',
    );
    expect(columns).toEqual(['code', 'name', 'households']);
    expect(rows).toEqual([
      { values: { code: '442000001001001', name: '一', households: '312' }, boundary: { type: 'Polygon', coordinates: [RING] } },
      { values: { code: '2', name: '' }, fault: 'selfCrossing' },
      { values: {} },
    ]);
  });

  test.each(['GCJ02', 'BD09'] as const)('in %s is moved to WGS-84', async (datum) => {
    const { rows } = await readBoundaries(geojson(feature({ code: '1' })), 'geojson', datum);
    const [[[lon, lat]]] = (rows[0]!.boundary as { coordinates: [[[number, number]]] }).coordinates;
    const metres = Math.hypot((lon - 113.3) * 102_850, (lat - 22.5) * 111_320);
    expect(metres).toBeGreaterThan(100);
    expect(metres).toBeLessThan(2000);
  });

  test.each(['gbk', 'utf-8'] as const)('as a zipped shapefile with a table in %s keeps its Chinese', async (encoding) => {
    const { columns, rows } = await readBoundaries(shapefile(encoding), 'shapefile', 'WGS84');
    expect(columns).toEqual(['WGBM', 'WGMC']);
    expect(rows[0]).toMatchObject({ values: { WGBM: '442000001001001', WGMC: '第一网格' }, boundary: { type: 'Polygon' } });
  });

  test('as a workbook has codes that were typed as numbers, names, and polygons as text where there are any', async () => {
    const bytes = await workbook([
      ['网格编码', '网格名称', '范围'],
      [442000001001001, '一', 'POLYGON((113.3 22.5, 113.31 22.5, 113.31 22.51, 113.3 22.5))'],
      ['442000001001002', '二', ''],
      ['442000001001003', '三', 'POLYGON((113.3 22.5))'],
      [],
    ]);
    const { columns, rows } = await readBoundaries(bytes, 'xlsx', 'WGS84');
    expect(columns).toEqual(['网格编码', '网格名称', '范围']);
    expect(rows.map(({ values, boundary, fault }) => [values.网格编码, values.网格名称, boundary !== undefined, fault])).toEqual([
      ['442000001001001', '一', true, undefined],
      ['442000001001002', '二', false, undefined],
      ['442000001001003', '三', false, 'tooFewPositions'],
    ]);
  });

  const many = Array.from({ length: 2001 }, (_, i) => ({ type: 'Feature', properties: { code: `${i}` }, geometry: null }));
  test.each<[string, Buffer, 'geojson' | 'shapefile' | 'xlsx', string]>([
    ['nothing', Buffer.alloc(0), 'geojson', 'fileEmpty'],
    ['no JSON', Buffer.from('{"type":'), 'geojson', 'notJson'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x7b]), 'geojson', 'notJson'],
    ['another JSON', Buffer.from('[]'), 'geojson', 'notFeatureCollection'],
    ['an empty collection', geojson(), 'geojson', 'fileEmpty'],
    ['too many rows', geojson(...many), 'geojson', 'tooManyRows'],
    ['no archive', Buffer.from('shape'), 'shapefile', 'shapefileBroken'],
    ['an archive without shapes', zip([{ name: 'a.txt', bytes: Buffer.from('x') }]), 'shapefile', 'shapefileBroken'],
    ['shapes that are none', zip([{ name: 'a.shp', bytes: Buffer.from('no shape at all') }]), 'shapefile', 'shapefileBroken'],
    ['a bomb', zip([{ name: 'a.shp', bytes: Buffer.alloc(1000), claims: 0xf000_0000 }]), 'shapefile', 'fileTooLarge'],
    ['a bomb that lies', zip([{ name: 'a.shp', bytes: Buffer.alloc(50_000_000), claims: 1000 }]), 'shapefile', 'shapefileBroken'],
    ['no workbook', Buffer.from('PK'), 'xlsx', 'workbookBroken'],
    ['an archive that is no workbook', zip([{ name: 'a.txt', bytes: Buffer.from('x') }]), 'xlsx', 'headerMissing'],
  ])('that is %s is refused', async (_what, bytes, format, code) => {
    await expect(readBoundaries(bytes, format, 'WGS84')).rejects.toMatchObject({ code });
  });
});
