import { nextTry } from '@tongxin/domain/message/rules.ts';
import { CHANNELS } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Outgoing, Sender, Sent } from '../../../platform/messages/sender.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { partyPlace, readPhoneToSend } from '../../case/index.ts';
import { countTried, type DueMessage, isWanted, noteFailed, noteSent, sweepMessages, takeDue } from './repo.ts';

/** Longer than any sender waits: nobody takes a message that another process is still sending. */
const LEASE_MS = 60_000;
const AT_ONCE = 10;
const KEPT_MS = 90 * 86_400_000;

/** Words the party reads in its own log. */
const PURPOSE = { zh: '按您的意愿发送短信通知', en: 'Sending the SMS you asked for' } as const;

/** A message with its address, opened when its turn has come; undefined where it is not wanted any more. */
const addressed = async (deps: Deps, message: DueMessage): Promise<Outgoing | undefined> => {
  const { message_id: id, case_id: caseId, party_id: partyId, kind, language, params } = message;
  if (!caseId || !partyId) return undefined;
  const now = deps.clock.now().toISOString();
  const sealed = await withTransaction(deps.pools.maintenance, async (tx) =>
    (await isWanted(tx, message)) ? readPhoneToSend(tx, { caseId, partyId, accessId: id, purpose: PURPOSE[language], now }) : undefined,
  );
  if (!sealed) return undefined;
  const link = `${deps.config.publicUrl}/r/${deps.crypto.receiptCode(caseId, partyId)}`;
  return {
    id,
    kind,
    language,
    to: deps.crypto.open(sealed, partyPlace(caseId, partyId, 'phone')).toString('utf8'),
    subject: params.subject,
    text: params.text,
    link,
    params: { number: params.number ?? '', words: params.text, link },
  };
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
  const { problem, again, afterMs } = sent;
  const nextAt = again ? nextTry(message.tries, now, afterMs) : undefined;
  await withTransaction(maintenance, (tx) => noteFailed(tx, id, { problem, nextAt, now }));
  // Ids and codes only: neither address nor words.
  if (!nextAt) deps.log.warn({ message: id, channel: message.channel, problem }, 'a message was given up');
};

/** One round: of each channel as many as its pace allows. Answers how many were tried. */
export const sendWaiting = async (deps: Deps): Promise<number> => {
  let tried = 0;
  for (const channel of CHANNELS) {
    const sender = deps.messages[channel];
    if (!sender) continue;
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
