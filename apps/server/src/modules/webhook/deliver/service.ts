import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Deps } from '../../../platform/deps.ts';
import { postOut } from '../../../platform/http/outgoing.ts';
import type { QueuedTask } from '../../../platform/jobs/worker.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { putNotices } from '../../notice/index.ts';
import {
  type DeliveryRow,
  findDelivery,
  findWebhook,
  noteAttempt,
  noteHealth,
  sweepDeliveries,
  switchOff,
  type WebhookRow,
} from '../repo.ts';

export const secretPlace = (webhookId: string): string => `webhook-secret:${webhookId}`;

/** A subscription that has failed for so long is switched off. */
const PATIENCE_MS = 3 * 86_400_000;
const KEPT_MS = 30 * 86_400_000;

/** Signed with the secret in force and with those that were replaced within a day. */
const signatureOf = (deps: Deps, webhook: WebhookRow, id: string, at: Date, body: string): string => {
  const place = secretPlace(webhook.webhook_id);
  const old = webhook.old_secrets.filter(({ until }) => Date.parse(until) > deps.clock.now().getTime());
  return [webhook.secret_sealed, ...old.map(({ sealed }) => Buffer.from(sealed, 'base64'))]
    .map((sealed) => new Webhook(deps.crypto.open(sealed, place).toString('utf8')).sign(id, at, body))
    .join(' ');
};

const send = (deps: Deps, webhook: WebhookRow, delivery: DeliveryRow) => {
  const body = JSON.stringify(delivery.payload);
  // The receiver judges age by its own clock: the machine's time, not that of the record.
  const at = new Date();
  return postOut(webhook.url, body, {
    allowed: deps.config.webhooksTo ?? [],
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Tongxin-Webhooks',
      'webhook-id': delivery.delivery_id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatureOf(deps, webhook, delivery.delivery_id, at, body),
    },
  });
};

/** Tells whoever made a subscription that it was switched off; once. */
const giveUp = (deps: Deps, webhook: WebhookRow): Promise<void> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    if (!(await switchOff(tx, webhook.webhook_id))) return;
    const now = deps.clock.now().toISOString();
    const off = { personId: webhook.created_by, noticeId: randomUUID(), kind: 'webhookOff', params: { host: new URL(webhook.url).host } };
    await putNotices(tx, [{ ...off, urgent: false, createdAt: now, tellAt: now }], now);
  });

const run: QueuedTask['run'] = async (deps, payload, { n, most }) => {
  const { deliveryId } = payload as { deliveryId: string };
  const { maintenance } = deps.pools;
  const delivery = await withTransaction(maintenance, (tx) => findDelivery(tx, deliveryId));
  if (delivery?.status !== 'waiting') return;
  const webhook = await withTransaction(maintenance, (tx) => findWebhook(tx, delivery.webhook_id));
  const now = deps.clock.now().toISOString();
  const isPing = delivery.kind === 'ping';
  if (!webhook || (webhook.status !== 'on' && !isPing)) {
    await withTransaction(maintenance, (tx) => noteAttempt(tx, deliveryId, { status: 'failed', problem: 'switchedOff', now }));
    return;
  }
  const answered = await send(deps, webhook, delivery);
  const fine = 'status' in answered && answered.status >= 200 && answered.status < 300;
  const gone = 'status' in answered && answered.status === 410;
  const last = fine || gone || isPing || n >= most;
  const health = await withTransaction(maintenance, async (tx) => {
    await noteAttempt(tx, deliveryId, {
      status: fine ? 'delivered' : last ? 'failed' : 'waiting',
      ...('status' in answered ? { lastStatus: answered.status } : { problem: answered.problem }),
      now,
    });
    return noteHealth(tx, webhook.webhook_id, !fine, now);
  });
  if (fine) return;
  const since = health?.failing_since;
  if (gone || (since && deps.clock.now().getTime() - since.getTime() > PATIENCE_MS)) await giveUp(deps, webhook);
  // The queue tries what throws again, later.
  if (!last) throw new Error('not delivered');
};

export const deliverTask: QueuedTask = { name: 'webhook', run };

/** Deliveries that ended a month ago are forgotten. */
export const forgetDeliveries = (deps: Deps): Promise<void> =>
  withTransaction(deps.pools.maintenance, (tx) => sweepDeliveries(tx, new Date(deps.clock.now().getTime() - KEPT_MS).toISOString()));
