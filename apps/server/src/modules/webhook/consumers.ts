import { createHash } from 'node:crypto';
import { hears, webhookEventOf } from '@tongxin/domain/webhook/rules.ts';
import type { WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import { findActive, findHeardCases, type HeardCase, type NewDelivery, putDeliveries } from './repo.ts';

/** Whoever asks what is new does not ask for what happened three days ago. */
const STALE_MS = 3 * 86_400_000;

const deliveryId = (webhookId: string, event: FeedEvent): string => {
  const hex = createHash('sha256').update(`webhook:${webhookId}:${event.caseId}:${event.eventNo}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Ids and codes: whoever wants words asks for the case, as who it is. */
const payloadOf = (event: FeedEvent, kind: WebhookEvent, heard: HeardCase): object => ({
  type: kind,
  timestamp: event.recordedAt,
  data: {
    caseId: event.caseId,
    number: heard.number,
    ...(heard.source_number ? { sourceNumber: heard.source_number } : {}),
    procedure: heard.state.procedureId,
    stage: event.header.to ?? heard.state.stage,
    ...(event.header.action ? { action: event.header.action } : {}),
    ...(heard.state.categoryId ? { categoryId: heard.state.categoryId } : {}),
    ...(heard.state.leadOrganizationId ? { leadOrganizationId: heard.state.leadOrganizationId } : {}),
    version: event.eventNo,
  },
});

/** Writes a delivery for each subscription that hears of an event, and queues it. */
export const webhookConsumer = defineConsumer({
  name: 'webhook',
  batch: 500,
  handle: async (tx, events, deps) => {
    const webhooks = await findActive(tx);
    if (webhooks.length === 0) return;
    const now = deps.clock.now();
    const fresh = events.filter((event) => now.getTime() - Date.parse(event.recordedAt) < STALE_MS);
    if (fresh.length === 0) return;
    const cases = await findHeardCases(tx, [...new Set(fresh.map((event) => event.caseId))]);
    const deliveries = fresh.flatMap((event): NewDelivery[] => {
      const heard = cases.get(event.caseId);
      const kind = heard && webhookEventOf(deps.procedures.get(heard.state.procedureId, heard.state.procedureVersion), event);
      if (!heard || !kind) return [];
      return webhooks
        .filter(
          (webhook) =>
            Date.parse(event.recordedAt) >= webhook.created_at.getTime() &&
            hears(
              { organizationId: webhook.organization_id, events: webhook.events, ...(webhook.area_id ? { areaId: webhook.area_id } : {}) },
              kind,
              heard.state,
              heard.confidential,
            ),
        )
        .map((webhook) => ({
          delivery_id: deliveryId(webhook.webhook_id, event),
          webhook_id: webhook.webhook_id,
          kind,
          case_id: event.caseId,
          payload: payloadOf(event, kind, heard),
        }));
    });
    await putDeliveries(tx, deliveries, now.toISOString());
  },
});
