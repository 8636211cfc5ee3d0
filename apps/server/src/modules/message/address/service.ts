import { createHash } from 'node:crypto';
import { maskedMail, maskedPhone } from '@tongxin/domain/message/rules.ts';
import type { AddressesView, Channel, PushSubscription } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { contactPlace, readOwn, resident } from '../../person/index.ts';
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

/** Staff are told of their notices, residents of their own matters; services of nothing. */
const person = ({ actor, personKind }: Scope): string => {
  if (personKind === 'service' || !actor.personId) throw forbidden();
  return actor.personId;
};

/** What stands in for an address until the official account has named one. */
const UNNAMED = '';

const opened = (deps: Deps, { address_id, address_sealed }: AddressRow): string =>
  deps.crypto.open(address_sealed, addressPlace(address_id)).toString('utf8');

const shown = (deps: Deps, row: AddressRow): { masked?: string; code?: string } => {
  switch (row.channel) {
    case 'mail':
      return { masked: maskedMail(opened(deps, row)) };
    case 'sms':
      return { masked: maskedPhone(opened(deps, row)) };
    case 'account':
      return row.confirmed_at ? {} : { code: confirmCode(deps, row) };
    case 'push':
      return {};
    default:
      return row.channel satisfies never;
  }
};

const view = async (deps: Deps, scope: Scope): Promise<AddressesView> => {
  const rows = await listAddresses(scope.tx, person(scope));
  const { sms, mail, push, account } = deps.messages;
  const isResident = scope.personKind === 'resident';
  return {
    mailOffered: mail !== undefined,
    smsOffered: isResident && sms !== undefined,
    ...(push?.publicKey ? { pushKey: push.publicKey } : {}),
    ...(isResident && account?.name ? { accountName: account.name } : {}),
    addresses: rows.map((row) => ({
      id: row.address_id,
      channel: row.channel,
      ...shown(deps, row),
      proved: row.confirmed_at !== null,
      addedAt: row.added_at.toISOString(),
    })),
  };
};

export const addresses = (deps: Deps, who: Who): Promise<AddressesView> => withScope(deps.pools.app, who, (scope) => view(deps, scope));

const add = async (
  deps: Deps,
  scope: Scope,
  address: {
    readonly id: string;
    readonly channel: Channel;
    readonly words: string;
    readonly index: Buffer;
    /** Proved by other means already. */
    readonly proved?: boolean;
  },
): Promise<void> => {
  const now = deps.clock.now();
  await insertAddress(scope.tx, {
    address_id: address.id,
    person_id: person(scope),
    channel: address.channel,
    address_sealed: deps.crypto.seal(address.words, addressPlace(address.id)),
    address_index: address.index,
    // Of an official account: of the code that its follower sends it.
    stop_hash:
      address.channel === 'account'
        ? deps.crypto.receiptHash(confirmCode(deps, { address_id: address.id, person_id: person(scope) }))
        : hashOf(stopToken(deps, address.id)),
    // A browser that subscribed is proof of itself.
    confirmed_at: address.channel === 'push' || address.proved ? now : null,
    added_at: now,
  });
};

/** Takes a mail address in place of the one before, and sends the code that proves it. The same id and address again changes nothing. */
export const addMail = (deps: Deps, who: Who, id: string, address: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const rows = await listAddresses(scope.tx, person(scope));
    if (!deps.messages.mail) throw invalid('channelOff', { channel: 'mail' });
    const index = deps.crypto.blindIndex('mail', address);
    const known = rows.find((row) => row.address_id === id);
    if (known && !known.address_index.equals(index)) throw conflict('idTaken');
    if (known) return view(deps, scope);
    for (const before of rows.filter(({ channel }) => channel === 'mail')) await deleteAddress(scope.tx, before.address_id);
    // What the account is signed in to with was proved there.
    const proved = (await readOwn(scope.tx)).mailIndex?.equals(index) ?? false;
    await add(deps, scope, { id, channel: 'mail', words: address.trim(), index, proved });
    if (proved) return view(deps, scope);
    const now = deps.clock.now().toISOString();
    await putMessages(
      scope.tx,
      [{ message_id: id, channel: 'mail', kind: 'confirm', address_id: id, language: scope.language, params: {}, next_at: now }],
      now,
    );
    return view(deps, scope);
  });

/** Takes one of its kind in place of the one before; the same id again changes nothing. */
const replace = async (deps: Deps, scope: Scope, address: Parameters<typeof add>[2]): Promise<AddressesView> => {
  const rows = await listAddresses(scope.tx, resident(scope));
  if (!deps.messages[address.channel]) throw invalid('channelOff', { channel: address.channel });
  if (rows.some((row) => row.address_id === address.id && row.channel === address.channel)) return view(deps, scope);
  if (rows.some((row) => row.address_id === address.id)) throw conflict('idTaken');
  for (const before of rows.filter(({ channel }) => channel === address.channel)) await deleteAddress(scope.tx, before.address_id);
  await add(deps, scope, address);
  return view(deps, scope);
};

/** To hear by SMS: by the telephone that the account has proved, and no other. */
export const addPhone = (deps: Deps, who: Who, id: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    if (!deps.messages.sms) throw invalid('channelOff', { channel: 'sms' });
    const { phone, phoneIndex } = await readOwn(scope.tx);
    if (!phone || !phoneIndex) throw invalid('phoneNeeded');
    const words = deps.crypto.open(phone, contactPlace('phone', phoneIndex)).toString('utf8');
    return replace(deps, scope, { id, channel: 'sms', words, index: phoneIndex, proved: true });
  });

/** To hear by the official account: a code to send to it, by which it says whom it writes to. */
export const addAccount = (deps: Deps, who: Who, id: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, (scope) =>
    replace(deps, scope, { id, channel: 'account', words: UNNAMED, index: deps.crypto.blindIndex('account', id) }),
  );

/** Where the caller is told, opened: for the copy of one's data. */
export const ownAddresses = (deps: Deps, who: Who): Promise<{ channel: Channel; address: string; addedAt: string }[]> =>
  withScope(deps.pools.app, who, async (scope) =>
    (await listAddresses(scope.tx, person(scope))).map((row) => ({
      channel: row.channel,
      address: opened(deps, row),
      addedAt: row.added_at.toISOString(),
    })),
  );

export const proveMail = (deps: Deps, who: Who, id: string, code: string): Promise<AddressesView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const personId = person(scope);
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
    const rows = await listAddresses(scope.tx, person(scope));
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
    const rows = await listAddresses(scope.tx, person(scope));
    if (!rows.some((row) => row.address_id === id)) throw notFound();
    await deleteAddress(scope.tx, id);
    return view(deps, scope);
  });

/** Ends mails by what stands in them (RFC 8058). Whether there was anything to end is nobody's to know. */
export const stopMail = (deps: Deps, who: Who, token: string): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    await stopByHash(tx, hashOf(token));
  });
