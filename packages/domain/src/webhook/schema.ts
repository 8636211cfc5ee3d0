import { type Static, Type } from 'typebox';

/** What other systems may hear of. Each event of the record is told as the first of these that it is. */
export const WEBHOOK_EVENTS = ['case.assigned', 'case.resolved', 'case.ended', 'case.late', 'case.filed', 'case.changed'] as const;
export const WebhookEvent = Type.Enum([...WEBHOOK_EVENTS]);
export type WebhookEvent = Static<typeof WebhookEvent>;
