import { isDate } from '@tongxin/domain/calendar/rules.ts';
import type { SuccessionView, WaitingView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, logIn } from '../../administration/index.ts';
import { endLeases } from '../../case/index.ts';
import { endHolding } from '../../organization/index.ts';
import { reassignShifts } from '../../roster/index.ts';
import { lockAccount } from '../../session/index.ts';
import { findWorkLeft, isStarted, moveOn, presentLeft, startSuccession, waiting } from '../../succession/index.ts';
import { shownName } from '../present.ts';
import { countBeside, findColleagues, findHolding, findHoldings, findStaff, type HoldingRow, type StaffRow } from '../repo.ts';
import { getStaff, permitPost, todayOf } from '../service.ts';

const SHOWN = 50;
const MOST_COLLEAGUES = 500;
/** Capabilities by which somebody has work in their own hands. */
const HANDLES = ['case.handle', 'letter.answer', 'letter.review'];

const getHolding = async (tx: ScopedTx, holdingId: string): Promise<HoldingRow> => {
  const holding = await findHolding(tx, holdingId);
  if (!holding) throw notFound();
  return holding;
};

const isOver = ({ valid_to }: HoldingRow, today: string): boolean => valid_to !== null && valid_to <= today;

/** Posts that count today or will, besides one. */
const otherPosts = async (tx: ScopedTx, holding: HoldingRow, today: string): Promise<HoldingRow[]> =>
  (await findHoldings(tx, [holding.person_id])).filter((one) => one.holding_id !== holding.holding_id && !isOver(one, today));

/** Colleagues of the same body who may have the same work in hand. */
const receiversOf = async (deps: Deps, tx: ScopedTx, holding: HoldingRow): Promise<WorkLeft['receivers']> => {
  const people = new Map<string, StaffRow>(
    (await findStaff(tx, { organizationId: holding.organization_id }, MOST_COLLEAGUES)).map((row) => [row.person_id, row]),
  );
  const seen = new Set([holding.person_id]);
  return (await findColleagues(tx, holding.organization_id, todayOf(deps))).flatMap(({ person_id, title, capabilities }) => {
    if (seen.has(person_id) || !HANDLES.some((one) => capabilities.includes(one))) return [];
    seen.add(person_id);
    return [{ personId: person_id, name: shownName(deps, people.get(person_id)), post: title }];
  });
};

/** What somebody would leave with a post, and who could take it over. */
export const workLeft = (deps: Deps, who: Who, holdingId: string): Promise<WorkLeft> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const holding = await getHolding(tx, holdingId);
    await getStaff(tx, holding.person_id);
    const [left, beside] = [
      await findWorkLeft(tx, { holdingId }, SHOWN),
      await countBeside(tx, holding.organization_id, holding.person_id, deps.clock.now()),
    ];
    return {
      ...presentLeft(deps, left),
      ...beside,
      receivers: await receiversOf(deps, tx, holding),
      lastPost: (await otherPosts(tx, holding, todayOf(deps))).length === 0,
      below: 0,
      holders: 0,
    };
  });

export interface Leaving {
  readonly commandId: string;
  /** The first day that no longer counts; today when not said. */
  readonly to?: string;
  /** Who takes the open work over; nobody: it goes back to the body's queue. */
  readonly receiverId?: string;
  /** Also lock the account, when no other post is left. */
  readonly lock?: boolean;
}

const planEnd = (deps: Deps, who: Who, holdingId: string, personId: string, { commandId, ...body }: Leaving): Promise<unknown> =>
  administer(deps, who, { commandId, kind: 'person', subjectId: personId, body: { ...body, holdingId } }, async (scope) => {
    const holding = await getHolding(scope.tx, holdingId);
    const { post, by } = await permitPost(scope.tx, scope.actor, holding.post_id, personId);
    if (isOver(holding, todayOf(deps))) throw conflict('postEnded');
    await endHolding(scope.tx, holdingId, body.to!);
    const subject = await getStaff(scope.tx, personId);
    const said = { username: subject.username, postId: holding.post_id };
    return {
      what: 'ended',
      post: by,
      areaId: post.area_id,
      organizationId: post.organization_id,
      before: { ...said, to: holding.valid_to },
      after: { ...said, to: body.to },
    };
  });

const begin = async (deps: Deps, { tx, actor }: Scope, holding: HoldingRow, { commandId, ...ask }: Leaving): Promise<void> => {
  const { post } = await permitPost(tx, actor, holding.post_id, holding.person_id);
  const receivers = await receiversOf(deps, tx, holding);
  const receiver = receivers.find(({ personId }) => personId === ask.receiverId);
  if (ask.receiverId && !receiver) throw invalid('receiverUnfit');
  if (!ask.receiverId && receivers.length === 0 && (await findWorkLeft(tx, { holdingId: holding.holding_id }, 1)).length > 0)
    throw conflict('nobodyLeft');
  if (ask.lock && (await getStaff(tx, holding.person_id)).elsewhere) throw forbidden('personElsewhere');
  const colleague = (await findColleagues(tx, holding.organization_id, todayOf(deps))).find((one) => one.person_id === ask.receiverId);
  await startSuccession(deps, tx, {
    succession_id: commandId,
    kind: 'person',
    organization_id: post.organization_id,
    area_id: post.area_id,
    holding_id: holding.holding_id,
    person_id: holding.person_id,
    receiver_id: ask.receiverId ?? null,
    heir_id: null,
    ask,
    receiver_post_id: colleague?.post_id ?? null,
  });
};

/** The last part, in the transaction that found nothing left: the holding ends, shifts to come change hands, what is open on a screen comes free, the log says so. */
const finish =
  (deps: Deps) =>
  async (
    scope: Scope,
    succession: { succession_id: string; holding_id: string | null; receiver_id: string | null; ask: object },
  ): Promise<void> => {
    const { tx, actor } = scope;
    const holding = await getHolding(tx, succession.holding_id!);
    const { post, by } = await permitPost(tx, actor, holding.post_id, holding.person_id);
    const today = todayOf(deps);
    if (!isOver(holding, today)) await endHolding(tx, holding.holding_id, today);
    await reassignShifts(tx, holding.organization_id, holding.person_id, succession.receiver_id, deps.clock.now());
    await endLeases(
      tx,
      { organizationId: holding.organization_id, personId: holding.person_id, postId: holding.post_id },
      deps.clock.now(),
    );
    const { username } = await getStaff(tx, holding.person_id);
    const asked = { commandId: succession.succession_id, kind: 'person' as const, subjectId: holding.person_id, body: succession.ask };
    await logIn(deps, scope, asked, {
      what: 'ended',
      post: by,
      areaId: post.area_id,
      organizationId: post.organization_id,
      before: { username, postId: holding.post_id, to: holding.valid_to },
      after: { username, postId: holding.post_id, to: isOver(holding, today) ? holding.valid_to : today },
    });
  };

const lockIfLast = async (deps: Deps, who: Who, holdingId: string): Promise<void> => {
  const authUserId = await withScope(deps.pools.app, who, async ({ tx }) => {
    const holding = await getHolding(tx, holdingId);
    return (await otherPosts(tx, holding, todayOf(deps))).length === 0 ? (await getStaff(tx, holding.person_id)).auth_user_id : null;
  });
  if (authUserId) await lockAccount(deps, authUserId);
};

/**
 * Ends a post. On a day to come: only its date is set; work is handed over when it has come. Today: first the open work moves, then the post
 * ends. The same command again goes on where it stopped. Throws 403 as an appointment, 409 `nobodyLeft`, `postEnded`, 422 `receiverUnfit`.
 */
export const endPost = async (deps: Deps, who: Who, holdingId: string, leaving: Leaving): Promise<SuccessionView> => {
  const { commandId, to } = leaving;
  if (to !== undefined && !isDate(to)) throw invalid('fieldUnfit', { field: 'to', why: 'notDate' });
  const today = todayOf(deps);
  if (to !== undefined && to < today) throw invalid('dateInPast');
  if (to !== undefined && to > today) {
    const { person_id } = await withScope(deps.pools.app, who, ({ tx }) => getHolding(tx, holdingId));
    await planEnd(deps, who, holdingId, person_id, leaving);
    return { id: commandId, moved: 0, done: true };
  }
  await withScope(deps.pools.app, who, async (scope) => {
    const { commandId: _key, ...ask } = leaving;
    if (!(await isStarted(scope.tx, commandId, { id: holdingId, ask })))
      await begin(deps, scope, await getHolding(scope.tx, holdingId), leaving);
  });
  const result = await moveOn(deps, who, commandId, finish(deps));
  if (result.done && leaving.lock) await lockIfLast(deps, who, holdingId);
  await deps.reload();
  return result;
};

/** Successions that stopped half-way and posts that ran out with work in hand. */
export const successionsWaiting = (deps: Deps, who: Who): Promise<WaitingView> =>
  waiting(deps, who, async (tx, personId) => shownName(deps, (await findStaff(tx, { personId }, 1))[0]));
