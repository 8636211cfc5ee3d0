import { createHash, randomBytes } from 'node:crypto';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import { canonical, headerText, SCHEMA_VERSION } from '@tongxin/domain/record/rules.ts';
import type { CryptoProvider } from '../crypto/crypto.ts';

const NOTHING = Buffer.alloc(32);

/** Where the next event of a case is chained on. `eventNo` 0 and 32 zero bytes before the first. */
export interface Head {
  readonly eventNo: number;
  readonly hash: Buffer;
}
export const firstHead: Head = { eventNo: 0, hash: NOTHING };

/** An event as it is written: one row of `events` and, when it has words, one of `event_content`. */
export interface ChainedEvent {
  readonly caseId: string;
  readonly eventNo: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly header: string;
  readonly contentHash: Buffer | null;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
  readonly salt: Buffer | null;
  readonly sealed: Buffer | null;
}

/** SHA-256(salt ‖ canonical content): the salt keeps short words from being guessed from the hash after erasure. */
export const contentHash = (salt: Buffer, words: string): Buffer => createHash('sha256').update(salt).update(words, 'utf8').digest();

/** SHA-256(previous hash ‖ SHA-256(header) ‖ content hash or 32 zero bytes). */
export const eventHash = (prevHash: Buffer, header: string, content: Buffer | null): Buffer =>
  createHash('sha256')
    .update(prevHash)
    .update(createHash('sha256').update(header, 'utf8').digest())
    .update(content ?? NOTHING)
    .digest();

/** What binds sealed words to their place, so that they cannot be moved to another event. */
export const contentPlace = (caseId: string, eventNo: number): string => `event:${caseId}:${eventNo}`;

/** Chains new events on a head. `recordedAt` is the server's time, ISO 8601 UTC. */
export const chain = (
  crypto: CryptoProvider,
  caseId: string,
  head: Head,
  events: readonly NewEvent[],
  recordedAt: string,
): ChainedEvent[] => {
  let { eventNo, hash: prevHash } = head;
  return events.map((event) => {
    eventNo += 1;
    const { content, ...bare } = event;
    const header = headerText({ ...bare, caseId, eventNo, recordedAt, schemaVersion: SCHEMA_VERSION });
    const words = content && Object.keys(content).length > 0 ? canonical(content) : undefined;
    const salt = words === undefined ? null : randomBytes(16);
    const hashOfWords = salt && words !== undefined ? contentHash(salt, words) : null;
    const hash = eventHash(prevHash, header, hashOfWords);
    const chained: ChainedEvent = {
      caseId,
      eventNo,
      type: event.type,
      schemaVersion: SCHEMA_VERSION,
      occurredAt: event.occurredAt,
      recordedAt,
      header,
      contentHash: hashOfWords,
      prevHash,
      hash,
      salt,
      sealed: words === undefined ? null : crypto.seal(words, contentPlace(caseId, eventNo)),
    };
    prevHash = hash;
    return chained;
  });
};

/** The words of an event. Throws when they were changed. */
export const openContent = (crypto: CryptoProvider, caseId: string, eventNo: number, sealed: Buffer): Record<string, unknown> =>
  JSON.parse(crypto.open(sealed, contentPlace(caseId, eventNo)).toString('utf8'));
