import type { CaseView, FileView, Receipt } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import exifr from 'exifr';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from '../../platform/files/file-store.ts';
import { filePlace } from './service.ts';

let server: TestServer;
let caseId: string;
let code: string;
beforeAll(async () => {
  server = await testServer();
  caseId = v7();
  const filed = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: caseId, text: '围墙边的井盖松了', point: server.world.points.inA11 },
  });
  code = filed.json<Receipt>().queryCode;
});
afterAll(() => server.close());

const FORMATS = ['jpeg', 'png', 'webp'] as const;
type Format = (typeof FORMATS)[number];
/** Invented: in open water off the city of the tests. */
const PLACE = { lon: 113.5, lat: 22.25 };
const MARK = 'a camera of nobody';
const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="22,15.0N" exif:GPSLongitude="113,30.0E"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** A telephone's picture, held upright: 40 wide and 20 high as stored, red where the sky is, with the place in EXIF and XMP. */
const picture = (format: Format): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#00f' } })
    .composite([{ input: { create: { width: 20, height: 20, channels: 3, background: '#f00' } }, left: 0, top: 0 }])
    .withExif({
      IFD0: { Model: MARK },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 30/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(XMP)
    [format]()
    .toBuffer();

const put = (caller: Caller, address: string, bytes: Buffer, kind = 'photo') =>
  server.as(caller, {
    method: 'PUT',
    url: `/api/v1${address}`,
    body: bytes,
    headers: { 'content-type': 'application/octet-stream', 'x-kind': kind },
  });
const added = async (caller: Caller, address: string, bytes: Buffer, kind?: string): Promise<FileView> => {
  const answer = await put(caller, address, bytes, kind);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<FileView>();
};
const served = async (caller: Caller, { url }: FileView): Promise<Buffer> => {
  const answer = await server.as(caller, { url });
  expect(answer.statusCode).toBe(200);
  return answer.rawPayload;
};
/** What lies in the store, opened. */
const stored = async (id: string): Promise<Buffer> => {
  const { rows } = await server.db.pools.maintenance.query<{ address: string }>('select address from file where file_id = $1', [id]);
  const sealed = await folderStore(`${server.deps.config.dataDir}/files`).get(rows[0]!.address);
  return server.deps.crypto.open(sealed!, filePlace(caseId, id));
};
const tellsNothing = async (bytes: Buffer): Promise<void> => {
  const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
  expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
  expect(await exifr.gps(bytes).catch(() => undefined)).toBeUndefined();
  for (const word of ['Exif', 'GPS', MARK, 'xmpmeta']) expect(bytes.includes(word), word).toBe(false);
};
/** Upright: 20 wide, 40 high, the red half above. */
const isUpright = async (bytes: Buffer): Promise<void> => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const colour = (y: number): string => {
    const at = (y * info.width + 10) * info.channels;
    return data[at]! > data[at + 2]! ? 'red' : 'blue';
  };
  expect([info.width, info.height, colour(5), colour(35)]).toEqual([20, 40, 'red', 'blue']);
};

describe('a picture that tells where it was taken', () => {
  it.each(FORMATS)('is one of these fixtures: %s', async (format) => {
    const bytes = await picture(format);
    const { exif, xmp, orientation } = await sharp(bytes).metadata();
    expect([bytes.includes(MARK), exif !== undefined, xmp !== undefined, orientation]).toEqual([true, true, true, 6]);
    const bare = exif!.subarray(exif!.indexOf('II*') >= 0 ? exif!.indexOf('II*') : exif!.indexOf('MM'));
    expect(await exifr.gps(bare)).toEqual({ longitude: PLACE.lon, latitude: PLACE.lat });
  });

  it.each(FORMATS)('tells nobody when a resident uploads it, and stands upright: %s', async (format) => {
    const file = await added('anonymous', `/receipts/${code}/files/${v7()}`, await picture(format));
    for (const bytes of [await served('anonymous', file), await stored(file.id)]) {
      await tellsNothing(bytes);
      await isUpright(bytes);
    }
    expect(file.takenPlace).toBeUndefined();
  });

  it.each(FORMATS)('tells nobody when staff add it, also as a document: %s', async (format) => {
    const { dispatcherA } = server.world.people;
    const kinds = format === 'webp' ? ['photo'] : ['photo', 'document'];
    for (const kind of kinds) {
      const file = await added(dispatcherA, `/cases/${caseId}/files/${v7()}`, await picture(format), kind);
      await tellsNothing(await served(dispatcherA, file));
      expect(file.takenPlace).toBeUndefined();
    }
  });

  it('tells nobody while it waits for its report', async () => {
    const [id, fileId] = [v7(), v7()];
    const waiting = await added('anonymous', `/cases/${id}/files/${fileId}?keepPlace=true`, await picture('jpeg'));
    expect(waiting.takenPlace).toBeUndefined();
    const { rows } = await server.db.pools.maintenance.query('select taken_place from file_pending where file_id = $1', [fileId]);
    expect(rows).toEqual([{ taken_place: null }]);
  });

  it.each(FORMATS)('keeps its place beside it where staff ask, for staff alone: %s', async (format) => {
    const { dispatcherA } = server.world.people;
    const file = await added(dispatcherA, `/cases/${caseId}/files/${v7()}?keepPlace=true&seenBy=reporter`, await picture(format));
    expect(file.takenPlace).toEqual(PLACE);
    await tellsNothing(await served(dispatcherA, file));
    const staff = (await server.as(dispatcherA, { url: `/api/v1/cases/${caseId}` })).json<CaseView>();
    expect(staff.files.find((one) => one.id === file.id)?.takenPlace).toEqual(PLACE);
    const reporter = (await server.as('anonymous', { url: `/api/v1/receipts/${code}` })).json<CaseView>();
    const shown = reporter.files.find((one) => one.id === file.id)!;
    expect(shown.takenPlace).toBeUndefined();
    await tellsNothing(await served('anonymous', shown));
    expect(JSON.stringify(reporter)).not.toContain('takenPlace');
  });

  it('keeps none when staff ask of a picture that tells none, or nonsense', async () => {
    const { dispatcherA } = server.world.people;
    const plain = sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } });
    const nonsense = plain.clone().withExif({
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '900/1 0/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 0/0 0/1' },
    });
    for (const one of [plain, nonsense]) {
      const file = await added(dispatcherA, `/cases/${caseId}/files/${v7()}?keepPlace=true`, await one.jpeg().toBuffer());
      expect(file.takenPlace).toBeUndefined();
    }
  });
});

describe('a telephone’s own format', () => {
  it('is refused instead of stored with the place inside: HEIC', async () => {
    const head = Buffer.from('....ftypheic\0\0\0\0mif1heic', 'latin1');
    head.writeUInt32BE(head.length, 0);
    const heic = Buffer.concat([head, Buffer.from('....metaExif\0\0GPS', 'latin1')]);
    for (const kind of ['photo', 'document']) {
      const answer = await put('anonymous', `/receipts/${code}/files/${v7()}`, heic, kind);
      expect([kind, answer.statusCode, answer.json().code]).toEqual([kind, 415, 'fileTypeRefused']);
    }
  });
});
