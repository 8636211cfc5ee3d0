import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountSettings, GatewaySettings, SmsSettings } from '../config/messages.ts';
import type { Outgoing, Sender, Sent } from './sender.ts';

const TIMEOUT_MS = 10_000;
/** How old a gateway's own signature may be, by this machine's clock. */
const SIGNED_WITHIN_MS = 300_000;

/** Seconds or a date (RFC 9110 10.2.3), as milliseconds from now. */
export const retryAfterMs = (header: string | null): number | undefined => {
  if (!header) return undefined;
  const ms = /^\d+$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? ms : undefined;
};

/** Hex of HMAC-SHA256 over `id.timestamp.body`: neither of the three can be exchanged. */
export const gatewaySignature = (secret: string, id: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('hex');

const judge = (status: number, retryAfter: string | null): Sent => {
  if (status >= 200 && status < 300) return { ok: true };
  const afterMs = retryAfterMs(retryAfter);
  if (status === 401 || status === 403) return { ok: false, problem: 'notAuthorised', again: true };
  if (status >= 500 || [408, 425, 429].includes(status))
    return { ok: false, problem: 'busy', again: true, ...(afterMs ? { afterMs } : {}) };
  if (status === 410) return { ok: false, problem: 'gone', again: false, gone: true };
  return { ok: false, problem: 'refused', again: false };
};

/**
 * Hands messages to a gateway: POST of a body that is signed (`x-tongxin-key`, `x-tongxin-timestamp` in seconds, `x-tongxin-signature`), with the
 * message's id as idempotency key. 2xx is taken; 408, 425, 429, 5xx and silence are tried again; the rest is refused.
 */
const gatewaySender = (settings: GatewaySettings, bodyOf: (message: Outgoing, template: string) => object): Sender => ({
  perMinute: settings.perMinute,
  send: async (message) => {
    const { id, kind } = message;
    const { url, keyId, secret, templates } = settings;
    const body = JSON.stringify(bodyOf(message, templates[kind] ?? kind));
    // The gateway judges age by its own clock: the machine's time, not that of the record.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-tongxin-key': keyId,
        'x-tongxin-timestamp': timestamp,
        'x-tongxin-signature': gatewaySignature(secret, id, timestamp, body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
    if (!response) return { ok: false, problem: 'unreachable', again: true };
    // What it says may repeat the number: it is not read.
    await response.body?.cancel();
    return judge(response.status, response.headers.get('retry-after'));
  },
});

/** SMS: {id, phone, template, params, text}. */
export const smsSender = (settings: SmsSettings): Sender =>
  gatewaySender(settings, ({ id, to, text, link, params }, template) => ({
    id,
    phone: to,
    template,
    params,
    text: link ? `${text}${link}` : text,
  }));

/** Messages of an official account (公众号): {id, openId, template, params, text, link}. An account that is followed no more answers 410. */
export const accountSender = (settings: AccountSettings): Sender => {
  const gateway = gatewaySender(settings, ({ id, to, text, link, params }, template) => ({ id, openId: to, template, params, text, link }));
  const { name, keyId, secret } = settings;
  return {
    ...gateway,
    name,
    isSigned: ({ id, keyId: theirs, timestamp = '', signature = '', body }) => {
      const expected = gatewaySignature(secret, id, timestamp, body);
      const isLate = !(Math.abs(Date.now() - Number(timestamp) * 1000) <= SIGNED_WITHIN_MS);
      return (
        !isLate &&
        theirs === keyId &&
        signature.length === expected.length &&
        timingSafeEqual(Buffer.from(signature, 'latin1'), Buffer.from(expected, 'latin1'))
      );
    },
  };
};
