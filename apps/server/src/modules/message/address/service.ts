import { createHash } from 'node:crypto';
import { maskedMail } from '@tongxin/domain/message/rules.ts';
import type { AddressesView, PushSubscription } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { putMessages } from '../repo.ts';
import { type AddressRow, confirmAddress, deleteAddress, insertAddress, listAddresses, stopByHash } from './repo.ts';

/** Browsers of one person; more are forgotten ones. */
const MOST_BROWSERS = 10;

export const addressPlace = (addressId: string): string => `message-address:${addressId}`;
export const confirmCode = (deps: Pick<Deps, 'crypto'>, { address_id, person_id }: Pick<AddressRow, 'address_id' | 'person_id'>): string =>
  deps.crypto.receiptCode(person_id, address_id);
/** Stands in a mail and ends it. Derived, so that it is nowhere kept. */
export const stopToken = (deps: Pick<Deps, 'crypto'>, addressId: string): string => deps.crypto.displayToken(addressId);
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Notices are for those who hold posts: residents are told of their own matters. */
const staff = ({ actor, personKind }: Scope): string => {
  if (personKind !== 'staff' || !actor.personId) throw forbidden();
  return actor.personId;
};

const view = async (deps: Deps, scope: Scope): Promise<AddressesView> => {
  const rows = await listAddresses(scope.tx, staff(scope));
  const { mail, push } = deps.messages;
  const masked = ({ address_id, address_sealed }: AddressRow) =>
    maskedMail(deps.crypto.open(address_sealed, addressPlace(address_id)).toString('utf8'));
  return {
    mailOffered: mail !== undefined,
    ...(push?.publicKey ? { pushKey: push.publicKey } : {}),
    addresses: rows.map((row) => ({
      id: row.address_id,
      channel: row.channel,
      ...(row.channel === 'mail' ? { masked: masked(row) } : {}),
      proved: row.confirmed_at !== null,
      addedAt: row.added_at.toISOString(),
    })),
  };
};

export const addresses = (deps: Deps, who: Who): Promise<AddressesView> => withScope(deps.pools.app, who, (scope) => view(deps, scope));

const add = async (
  deps: Deps,
  scope: Scope,
  address: { readonly id: string; readonly channel: 'mail' | 'push'; readonly words: string; readonly index: Buffer },
): Promise<void> => {
  const now = deps.clock.now();
  await insertAddress(scope.tx, {
    address_id: address.id,
    person_id: staff(scope),
    channel: address.channel,
    address_sealed: deps.crypto.seal(address.words, addressPlace(address.id)),
    address_index: address.index,
    stop_hash: hashOf(stopToken(deps, address.id)),
    // A browser that subscribed is proof of itself.
    confirmed_at: address.channel === 'push' ? now : null,
    added_at: now,
  });
};

/** Takes a mail address in place of the one before, and sends the code that proves it. The same id and address again changes nothing. */
export const addMail = (deps: Deps, who: Who, id: string, address: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const rows = await listAddresses(scope.tx, staff(scope));
    if (!deps.messages.mail) throw invalid('channelOff', { channel: 'mail' });
    const index = deps.crypto.blindIndex('mail', address);
    const known = rows.find((row) => row.address_id === id);
    if (known && !known.address_index.equals(index)) throw conflict('idTaken');
    if (known) return view(deps, scope);
    for (const before of rows.filter(({ channel }) => channel === 'mail')) await deleteAddress(scope.tx, before.address_id);
    await add(deps, scope, { id, channel: 'mail', words: address.trim(), index });
    const now = deps.clock.now().toISOString();
    await putMessages(
      scope.tx,
      [{ message_id: id, channel: 'mail', kind: 'confirm', address_id: id, language: scope.language, params: {}, next_at: now }],
      now,
    );
    return view(deps, scope);
  });

export const proveMail = (deps: Deps, who: Who, id: string, code: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const personId = staff(scope);
    const known = (await listAddresses(scope.tx, personId)).find((row) => row.address_id === id && row.channel === 'mail');
    if (!known) throw notFound();
    const { receiptHash } = deps.crypto;
    if (!receiptHash(code).equals(receiptHash(confirmCode(deps, known)))) throw invalid('wrongCode');
    await confirmAddress(scope.tx, id, deps.clock.now());
    return view(deps, scope);
  });

/** Takes a browser that subscribed. The same browser again is the same row, whatever id it comes under. */
export const addBrowser = (deps: Deps, who: Who, id: string, subscription: PushSubscription): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const rows = await listAddresses(scope.tx, staff(scope));
    const { push } = deps.messages;
    if (!push) throw invalid('channelOff', { channel: 'push' });
    const { endpoint, p256dh, auth } = subscription;
    const words = JSON.stringify({ endpoint, p256dh, auth });
    if (!push.fits!(words)) throw invalid('fieldUnfit', { field: 'endpoint', why: 'addressRefused' });
    const index = deps.crypto.blindIndex('push', words);
    if (rows.some((row) => row.address_index.equals(index))) return view(deps, scope);
    if (rows.some((row) => row.address_id === id)) throw conflict('idTaken');
    const browsers = rows.filter(({ channel }) => channel === 'push');
    for (const oldest of browsers.slice(0, Math.max(0, browsers.length + 1 - MOST_BROWSERS)))
      await deleteAddress(scope.tx, oldest.address_id);
    await add(deps, scope, { id, channel: 'push', words, index });
    return view(deps, scope);
  });

export const removeAddress = (deps: Deps, who: Who, id: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const rows = await listAddresses(scope.tx, staff(scope));
    if (!rows.some((row) => row.address_id === id)) throw notFound();
    await deleteAddress(scope.tx, id);
    return view(deps, scope);
  });

/** Ends mails by what stands in them (RFC 8058). Whether there was anything to end is nobody's to know. */
export const stopMail = (deps: Deps, who: Who, token: string): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    await stopByHash(tx, hashOf(token));
  });
