import { createHash } from 'node:crypto';
import { lightLater } from '@tongxin/domain/case/rules.ts';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Light } from '@tongxin/domain/case/view.ts';
import { shiftsAround } from '@tongxin/domain/handover/rules.ts';
import type { Handover, HandoverDraft, HandoverRow, NewHandover } from '@tongxin/domain/handover/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { shiftsNear } from '../roster/index.ts';
import { presentCases, presentRow, presentSheet, presentShift, sealPlace } from './present.ts';
import {
  findHandover,
  findHandovers,
  findNotes,
  findOpen,
  findSeen,
  type HandoverRecord,
  holdHandover,
  insertHandover,
  type KeptCase,
  MOST,
  type OpenRow,
  receiveSheet,
} from './repo.ts';

const DAY_MS = 86_400_000;

/** The post by which somebody hands over or receives at an office: one held there. */
const postAt = (actor: Actor, organizationId: string): HeldPost & { readonly personId: string } => {
  const post = actor.posts.find((held) => held.organizationId === organizationId && held.capabilities.includes('case.read'));
  if (!post || !actor.personId) throw forbidden('notYours');
  return { ...post, personId: actor.personId };
};

/** Stages in which a case stands in the queue of the body that received it, over every published procedure. */
const receivingQueues = (deps: Deps): string[] => [
  ...new Set(
    deps.procedures
      .all()
      .flatMap(({ stages }) => Object.entries(stages).flatMap(([id, { owner, end }]) => (owner === 'receivingBody' && !end ? [id] : []))),
  ),
];

const keptOf = (row: OpenRow, now: string, until: string): KeptCase => {
  const dues = [row.handling_due_at, row.overall_stopped ? null : row.overall_due_at].flatMap((due) =>
    due ? [new Date(due).toISOString()] : [],
  );
  const dueAt = dues.sort()[0];
  return {
    caseId: row.case_id,
    number: row.number,
    procedureId: row.procedure_id,
    procedureVersion: row.procedure_version,
    stage: row.stage,
    light: lightLater(row.light as Light, dues, row.due_provisional, now),
    ...(dueAt ? { dueAt } : {}),
    dueNext: dueAt !== undefined && dueAt <= until,
  };
};

interface Gathered {
  readonly around: ReturnType<typeof shiftsAround>;
  readonly kept: readonly KeptCase[];
  readonly more: boolean;
  readonly now: string;
}

const gather = async (deps: Deps, scope: Scope, organizationId: string): Promise<Gathered> => {
  const now = deps.clock.now().toISOString();
  const around = shiftsAround(await shiftsNear(scope.tx, organizationId, now), now);
  const rows = await findOpen(scope.tx, organizationId, receivingQueues(deps), around.until);
  return { around, kept: rows.slice(0, MOST).map((row) => keptOf(row, now, around.until)), more: rows.length > MOST, now };
};

/** Cases of a sheet with what their reader sees of them; notes are those of the shift, or of the day before where there was none. */
const listOf = async (deps: Deps, scope: Scope, kept: readonly KeptCase[], shiftStart: string | undefined, at: string) => {
  const seen = await findSeen(
    scope.tx,
    kept.map(({ caseId }) => caseId),
  );
  const from = shiftStart ?? new Date(Date.parse(at) - DAY_MS).toISOString();
  const notes = await findNotes(
    scope.tx,
    seen.map((row) => row.case_id),
    from,
    at,
  );
  return presentCases(deps, kept, seen, notes);
};

/** What would be handed over now. */
export const draftHandover = (deps: Deps, who: Who, organizationId: string): Promise<HandoverDraft> =>
  withScope(deps.pools.app, who, async (scope) => {
    postAt(scope.actor, organizationId);
    const { around, kept, more, now } = await gather(deps, scope, organizationId);
    const [shift, next] = [presentShift(deps, around.shift), presentShift(deps, around.next)];
    return {
      organizationId,
      organizationLabel: deps.directory.organization(organizationId)?.label ?? { zh: '–' },
      ...(shift ? { shift } : {}),
      ...(next ? { next } : {}),
      until: around.until,
      cases: await listOf(deps, scope, kept, around.shift?.startsAt, now),
      more,
    };
  });

const sheetOf = async (deps: Deps, scope: Scope, row: HandoverRecord): Promise<Handover> =>
  presentSheet(deps, row, scope.actor, await listOf(deps, scope, row.cases, row.shift?.startsAt, new Date(row.left_at).toISOString()));

const sealedWords = (deps: Deps, id: string, part: 'words' | 'receivedWords', words: string | undefined): Buffer | undefined =>
  words?.trim() ? deps.crypto.seal(maskWords(words.trim()), sealPlace(id, part)) : undefined;

/** Hands a shift over: the open cases as they stand, and what the one who leaves wrote. Once for each id. */
export const leaveShift = (deps: Deps, who: Who, { id, organizationId, words }: NewHandover): Promise<Handover> =>
  withScope(deps.pools.app, who, async (scope) => {
    const post = postAt(scope.actor, organizationId);
    const digest = createHash('sha256')
      .update(canonical({ organizationId, words: words ?? '' }))
      .digest();
    const known = await findHandover(scope.tx, id);
    if (known) {
      if (known.left_by !== post.personId || !known.digest.equals(digest)) throw conflict('idTaken');
      return sheetOf(deps, scope, known);
    }
    const { around, kept, more, now } = await gather(deps, scope, organizationId);
    const sealed = sealedWords(deps, id, 'words', words);
    const { personId, postId } = post;
    const made = await insertHandover(scope.tx, {
      id,
      organizationId,
      ...around,
      cases: kept,
      more,
      ...(sealed ? { words: sealed } : {}),
      digest,
      personId,
      postId,
      now,
    });
    if (!made) throw conflict('idTaken');
    return sheetOf(deps, scope, (await findHandover(scope.tx, id))!);
  });

/** Receives a shift: somebody else of the same office, or of the one that goes on with its work, once. */
export const receiveShift = (deps: Deps, who: Who, id: string, words: string | undefined): Promise<Handover> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await holdHandover(scope.tx, id);
    if (!row) throw notFound();
    const post = postAt(scope.actor, row.office_id);
    if (row.left_by === post.personId) throw forbidden('ownHandover');
    if (row.received_by && row.received_by !== post.personId) throw conflict('handoverReceived');
    if (row.received_by) return sheetOf(deps, scope, row);
    const sealed = sealedWords(deps, id, 'receivedWords', words);
    await receiveSheet(scope.tx, id, {
      personId: post.personId,
      postId: post.postId,
      ...(sealed ? { words: sealed } : {}),
      now: deps.clock.now().toISOString(),
    });
    return sheetOf(deps, scope, (await findHandover(scope.tx, id))!);
  });

/** The latest sheets of the caller's offices. */
export const handoversOf = (deps: Deps, who: Who, organizationId: string | undefined): Promise<HandoverRow[]> =>
  withScope(deps.pools.app, who, async (scope) =>
    (await findHandovers(scope.tx, organizationId)).map((row) => presentRow(deps, row, scope.actor)),
  );

export const viewHandover = (deps: Deps, who: Who, id: string): Promise<Handover> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await findHandover(scope.tx, id);
    if (!row) throw notFound();
    return sheetOf(deps, scope, row);
  });
