import { createHash, randomFillSync } from 'node:crypto';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { v7 as uuidv7 } from 'uuid';
import type { CryptoProvider } from '../../../../platform/crypto/crypto.ts';
import { type ChainedEvent, contentHash, contentPlace, eventHash, openContent } from '../../../../platform/record/chain.ts';
import { partyPlace } from '../../../case/index.ts';
import { reporterPartyId } from '../../../intake/index.ts';
import type { LoadedCase } from '../repo.ts';

/** A case that was lived through, ready to be copied: its words are open. */
export interface Template {
  readonly loaded: LoadedCase;
  readonly words: readonly (string | undefined)[];
  readonly stateText: string;
  readonly name?: string;
  readonly phone?: string;
}

export const templateOf = (crypto: CryptoProvider, loaded: LoadedCase): Template => {
  const { row, party } = loaded;
  const open = (field: 'name' | 'phone', sealed: Buffer | null) =>
    sealed ? crypto.open(sealed, partyPlace(row.case_id, party.partyId, field)).toString('utf8') : undefined;
  return {
    loaded,
    words: loaded.events.map((event) =>
      event.sealed ? canonical(openContent(crypto, row.case_id, event.eventNo, event.sealed)) : undefined,
    ),
    stateText: JSON.stringify(row.state),
    name: open('name', party.nameSealed),
    phone: open('phone', party.phoneSealed),
  };
};

const INSTANT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/gu;
const POOL = Buffer.alloc(64 * 1024);
let used = POOL.length;
/** 16 random bytes of their own memory, drawn from the system many at a time. */
const newSalt = (): Buffer => {
  if (used + 16 > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += 16;
  return Buffer.from(POOL.subarray(used - 16, used));
};

/**
 * The same course of events under another id, `seconds` later: every hash, salt and sealed word is the copy's own, so its record verifies
 * like any other. For filling benchmarks: nothing is decided again, and days that end at midnight end some seconds after it.
 */
export const copyOf = (crypto: CryptoProvider, template: Template, number: number, seconds: number): LoadedCase => {
  const { loaded } = template;
  const { row } = loaded;
  const moved = new Map<string, string>();
  const move = (instant: string): string => {
    let later = moved.get(instant);
    if (later === undefined) {
      later = new Date(Date.parse(instant) + seconds * 1000).toISOString();
      moved.set(instant, later);
    }
    return later;
  };
  const moveOr = (instant: string | null): string | null => (instant === null ? null : move(instant));
  const caseId = uuidv7({
    msecs: Date.parse(move(row.created_at)),
    random: createHash('sha256').update(`${row.case_id}:${number}`).digest().subarray(0, 16),
    seq: number,
  });
  const rewrite = (text: string): string =>
    text.replaceAll(row.case_id, caseId).replace(INSTANT, (_whole, instant: string) => `"${move(instant)}"`);
  let prevHash = loaded.events[0]!.prevHash;
  const events = loaded.events.map((event, i): ChainedEvent => {
    const header = rewrite(event.header);
    const words = template.words[i];
    const salt = words === undefined ? null : newSalt();
    const hashOfWords = salt && words !== undefined ? contentHash(salt, words) : null;
    const hash = eventHash(prevHash, header, hashOfWords);
    const copied: ChainedEvent = {
      ...event,
      caseId,
      occurredAt: move(event.occurredAt),
      recordedAt: move(event.recordedAt),
      header,
      contentHash: hashOfWords,
      prevHash,
      hash,
      salt,
      sealed: words === undefined ? null : crypto.seal(words, contentPlace(caseId, event.eventNo)),
    };
    prevHash = hash;
    return copied;
  });
  const partyId = reporterPartyId(caseId);
  const seal = (field: 'name' | 'phone', words: string | undefined) =>
    words ? crypto.seal(words, partyPlace(caseId, partyId, field)) : null;
  return {
    row: {
      ...row,
      case_id: caseId,
      state: JSON.parse(rewrite(template.stateText)),
      head_hash: prevHash,
      overall_due_at: moveOr(row.overall_due_at),
      handling_due_at: moveOr(row.handling_due_at),
      reported_at: moveOr(row.reported_at),
      created_at: move(row.created_at),
      updated_at: move(row.updated_at),
      ended_at: moveOr(row.ended_at),
      payload_digest: createHash('sha256').update(row.payload_digest).update(caseId).digest(),
    },
    events,
    clocks: loaded.clocks.map((clock) => ({ ...clock, dueAt: moveOr(clock.dueAt), nextAt: moveOr(clock.nextAt) })),
    party: {
      ...loaded.party,
      partyId,
      nameSealed: seal('name', template.name),
      phoneSealed: seal('phone', template.phone),
      receiptHash: crypto.receiptHash(crypto.receiptCode(caseId, partyId)),
    },
  };
};
