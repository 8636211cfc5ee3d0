import { confirmWords, nextTry, noticeWords } from '@tongxin/domain/message/rules.ts';
import { CHANNELS } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Outgoing, Sender, Sent } from '../../../platform/messages/sender.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { partyPlace, readPhoneToSend } from '../../case/index.ts';
import { makeRatingLink } from '../../rating/index.ts';
import { deleteAddress, findAddress } from '../address/repo.ts';
import { addressPlace, confirmCode, stopToken } from '../address/service.ts';
import { countTried, type DueMessage, dropSwitchedOff, isWanted, noteFailed, noteSent, sweepMessages, takeDue } from './repo.ts';

/** Longer than any sender waits: nobody takes a message that another process is still sending. */
const LEASE_MS = 60_000;
const AT_ONCE = 10;
const KEPT_MS = 90 * 86_400_000;

/** Words the party reads in its own log. */
const PURPOSE = { zh: '按您的意愿发送短信通知', en: 'Sending the SMS you asked for' } as const;

/** Where a message leads. Of an answer: the tap that rates it. A case that was merged is rated where its main case was answered, so its own page it is. */
const pathTo = async (deps: Deps, caseId: string, partyId: string, params: DueMessage['params']): Promise<string> => {
  const { answered, page } = params as { answered?: number; page?: string };
  // What must not be opened by whoever reads the telephone: the page asks for the code.
  if (page === 'track') return '/track';
  return answered === undefined
    ? `/r/${deps.crypto.receiptCode(caseId, partyId)}`
    : withTransaction(deps.pools.maintenance, (tx) => makeRatingLink(deps, tx, { caseId, partyId, eventNo: answered }));
};

/** To a reporter: the telephone is opened when its turn has come, and not where it is not wanted any more. */
const toParty = async (deps: Deps, message: DueMessage, caseId: string, partyId: string): Promise<Outgoing | undefined> => {
  const { message_id: id, kind, language } = message;
  const { number, subject, text } = message.params as { number: string; subject: string; text: string };
  const now = deps.clock.now().toISOString();
  const sealed = await withTransaction(deps.pools.maintenance, async (tx) =>
    (await isWanted(tx, message)) ? readPhoneToSend(tx, { caseId, partyId, accessId: id, purpose: PURPOSE[language], now }) : undefined,
  );
  if (!sealed) return undefined;
  const path = await pathTo(deps, caseId, partyId, message.params);
  const link = `${deps.config.publicUrl}${path}`;
  const to = deps.crypto.open(sealed, partyPlace(caseId, partyId, 'phone')).toString('utf8');
  return { id, kind, language, to, subject, text, link, params: { number, words: text, link } };
};

/**
 * To a person, where they chose to be told: staff of their notices, residents of their own matters. Before an address is proved, only its code goes
 * there.
 */
const toPerson = async (deps: Deps, message: DueMessage, addressId: string): Promise<Outgoing | undefined> => {
  const { message_id: id, kind, language } = message;
  const address = await withTransaction(deps.pools.maintenance, (tx) => findAddress(tx, addressId));
  if (!address || (kind !== 'confirm' && !address.confirmed_at)) return undefined;
  const to = deps.crypto.open(address.address_sealed, addressPlace(addressId)).toString('utf8');
  const { publicUrl } = deps.config;
  if (kind === 'confirm') return { id, kind, language, to, ...confirmWords(confirmCode(deps, address), language), params: {} };
  const stop = address.channel === 'mail' ? { stopLink: `${publicUrl}/api/v1/messages/stop/${stopToken(deps, addressId)}` } : {};
  if (kind === 'progress') {
    const { number, subject, text, caseId, partyId } = message.params as Record<
      'number' | 'subject' | 'text' | 'caseId' | 'partyId',
      string
    >;
    const link = `${publicUrl}${await pathTo(deps, caseId, partyId, message.params)}`;
    return { id, kind, language, to, subject, text, link, ...stop, params: { number, words: text, link } };
  }
  const { kind: notice, params } = message.params as { kind: string; params: Record<string, unknown> };
  const words = noticeWords(notice, params, language);
  const link = `${publicUrl}${address.person_kind === 'staff' ? '/desk/notices' : '/me'}`;
  return { id, kind, language, to, ...words, link, ...stop, params: { words: words.text, link } };
};

/** A message with its address; undefined where it is not wanted any more. */
const addressed = async (deps: Deps, message: DueMessage): Promise<Outgoing | undefined> => {
  const { case_id, party_id, address_id } = message;
  if (address_id) return toPerson(deps, message, address_id);
  return case_id && party_id ? toParty(deps, message, case_id, party_id) : undefined;
};

const sendOne = async (deps: Deps, sender: Sender, message: DueMessage): Promise<void> => {
  const { maintenance } = deps.pools;
  const id = message.message_id;
  const outgoing = await addressed(deps, message);
  if (!outgoing) {
    const now = deps.clock.now().toISOString();
    return withTransaction(maintenance, (tx) => noteFailed(tx, id, { problem: 'notWanted', dropped: true, now }));
  }
  const sent: Sent = await sender.send(outgoing);
  const now = deps.clock.now().toISOString();
  if (sent.ok) return withTransaction(maintenance, (tx) => noteSent(tx, id, now));
  const { problem, again, afterMs, gone } = sent;
  const { address_id } = message;
  // The browser has forgotten us, and so do we.
  if (gone && address_id) return withTransaction(maintenance, (tx) => deleteAddress(tx, address_id));
  const nextAt = again ? nextTry(message.tries, now, afterMs) : undefined;
  await withTransaction(maintenance, (tx) => noteFailed(tx, id, { problem, nextAt, now }));
  // Ids and codes only: neither address nor words.
  if (!nextAt) deps.log.warn({ message: id, channel: message.channel, problem }, 'a message was given up');
};

/** One round: of each channel as many as its pace allows. Answers how many were tried. */
export const sendWaiting = async (deps: Deps): Promise<number> => {
  let tried = 0;
  const on = CHANNELS.filter((channel) => deps.messages[channel]);
  await withTransaction(deps.pools.maintenance, (tx) => dropSwitchedOff(tx, on, deps.clock.now().toISOString()));
  for (const channel of on) {
    const sender = deps.messages[channel]!;
    const now = deps.clock.now().toISOString();
    const due = await withTransaction(deps.pools.maintenance, async (tx) => {
      const room = Math.min(sender.perMinute - (await countTried(tx, channel, now)), AT_ONCE);
      return room > 0 ? takeDue(tx, channel, now, LEASE_MS, room) : [];
    });
    const ends = await Promise.allSettled(due.map((message) => sendOne(deps, sender, message)));
    for (const end of ends)
      if (end.status === 'rejected') deps.log.error({ error: (end.reason as Error).message }, 'sending a message failed');
    tried += due.length;
  }
  return tried;
};

/** What ended three months ago is forgotten. */
export const forgetMessages = (deps: Deps): Promise<void> =>
  withTransaction(deps.pools.maintenance, (tx) => sweepMessages(tx, new Date(deps.clock.now().getTime() - KEPT_MS).toISOString()));
