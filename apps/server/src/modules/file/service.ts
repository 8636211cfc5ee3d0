import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { CaseState } from '@tongxin/domain/case/schema.ts';
import type { FileView } from '@tongxin/domain/case/view.ts';
import exifr from 'exifr';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { filesAt } from '../case/index.ts';
import { caseIsVisible, findFile, insertFile, insertPending, type StoredFile, sweepParts, sweepPending } from './repo.ts';

/** Largest upload in bytes. */
export const MAX_FILE_BYTES = 15 * 1024 * 1024;
/** Largest picture in pixels: a bomb of a few kilobytes can claim billions. */
const MAX_PIXELS = 60_000_000;

type Kind = StoredFile['kind'];
/** What each kind may be, by content; the name and the claimed type are not believed. */
const ACCEPTED: Readonly<Record<Kind, ReadonlySet<string>>> = {
  photo: new Set(['image/jpeg', 'image/png', 'image/webp']),
  document: new Set([
    'application/pdf',
    'image/jpeg',
    'image/png',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ]),
  sound: new Set([
    'audio/mpeg',
    'audio/mp4',
    'audio/x-m4a',
    'audio/wav',
    'audio/ogg',
    'audio/opus',
    'audio/amr',
    'video/webm',
    'audio/webm',
    'video/mp4',
  ]),
};

interface Cleaned {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly place: { lon: number; lat: number } | null;
}

/** Where a picture says it was taken, WGS-84; null where it says nothing that can be a place. */
const placeOf = async (bytes: Buffer): Promise<Cleaned['place']> => {
  const { exif } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
  // The reader of places knows the bare block, whatever picture it came in.
  const bare = exif?.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
  const gps = bare && (await exifr.gps(bare).catch(() => undefined));
  return gps && Math.abs(gps.latitude) <= 90 && Math.abs(gps.longitude) <= 180 ? { lon: gps.longitude, lat: gps.latitude } : null;
};

/** Re-encodes a picture: upright, without any metadata. The place is read first, and kept apart, only when asked for. */
const cleanPicture = async (bytes: Buffer, mediaType: string, keepPlace: boolean): Promise<Cleaned> => {
  try {
    const place = keepPlace ? await placeOf(bytes) : null;
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate();
    const cleaned = await (mediaType === 'image/png'
      ? picture.png()
      : mediaType === 'image/webp'
        ? picture.webp({ quality: 85 })
        : picture.jpeg({ quality: 85 })
    ).toBuffer();
    return { bytes: cleaned, mediaType, place };
  } catch {
    throw invalid('fileBroken');
  }
};

/** What is kept of an upload: sniffed, and a picture freed of everything it says beside itself. Refused 413, 415, 422. */
export const clean = async (bytes: Buffer, kind: Kind, keepPlace: boolean): Promise<Cleaned> => {
  if (bytes.length === 0) throw invalid('fileEmpty');
  if (bytes.length > MAX_FILE_BYTES) throw new Problem(413, 'fileTooLarge', { maxBytes: MAX_FILE_BYTES });
  const sniffed = await fileTypeFromBuffer(bytes);
  if (!sniffed || !ACCEPTED[kind].has(sniffed.mime)) throw new Problem(415, 'fileTypeRefused', { kind, found: sniffed?.mime ?? 'unknown' });
  // What a browser records has no picture in it, and is told from a film by what it was uploaded as.
  const heard = kind === 'sound' ? sniffed.mime.replace(/^video\//u, 'audio/') : sniffed.mime;
  return sniffed.mime.startsWith('image/') ? cleanPicture(bytes, sniffed.mime, keepPlace) : { bytes, mediaType: heard, place: null };
};

/** What binds sealed bytes to their case and file. */
export const filePlace = (caseId: string, fileId: string): string => `file:${caseId}:${fileId}`;
const namePlace = (caseId: string, fileId: string): string => `file-name:${caseId}:${fileId}`;

export interface Upload {
  readonly caseId: string;
  readonly fileId: string;
  readonly kind: Kind;
  readonly bytes: Buffer;
  readonly name?: string;
  /** The place a picture tells is kept beside it for staff: only where staff ask for it, of evidence they take. */
  readonly keepPlace?: boolean;
  /** Staff may show a file to the reporter. */
  readonly seenBy?: readonly ('reporter' | 'respondent' | 'party')[];
}

/** Stores an upload for a case the caller sees, or keeps it for the case the caller is about to file. */
export const storeFile = async (deps: Deps, who: Who, upload: Upload): Promise<FileView> => {
  const { caseId, fileId, kind } = upload;
  const cleaned = await clean(upload.bytes, kind, upload.keepPlace ?? false);
  const address = deps.crypto.fileAddress(filePlace(caseId, fileId), upload.bytes);
  return withScope(deps.pools.app, who, async (scope) => {
    const byStaff = scope.actor.posts.length > 0 && scope.actor.kind === 'person';
    const place = byStaff ? cleaned.place : null;
    const file: StoredFile = {
      case_id: caseId,
      file_id: fileId,
      kind,
      media_type: cleaned.mediaType,
      bytes: cleaned.bytes.length,
      address,
      name_sealed: upload.name ? deps.crypto.seal(upload.name.slice(0, 200), namePlace(caseId, fileId)) : null,
      uploader_id: scope.actor.personId ?? null,
      party_id: scope.receipt?.partyId ?? null,
      taken_place: place,
      seen_by: byStaff ? (upload.seenBy ?? []) : ['reporter'],
      stored_at: deps.clock.now().toISOString(),
    };
    if (await caseIsVisible(scope.tx, caseId)) {
      if (!(await insertFile(scope.tx, file))) throw conflict('idTaken');
    } else if (scope.receipt || !(await insertPending(scope.tx, file))) throw conflict('idTaken');
    // After the row was taken and before it is committed: a refused upload leaves no bytes, an acknowledged one has them.
    await deps.files.put(address, deps.crypto.seal(cleaned.bytes, filePlace(caseId, fileId)));
    const url = `${filesAt(deps, caseId, scope.receipt)}/${fileId}`;
    return { id: fileId, kind, mediaType: file.media_type, bytes: file.bytes, url, ...(place ? { takenPlace: place } : {}) };
  });
};

export const uploadByReceipt = async (deps: Deps, who: Who, upload: Omit<Upload, 'caseId'>): Promise<FileView> => {
  const caseId = await withScope(deps.pools.app, who, async (scope) => receiptCase(scope));
  return storeFile(deps, who, { ...upload, caseId });
};

const receiptCase = (scope: Scope): string => {
  if (!scope.receipt) throw notFound();
  return scope.receipt.caseId;
};

/** The bytes of a file, for a reader it is meant for. */
export const openFile = (deps: Deps, who: Who, caseId: string | undefined, fileId: string): Promise<{ bytes: Buffer; mediaType: string }> =>
  withScope(deps.pools.app, who, (scope) => openInScope(deps, scope, caseId ?? receiptCase(scope), fileId));

/** The same in a scope that is open already. */
export const openInScope = async (
  deps: Deps,
  scope: Scope,
  caseId: string,
  fileId: string,
): Promise<{ bytes: Buffer; mediaType: string }> => {
  const file = await findFile(scope.tx, caseId, fileId);
  if (!file || file.erased_at) throw notFound();
  const reader = readerKind(file.state as CaseState, scope.actor);
  if (reader !== 'staff' && !file.seen_by.includes(reader)) throw notFound();
  const sealed = await deps.files.get(file.address);
  if (!sealed) throw new Problem(503, 'fileMissing');
  return { bytes: deps.crypto.open(sealed, filePlace(caseId, fileId)), mediaType: file.media_type };
};

/** A picture made small enough to print. */
export interface Print {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}
/** Longest side in pixels of a picture on paper: 300 dots an inch over ten centimetres. */
const PRINTED_SIDE = 1200;

/** Pictures of a case for its papers, by id, in a scope that sees the case; what is erased, missing or no picture is left out. */
export const printsOf = async (deps: Deps, scope: Scope, caseId: string, fileIds: readonly string[]): Promise<Map<string, Print>> => {
  const prints = new Map<string, Print>();
  for (const fileId of fileIds) {
    const file = await findFile(scope.tx, caseId, fileId);
    if (!file || file.erased_at || !file.media_type.startsWith('image/')) continue;
    const sealed = await deps.files.get(file.address);
    if (!sealed) continue;
    const { data, info } = await sharp(deps.crypto.open(sealed, filePlace(caseId, fileId)), { limitInputPixels: MAX_PIXELS })
      .resize({ width: PRINTED_SIDE, height: PRINTED_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    prints.set(fileId, { jpeg: data, width: info.width, height: info.height });
  }
  return prints;
};

const DAY_MS = 86_400_000;

/** Lets go of uploads whose report did not come within a day, and of pieces after three: rows and bytes. Answers how many. */
export const sweepUploads = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const before = (days: number): string => new Date(deps.clock.now().getTime() - days * DAY_MS).toISOString();
    const addresses = [...(await sweepPending(tx, before(1))), ...(await sweepParts(tx, before(3)))];
    // Before the rows are gone for others: who uploads the same again meanwhile waits, and then writes its bytes anew.
    for (const address of addresses) await deps.files.remove(address);
    return addresses.length;
  });
