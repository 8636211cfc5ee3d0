import { Uuid } from '@tongxin/domain/case/view.ts';
import { WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import { type Static, Type } from 'typebox';
import type { DeliveryRow, WebhookRow } from './repo.ts';

export const WebhookView = Type.Object({
  id: Uuid,
  organizationId: Uuid,
  areaId: Type.Optional(Uuid),
  url: Type.String(),
  events: Type.Array(WebhookEvent),
  status: Type.Enum(['on', 'off', 'failed']),
  failingSince: Type.Optional(Type.String()),
  createdAt: Type.String(),
});
export const DeliveryView = Type.Object({
  id: Uuid,
  kind: Type.String(),
  caseId: Type.Optional(Uuid),
  status: Type.Enum(['waiting', 'delivered', 'failed']),
  attempts: Type.Integer(),
  lastStatus: Type.Optional(Type.Integer()),
  lastProblem: Type.Optional(Type.String()),
  createdAt: Type.String(),
  endedAt: Type.Optional(Type.String()),
});

export const presentWebhook = (row: WebhookRow): Static<typeof WebhookView> => ({
  id: row.webhook_id,
  organizationId: row.organization_id,
  ...(row.area_id ? { areaId: row.area_id } : {}),
  url: row.url,
  events: [...row.events] as WebhookEvent[],
  status: row.status,
  ...(row.failing_since ? { failingSince: row.failing_since.toISOString() } : {}),
  createdAt: row.created_at.toISOString(),
});

export const presentDelivery = (row: DeliveryRow): Static<typeof DeliveryView> => ({
  id: row.delivery_id,
  kind: row.kind,
  ...(row.case_id ? { caseId: row.case_id } : {}),
  status: row.status,
  attempts: row.attempts,
  ...(row.last_status === null ? {} : { lastStatus: row.last_status }),
  ...(row.last_problem ? { lastProblem: row.last_problem } : {}),
  createdAt: row.created_at.toISOString(),
  ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
});
