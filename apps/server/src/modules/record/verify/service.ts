import type { CaseState, NewEvent } from '@tongxin/domain/case/schema.ts';
import { emptyState, evolve } from '@tongxin/domain/procedure/rules.ts';
import { canonical, readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { contentHash, contentPlace, eventHash, firstHead } from '../../../platform/record/chain.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { verifyCheckpoints } from '../checkpoint/service.ts';
import { findCaseIds, findEvents, findHeads, findLeaves, type Leaf, type StoredEvent, type StoredHead } from './repo.ts';

/** What is wrong with a case's record, and at which event. */
export interface Break {
  readonly case: string;
  readonly at: number;
  readonly why:
    | 'caseMissing'
    | 'eventMissing'
    | 'headerUnreadable'
    | 'headerDiffersFromColumns'
    | 'chainBroken'
    | 'hashDiffers'
    | 'contentMissing'
    | 'contentChanged'
    | 'contentUnasked'
    | 'headDiffers'
    | 'stateDiffers'
    | 'truncatedBeforeCheckpoint'
    | 'rewrittenBeforeCheckpoint'
    | 'checkpointForged'
    | 'checkpointFileMissing';
}

export interface Verification {
  readonly ok: boolean;
  readonly cases: number;
  readonly events: number;
  /** Events whose words were erased by the book. Not broken. */
  readonly erased: number;
  readonly broken: readonly Break[];
}

interface Judged {
  readonly broken: Break[];
  readonly erased: number;
}

/** Numbers of events whose words a `content.erased` event names. */
const erasedByTheBook = (events: readonly StoredEvent[]): Set<number> =>
  new Set(
    events.flatMap((event) => {
      if (event.type !== 'content.erased') return [];
      try {
        return (readHeader(event.header).header.codes?.eventNos as number[] | undefined) ?? [];
      } catch {
        return [];
      }
    }),
  );

const wordsBreak = (deps: Deps, event: StoredEvent, erased: ReadonlySet<number>): Break['why'] | undefined => {
  if (!event.content_hash) return event.sealed ? 'contentUnasked' : undefined;
  if (!event.sealed || !event.salt) return erased.has(event.event_no) ? undefined : 'contentMissing';
  try {
    const words = deps.crypto.open(event.sealed, contentPlace(event.case_id, event.event_no)).toString('utf8');
    return contentHash(event.salt, words).equals(event.content_hash) ? undefined : 'contentChanged';
  } catch {
    return 'contentChanged';
  }
};

const columnsAgree = (event: StoredEvent, header: ReturnType<typeof readHeader>): boolean =>
  header.caseId === event.case_id &&
  header.eventNo === event.event_no &&
  header.type === event.type &&
  header.schemaVersion === event.schema_version &&
  header.occurredAt === event.occurred_at.toISOString() &&
  header.recordedAt === event.recorded_at.toISOString();

/** Judges one case's record against its row and its checkpoints. */
const judge = (
  deps: Deps,
  caseId: string,
  head: StoredHead | undefined,
  events: readonly StoredEvent[],
  leaves: readonly Omit<Leaf, 'checkpoint_no'>[],
): Judged => {
  const broken: Break[] = [];
  const erased = erasedByTheBook(events);
  let erasedCount = 0;
  let { hash: prev } = firstHead;
  let state: CaseState | undefined = emptyState(caseId);
  const note = (at: number, why: Break['why']) => broken.push({ case: caseId, at, why });
  let expected = 1;
  for (const event of events) {
    if (event.event_no !== expected) {
      note(expected, 'eventMissing');
      expected = event.event_no;
    }
    expected += 1;
    let header: ReturnType<typeof readHeader> | undefined;
    try {
      header = readHeader(event.header);
    } catch {
      note(event.event_no, 'headerUnreadable');
    }
    if (header && !columnsAgree(event, header)) note(event.event_no, 'headerDiffersFromColumns');
    if (!event.prev_hash.equals(prev)) note(event.event_no, 'chainBroken');
    if (!eventHash(event.prev_hash, event.header, event.content_hash).equals(event.hash)) note(event.event_no, 'hashDiffers');
    const words = wordsBreak(deps, event, erased);
    if (words) note(event.event_no, words);
    else if (event.content_hash && !event.sealed) erasedCount += 1;
    prev = event.hash;
    state = state && header ? replay(state, header as NewEvent) : undefined;
  }
  const last = events.at(-1);
  if (!head) note(1, 'caseMissing');
  else if (!last || head.event_count !== last.event_no || head.version !== last.event_no || !head.head_hash.equals(last.hash))
    note(head.event_count, 'headDiffers');
  else if (state && canonical(state) !== canonical(head.state)) note(last.event_no, 'stateDiffers');
  for (const leaf of leaves) {
    const event = events.find((one) => one.event_no === leaf.event_count);
    if (!event) note(leaf.event_count, 'truncatedBeforeCheckpoint');
    else if (!event.hash.equals(leaf.head_hash)) note(leaf.event_count, 'rewrittenBeforeCheckpoint');
  }
  return { broken, erased: erasedCount };
};

/** What the table and the exported files say of a case, each thing once. */
const leavesOf = (
  caseId: string,
  stored: readonly Leaf[],
  exported: readonly Omit<Leaf, 'checkpoint_no'>[],
): Omit<Leaf, 'checkpoint_no'>[] => [
  ...new Map([...stored, ...exported].map((leaf) => [`${caseId}:${leaf.event_count}:${leaf.head_hash.toString('hex')}`, leaf])).values(),
];

const replay = (state: CaseState, event: NewEvent): CaseState | undefined => {
  try {
    return evolve(state, event);
  } catch {
    return undefined;
  }
};

const group = <T extends { case_id: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const rowsOfCase = groups.get(row.case_id);
    if (rowsOfCase) rowsOfCase.push(row);
    else groups.set(row.case_id, [row]);
  }
  return groups;
};

/**
 * Verifies the whole record: every chain, every word against its hash, every row against the replay of its events, every signed checkpoint
 * against its exported file and the chains against the checkpoints. Runs under the maintenance role in a repeatable-read snapshot.
 */
export const verifyRecord = async (
  deps: Pick<Deps, 'pools' | 'crypto' | 'config'>,
  { batch = 500, onProgress = () => {} }: { batch?: number; onProgress?: (cases: number) => void } = {},
): Promise<Verification> =>
  withTransaction(deps.pools.maintenance, async (tx, client) => {
    await client.query('set transaction isolation level repeatable read read only');
    const { findings, exported } = await verifyCheckpoints(deps, tx);
    const broken: Break[] = findings.map(({ caseId, at, why }) => ({ case: caseId, at, why }));
    let cases = 0;
    let events = 0;
    let erased = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const ids = await findCaseIds(tx, after, batch);
      if (ids.length === 0) break;
      const heads = new Map((await findHeads(tx, ids)).map((head) => [head.case_id, head]));
      const recorded = group(await findEvents(tx, ids));
      const leaves = group(await findLeaves(tx, ids));
      for (const id of ids) {
        const ofCase = recorded.get(id) ?? [];
        const judged = judge(deps as Deps, id, heads.get(id), ofCase, leavesOf(id, leaves.get(id) ?? [], exported.get(id) ?? []));
        broken.push(...judged.broken);
        erased += judged.erased;
        events += ofCase.length;
      }
      for (const id of ids) exported.delete(id);
      cases += ids.length;
      after = ids.at(-1)!;
      onProgress(cases);
    }
    // Cases of which nothing is left but what a signed file says.
    for (const [id, leaves] of exported) broken.push({ case: id, at: leaves[0]!.event_count, why: 'truncatedBeforeCheckpoint' });
    return { ok: broken.length === 0, cases, events, erased, broken };
  });
