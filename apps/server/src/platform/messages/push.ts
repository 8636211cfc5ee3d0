import { createECDH, hkdfSync } from 'node:crypto';
import type { PushSubscription } from '@tongxin/domain/message/schema.ts';
import webPush from 'web-push';
import type { PushSettings } from '../config/messages.ts';
import { postOut, unfitTarget } from '../http/outgoing.ts';
import type { Sender, Sent } from './sender.ts';

/** A push that nobody took within a day says nothing any more. */
const TTL_S = 86_400;

/**
 * The installation's key for pushes (RFC 8292), P-256, base64url. Derived from its secrets: as old as they are, kept and carried with them, and
 * the same in every process.
 */
export const pushKeys = (receiptKey: string): { readonly publicKey: string; readonly privateKey: string } => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(hkdfSync('sha256', Buffer.from(receiptKey, 'base64'), '', 'tongxin vapid', 32)));
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey().toString('base64url').padStart(43, 'A') };
};

const judge = (status: number): Sent => {
  if (status >= 200 && status < 300) return { ok: true };
  // RFC 8030 7.3: the subscription is no more.
  if (status === 404 || status === 410) return { ok: false, problem: 'gone', again: false, gone: true };
  if (status === 401 || status === 403) return { ok: false, problem: 'notAuthorised', again: true };
  if (status >= 500 || status === 429) return { ok: false, problem: 'busy', again: true };
  return { ok: false, problem: 'refused', again: false };
};

/** Pushes to browsers, encrypted for each of them (RFC 8291). Goes to addresses that people's browsers name: never into inner networks unasked. */
export const pushSender = ({ contact, allowed, perMinute }: PushSettings, receiptKey: string): Sender => {
  const keys = pushKeys(receiptKey);
  return {
    perMinute,
    publicKey: keys.publicKey,
    fits: (to) => unfitTarget((JSON.parse(to) as PushSubscription).endpoint, allowed) === undefined,
    send: async ({ id, to, text, language, link }) => {
      const { endpoint, p256dh, auth } = JSON.parse(to) as PushSubscription;
      let details: webPush.RequestDetails;
      try {
        details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify({ id, text, language, link }), {
          vapidDetails: { subject: contact, ...keys },
          TTL: TTL_S,
          urgency: 'normal',
          contentEncoding: 'aes128gcm',
          // A push service keeps one of a topic: a message that comes twice is shown once.
          topic: id.replaceAll('-', ''),
        });
      } catch {
        // A point that is on no curve: nobody holds the other half of this key.
        return { ok: false, problem: 'badAddress', again: false, gone: true };
      }
      const { 'Content-Length': _length, ...headers } = details.headers as Record<string, string | number>;
      const sent = await postOut(endpoint, details.body!, {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        allowed,
      });
      if ('status' in sent) return judge(sent.status);
      return sent.problem === 'addressRefused'
        ? { ok: false, problem: 'badAddress', again: false, gone: true }
        : { ok: false, problem: 'unreachable', again: true };
    },
  };
};
