import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound, signInNeeded } from '../../../platform/errors/problem.ts';
import type { SignedCall } from '../../../platform/messages/sender.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { bindAccount, findBinding } from '../address/repo.ts';
import { addressPlace } from '../address/service.ts';

const Follower = Type.Object(
  { code: Type.String({ minLength: 8, maxLength: 40 }), openId: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);

const followerIn = (text: string): { code: string; openId: string } | undefined => {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Value.Check(Follower, read) ? read : undefined;
};

/**
 * The official account's gateway names who sent a code: {code, openId}, signed as messages to it are, over `code.timestamp.body`. 401 for what is not
 * signed by it; 404 for a code that is unknown, used, or half an hour old, and where there is no official account.
 */
export const bindFollower = async (deps: Deps, who: Who, call: Omit<SignedCall, 'id'>): Promise<void> => {
  const { account } = deps.messages;
  if (!account?.isSigned) throw notFound();
  const follower = followerIn(call.body);
  if (!account.isSigned({ ...call, id: follower?.code ?? '' })) throw signInNeeded();
  if (!follower) throw invalid('fieldUnfit', { field: 'openId', why: 'notUnderstood' });
  await withScope(deps.pools.app, who, async ({ tx }) => {
    const now = deps.clock.now();
    const addressId = await findBinding(tx, deps.crypto.receiptHash(follower.code), now);
    if (!addressId) throw notFound('codeUnknown');
    const { openId } = follower;
    await bindAccount(tx, addressId, deps.crypto.seal(openId, addressPlace(addressId)), deps.crypto.blindIndex('account', openId), now);
  });
};
