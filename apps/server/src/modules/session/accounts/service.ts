import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { namePlace } from '../../person/index.ts';
import { DEMO_MAIL, hashPassword, STAFF_MAIL, USERNAME } from '../sign-in/service.ts';
import {
  type AccountRow,
  type AccountState,
  addStaff,
  findAccountStates,
  findUserId,
  listUsers,
  putAccounts,
  shutOut,
  type UserLine,
} from './repo.ts';

/** Of every account of the demo, which listens on this machine only; README.md names it. */
export const DEMO_PASSWORD = 'tongxin-2026';

export interface NewAccount {
  readonly username: string;
  readonly authUserId: string;
  /** Shown by nothing but the list of users: the post, never the person, in the demo. */
  readonly name: string;
}

/**
 * Opens sign-in for people who stand in `person` already, all with one password: the demo pack's accounts. Again: sets the password again.
 * The order given is the order of the demo's sign-in page.
 */
export const addAccounts = async (
  deps: Deps,
  accounts: readonly NewAccount[],
  { password, demo }: { password: string; demo: boolean },
): Promise<void> => {
  if (demo && deps.config.mode !== 'demo') throw invalid('demoOnly');
  const passwordHash = await hashPassword(deps, password);
  const now = deps.clock.now().getTime();
  const rows = accounts.map(
    ({ username, authUserId, name }, i): AccountRow => ({
      userId: authUserId,
      username,
      name,
      email: `${username}@${demo ? DEMO_MAIL : STAFF_MAIL}`,
      passwordHash,
      createdAt: new Date(now + i),
    }),
  );
  await withTransaction(deps.pools.auth, (tx) => putAccounts(tx, rows));
};

export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly postIds: readonly string[];
  readonly language?: 'zh' | 'en';
}

/** A member of staff with an account and posts from today. Throws 409 `usernameTaken`, 422 `badUsername`, `passwordTooShort`, or 23503. */
export const addUser = async (deps: Deps, user: NewUser): Promise<{ personId: string }> => {
  const { username, password, name, postIds, language = 'zh' } = user;
  if (!new RegExp(USERNAME, 'u').test(username)) throw invalid('badUsername');
  if (await withTransaction(deps.pools.auth, (tx) => findUserId(tx, username))) throw conflict('usernameTaken');
  const passwordHash = await hashPassword(deps, password);
  const personId = uuidv7();
  const authUserId = personId;
  const now = deps.clock.now();
  // The person first: an account without a person signs in to nothing, a person without an account is only a name.
  await withTransaction(deps.pools.maintenance, (tx) =>
    addStaff(tx, {
      personId,
      authUserId,
      nameSealed: deps.crypto.seal(name, namePlace(personId)),
      language,
      holdings: postIds.map((postId) => ({ holdingId: uuidv7(), postId })),
      validFrom: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now),
    }),
  );
  const row: AccountRow = {
    userId: authUserId,
    username,
    name: username,
    email: `${username}@${STAFF_MAIL}`,
    passwordHash,
    createdAt: now,
  };
  await withTransaction(deps.pools.auth, (tx) => putAccounts(tx, [row]));
  return { personId };
};

const userId = async (deps: Deps, username: string): Promise<string> => {
  const id = await withTransaction(deps.pools.auth, (tx) => findUserId(tx, username));
  if (!id) throw notFound();
  return id;
};

/** A new password; every session ends. With `forgetSecondFactor` a lost authenticator is given up too. */
export const resetPassword = async (deps: Deps, username: string, password: string, forgetSecondFactor = false): Promise<void> => {
  const id = await userId(deps, username);
  const passwordHash = await hashPassword(deps, password);
  await withTransaction(deps.pools.auth, async (tx) => {
    await shutOut(tx, id, { lock: false, forgetSecondFactor });
    await putAccounts(tx, [
      { userId: id, username, name: username, email: `${username}@${STAFF_MAIL}`, passwordHash, createdAt: deps.clock.now() },
    ]);
  });
};

/** Ends the sessions and takes the password: nobody signs in until it is reset. Posts are handed over apart from this. */
export const disableUser = async (deps: Deps, username: string): Promise<void> => {
  const id = await userId(deps, username);
  await withTransaction(deps.pools.auth, (tx) => shutOut(tx, id, { lock: true, forgetSecondFactor: false }));
};

export const listAccounts = (deps: Deps): Promise<UserLine[]> => withTransaction(deps.pools.auth, listUsers);

/** Whether somebody could be given an account of this name. Throws 422 `badUsername`, 409 `usernameTaken`. */
export const assertFree = async (deps: Deps, authUserId: string, username: string): Promise<void> => {
  if (!new RegExp(USERNAME, 'u').test(username)) throw invalid('badUsername');
  const known = await withTransaction(deps.pools.auth, (tx) => findUserId(tx, username));
  if (known && known !== authUserId) throw conflict('usernameTaken');
};

/**
 * Sign-in for somebody who stands in `person`, with a password to be replaced; again sets it again. Sessions end, and a lost authenticator is
 * given up with `forgetSecondFactor`. Throws 422 `badUsername`, 409 `usernameTaken`.
 */
export const giveAccount = async (
  deps: Deps,
  {
    authUserId,
    username,
    password,
    forgetSecondFactor,
  }: { authUserId: string; username: string; password: string; forgetSecondFactor: boolean },
): Promise<void> => {
  if (!new RegExp(USERNAME, 'u').test(username)) throw invalid('badUsername');
  const passwordHash = await hashPassword(deps, password);
  await withTransaction(deps.pools.auth, async (tx) => {
    const known = await findUserId(tx, username);
    if (known && known !== authUserId) throw conflict('usernameTaken');
    await shutOut(tx, authUserId, { lock: false, forgetSecondFactor });
    await putAccounts(tx, [
      { userId: authUserId, username, name: username, email: `${username}@${STAFF_MAIL}`, passwordHash, createdAt: deps.clock.now() },
    ]);
  });
};

/** Ends every session and takes the password, until a new one is given. */
export const lockAccount = (deps: Deps, authUserId: string): Promise<void> =>
  withTransaction(deps.pools.auth, (tx) => shutOut(tx, authUserId, { lock: true, forgetSecondFactor: false }));

export const accountStates = async (deps: Deps, authUserIds: readonly string[]): Promise<ReadonlyMap<string, AccountState>> =>
  new Map(
    (await withTransaction(deps.pools.auth, (tx) => findAccountStates(tx, authUserIds))).map((state) => [state.userId, state] as const),
  );
