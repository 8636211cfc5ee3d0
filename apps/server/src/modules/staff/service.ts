import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import { overlaps, permitAppointment } from '@tongxin/domain/post/rules.ts';
import type { FirstPassword, StaffPage } from '@tongxin/domain/staff/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, type Made, postRefused } from '../administration/index.ts';
import { insertHolding } from '../organization/index.ts';
import { insertStaff, namePlace } from '../person/index.ts';
import { accountStates, assertFree, giveAccount, lockAccount } from '../session/index.ts';
import { presentStaff } from './present.ts';
import { type AppointedPost, findHoldings, findPost, findStaff, markPasswordGiven, type StaffRow } from './repo.ts';

export const todayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

const PAGE = 50;

/** Staff where the caller appoints, by user name. */
export const staff = async (
  deps: Deps,
  who: Who,
  { cursor, limit = PAGE, ...query }: { organizationId?: string; words?: string; cursor?: string; limit?: number },
): Promise<StaffPage> => {
  const [, name, id] = /^(.*)_([0-9a-f-]{36})$/u.exec(cursor ?? '') ?? [];
  if (cursor !== undefined && !id) throw invalid('badCursor');
  const { rows, holdings } = await withScope(deps.pools.app, who, async ({ tx }) => {
    const found = await findStaff(tx, { ...query, ...(id ? { after: { ...(name ? { name } : {}), id } } : {}) }, limit);
    const held = await findHoldings(
      tx,
      found.map((row) => row.person_id),
    );
    return { rows: found, holdings: held };
  });
  const accounts = await accountStates(
    deps,
    rows.flatMap((row) => row.auth_user_id ?? []),
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((row) =>
      presentStaff(
        deps,
        row,
        accounts.get(row.auth_user_id ?? ''),
        holdings.filter((holding) => holding.person_id === row.person_id),
        todayOf(deps),
      ),
    ),
    ...(last ? { next: `${last.username ?? ''}_${last.person_id}` } : {}),
  };
};

/** The person, when the caller appoints to one of their posts. Throws 404. */
export const getStaff = async (tx: ScopedTx, personId: string): Promise<StaffRow> => {
  const [row] = await findStaff(tx, { personId }, 1);
  if (!row) throw notFound();
  return row;
};

/** The post, and by which of their own the caller appoints to it. Throws 422 `unknownPost` and what `permitAppointment` refuses. */
export const permitPost = async (
  tx: ScopedTx,
  actor: Actor,
  postId: string,
  personId: string,
): Promise<{ post: AppointedPost; by: HeldPost }> => {
  const post = await findPost(tx, postId);
  if (!post) throw invalid('unknownPost');
  const permitted = permitAppointment(
    actor,
    'person.manage',
    { role: post.role, areaPath: post.area_path, bodyPath: post.body_path },
    personId,
  );
  if (!permitted.ok) throw postRefused(permitted);
  return { post, by: permitted.post };
};

export interface Appointment {
  readonly holdingId: string;
  readonly postId: string;
  readonly from?: string;
  readonly to?: string;
}

const appoint = async (deps: Deps, { tx, actor }: Scope, personId: string, asked: Appointment, username: string | null): Promise<Made> => {
  const { holdingId, postId, to } = asked;
  const from = asked.from ?? todayOf(deps);
  for (const [field, day] of [['from', from] as const, ...(to === undefined ? [] : [['to', to] as const])])
    if (!isDate(day)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  if (to !== undefined && to <= from) throw invalid('endsBeforeItBegins');
  const { post, by } = await permitPost(tx, actor, postId, personId);
  if (post.valid_to !== null && (to === undefined || to > post.valid_to)) throw conflict('postEnded');
  const held = await findHoldings(tx, [personId]);
  const touching = held.some(
    (one) =>
      one.post_id === postId &&
      overlaps({ from, ...(to ? { to } : {}) }, { from: one.valid_from, ...(one.valid_to ? { to: one.valid_to } : {}) }),
  );
  if (touching) throw conflict('postOverlaps');
  await insertHolding(tx, { holdingId, postId, personId, from, to });
  return {
    what: 'appointed',
    post: by,
    areaId: post.area_id,
    organizationId: post.organization_id,
    after: { username, postId, organizationId: post.organization_id, from, to },
  };
};

export interface NewStaff extends Appointment {
  readonly commandId: string;
  readonly personId: string;
  readonly username: string;
  readonly name: string;
  readonly language?: 'zh' | 'en';
}

/**
 * A new person with an account, a first password and a first post. The same command again answers the same password, until it was replaced.
 * Throws 409 `usernameTaken`, 422 `badUsername`, and what an appointment throws; then nothing is left.
 */
export const addStaff = async (deps: Deps, who: Who, { commandId, ...body }: NewStaff): Promise<FirstPassword> => {
  const { personId, username, language = 'zh' } = body;
  const name = body.name.trim();
  if (name === '') throw invalid('fieldMissing', { field: 'name' });
  const password = deps.crypto.firstPassword(commandId, personId);
  await administer(deps, who, { commandId, kind: 'person', subjectId: personId, body }, async (scope) => {
    await permitPost(scope.tx, scope.actor, body.postId, personId);
    await insertStaff(scope.tx, { personId, nameSealed: deps.crypto.seal(name, namePlace(personId)), language });
    const made = await appoint(deps, scope, personId, body, username);
    // Last: what fails here takes the person with it; an account left by a failing commit signs in to nothing, and the next try takes it.
    // Accounts stand apart from this transaction: a rehearsal only asks whether there could be one.
    if (who.within?.isRehearsal) await assertFree(deps, personId, username);
    else await giveAccount(deps, { authUserId: personId, username, password, forgetSecondFactor: true });
    return { ...made, what: 'made' };
  });
  return { id: personId, username, firstPassword: password };
};

/** Another post for somebody: of another body too (交叉任职). */
export const appointStaff = (
  deps: Deps,
  who: Who,
  personId: string,
  { commandId, ...body }: Appointment & { commandId: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'person', subjectId: personId, body }, async (scope) => {
    if (personId === scope.actor.personId) throw forbidden('notToYourself');
    const row = await getStaff(scope.tx, personId);
    return appoint(deps, scope, personId, body, row.username);
  });

/** The account of somebody who holds posts only where the caller appoints. Throws 403 `notToYourself`, `personElsewhere`, 404, 409 `noAccount`. */
const ownedAccount = async (
  { tx, actor }: Scope,
  personId: string,
): Promise<{ authUserId: string; username: string; made: Omit<Made, 'what'> }> => {
  if (personId === actor.personId) throw forbidden('notToYourself');
  const row = await getStaff(tx, personId);
  if (row.elsewhere) throw forbidden('personElsewhere');
  if (!row.auth_user_id || !row.username) throw conflict('noAccount');
  const [holding] = await findHoldings(tx, [personId]);
  const { post, by } = await permitPost(tx, actor, holding!.post_id, personId);
  return {
    authUserId: row.auth_user_id,
    username: row.username,
    made: { post: by, areaId: post.area_id, organizationId: post.organization_id, after: { username: row.username } },
  };
};

/** A new first password: every session ends, a lost authenticator is given up, a locked account opens. */
export const givePassword = async (deps: Deps, who: Who, personId: string, commandId: string): Promise<FirstPassword> => {
  const password = deps.crypto.firstPassword(commandId, personId);
  let username = '';
  await administer(deps, who, { commandId, kind: 'person', subjectId: personId, body: 'password' }, async (scope) => {
    const account = await ownedAccount(scope, personId);
    username = account.username;
    await markPasswordGiven(scope.tx, personId);
    await giveAccount(deps, { authUserId: account.authUserId, username, password, forgetSecondFactor: true });
    return { ...account.made, what: 'passwordGiven' };
  });
  username ||= await withScope(deps.pools.app, who, async ({ tx }) => (await getStaff(tx, personId)).username ?? '');
  return { id: personId, username, firstPassword: password };
};

/** Nobody signs in until a new password is given; every session ends. */
export const lockStaff = (deps: Deps, who: Who, personId: string, commandId: string): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'person', subjectId: personId, body: 'lock' }, async (scope) => {
    const { authUserId, made } = await ownedAccount(scope, personId);
    await lockAccount(deps, authUserId);
    return { ...made, what: 'locked' };
  });
