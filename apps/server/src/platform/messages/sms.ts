import { createHmac } from 'node:crypto';
import type { SmsSettings } from '../config/messages.ts';
import type { Sender, Sent } from './sender.ts';

const TIMEOUT_MS = 10_000;

/** Seconds or a date (RFC 9110 10.2.3), as milliseconds from now. */
export const retryAfterMs = (header: string | null): number | undefined => {
  if (!header) return undefined;
  const ms = /^\d+$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? ms : undefined;
};

/** Hex of HMAC-SHA256 over `id.timestamp.body`: neither of the three can be exchanged. */
export const smsSignature = (secret: string, id: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('hex');

const judge = (status: number, retryAfter: string | null): Sent => {
  if (status >= 200 && status < 300) return { ok: true };
  const afterMs = retryAfterMs(retryAfter);
  if (status === 401 || status === 403) return { ok: false, problem: 'notAuthorised', again: true };
  if (status >= 500 || [408, 425, 429].includes(status))
    return { ok: false, problem: 'busy', again: true, ...(afterMs ? { afterMs } : {}) };
  return { ok: false, problem: 'refused', again: false };
};

/**
 * Hands messages to an operator's gateway: POST {id, phone, template, params, text}, signed (`x-tongxin-key`, `x-tongxin-timestamp` in seconds,
 * `x-tongxin-signature`), with the message's id as idempotency key. 2xx is taken; 408, 425, 429, 5xx and silence are tried again; the rest is refused.
 */
export const smsSender = ({ url, keyId, secret, templates, perMinute }: SmsSettings): Sender => ({
  perMinute,
  send: async ({ id, to, kind, text, link, params }) => {
    const body = JSON.stringify({ id, phone: to, template: templates[kind] ?? kind, params, text: link ? `${text}${link}` : text });
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
        'x-tongxin-signature': smsSignature(secret, id, timestamp, body),
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
