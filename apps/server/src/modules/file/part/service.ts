import { createHash } from 'node:crypto';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound, Problem } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { findParts, insertPart, type UploadPart } from '../repo.ts';
import { MAX_FILE_BYTES } from '../service.ts';

/** Most bytes of a piece. */
export const MAX_PART_BYTES = 1024 * 1024;

const partPlace = (uploadId: string, at: number): string => `upload-part:${uploadId}:${at}`;
/** How much has come without a gap. */
const reached = (parts: readonly UploadPart[]): number => parts.reduce((at, part) => (part.at_byte === at ? at + part.bytes : at), 0);

/** How many bytes of an upload are here; 0 of one nobody began. */
export const uploadOffset = (deps: Deps, who: Who, uploadId: string): Promise<{ offset: number }> =>
  withScope(deps.pools.app, who, async ({ tx }) => ({ offset: reached(await findParts(tx, uploadId)) }));

/** Takes the next piece of an upload. One that is here already changes nothing; one that would leave a gap is told how much is here. */
export const takePart = (
  deps: Deps,
  who: Who,
  { uploadId, offset, bytes }: { readonly uploadId: string; readonly offset: number; readonly bytes: Buffer },
): Promise<{ offset: number }> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    if (bytes.length === 0) throw invalid('fileEmpty');
    if (!actor.personId) throw notFound();
    const parts = await findParts(tx, uploadId);
    const here = reached(parts);
    if (offset + bytes.length > MAX_FILE_BYTES) throw new Problem(413, 'fileTooLarge', { maxBytes: MAX_FILE_BYTES });
    if (offset < here) return { offset: here };
    if (offset > here) throw new Problem(409, 'uploadGap', { offset: here });
    const address = deps.crypto.fileAddress(partPlace(uploadId, offset), bytes);
    await insertPart(tx, {
      upload_id: uploadId,
      at_byte: offset,
      bytes: bytes.length,
      address,
      uploader_id: actor.personId,
      stored_at: deps.clock.now().toISOString(),
    });
    // Before it is committed: an acknowledged piece has its bytes.
    await deps.files.put(address, deps.crypto.seal(bytes, partPlace(uploadId, offset)));
    return { offset: offset + bytes.length };
  });

/** The whole of an upload that came in pieces, as its sha-256 says it must be. */
export const wholeUpload = (deps: Deps, who: Who, uploadId: string, sha256: string | undefined): Promise<Buffer> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const parts = await findParts(tx, uploadId);
    const pieces: Buffer[] = [];
    for (const part of parts) {
      const sealed = await deps.files.get(part.address);
      if (!sealed) throw new Problem(503, 'fileMissing');
      pieces.push(deps.crypto.open(sealed, partPlace(uploadId, part.at_byte)));
    }
    const whole = Buffer.concat(pieces);
    if (whole.length === 0 || createHash('sha256').update(whole).digest('hex') !== sha256) throw invalid('uploadBroken');
    return whole;
  });
