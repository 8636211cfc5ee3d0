import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface WebhookRow {
  readonly webhook_id: string;
  readonly organization_id: string;
  readonly area_id: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly secret_sealed: Buffer;
  readonly old_secrets: readonly { readonly sealed: string; readonly until: string }[];
  readonly status: 'on' | 'off' | 'failed';
  readonly failing_since: Date | null;
  readonly created_by: string;
  readonly created_at: Date;
}
export interface DeliveryRow {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly kind: string;
  readonly case_id: string | null;
  readonly payload: object;
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_problem: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

export const listWebhooks = async (tx: ScopedTx): Promise<WebhookRow[]> =>
  (await sql<WebhookRow>`select * from webhook order by created_at, webhook_id limit 500`.execute(tx)).rows;

export const findWebhook = async (tx: Tx, id: string): Promise<WebhookRow | undefined> =>
  (await sql<WebhookRow>`select * from webhook where webhook_id = ${id}`.execute(tx)).rows[0];

export const insertWebhook = async (
  tx: ScopedTx,
  row: Pick<WebhookRow, 'webhook_id' | 'organization_id' | 'area_id' | 'url' | 'events' | 'secret_sealed' | 'created_by'> & {
    readonly now: string;
  },
): Promise<void> => {
  await sql`insert into webhook (webhook_id, organization_id, area_id, url, events, secret_sealed, created_by, created_at)
    values (${row.webhook_id}, ${row.organization_id}, ${row.area_id}, ${row.url}, ${[...row.events]}::text[], ${row.secret_sealed}, ${row.created_by}, ${row.now})`.execute(
    tx,
  );
};

export const updateWebhook = async (
  tx: ScopedTx,
  id: string,
  { url, events, status }: Pick<WebhookRow, 'url' | 'events' | 'status'>,
): Promise<void> => {
  await sql`update webhook set url = ${url}, events = ${[...events]}::text[], status = ${status},
    failing_since = case when ${status} = 'on' then null else failing_since end where webhook_id = ${id}`.execute(tx);
};

export const replaceSecret = async (tx: ScopedTx, id: string, sealed: Buffer, old: WebhookRow['old_secrets']): Promise<void> => {
  await sql`update webhook set secret_sealed = ${sealed}, old_secrets = ${JSON.stringify(old)} where webhook_id = ${id}`.execute(tx);
};

export const deleteWebhook = async (tx: ScopedTx, id: string): Promise<void> => {
  await sql`delete from webhook where webhook_id = ${id}`.execute(tx);
};

export const listDeliveries = async (tx: ScopedTx, webhookId: string, limit: number): Promise<DeliveryRow[]> =>
  (
    await sql<DeliveryRow>`select * from webhook_delivery where webhook_id = ${webhookId} order by created_at desc, delivery_id limit ${limit}`.execute(
      tx,
    )
  ).rows;

export type NewDelivery = Pick<DeliveryRow, 'delivery_id' | 'webhook_id' | 'kind' | 'case_id' | 'payload'>;

/** Writes deliveries and queues them, all in this transaction; one that is there already stays as it is. */
export const putDeliveries = async (tx: Tx, deliveries: readonly NewDelivery[], now: string): Promise<void> => {
  if (deliveries.length === 0) return;
  const { rows } = await sql<{ delivery_id: string }>`
    insert into webhook_delivery (delivery_id, webhook_id, kind, case_id, payload, created_at)
    select (d->>'delivery_id')::uuid, (d->>'webhook_id')::uuid, d->>'kind', (d->>'case_id')::uuid, d->'payload', ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) d on conflict (delivery_id) do nothing returning delivery_id`.execute(
    tx,
  );
  await sql`select queue_delivery(id) from unnest(${rows.map((row) => row.delivery_id)}::uuid[]) as id`.execute(tx);
};

/** Subscriptions in force, with what the consumer needs of the cases of a batch. */
export const findActive = async (tx: Tx): Promise<WebhookRow[]> =>
  (await sql<WebhookRow>`select * from webhook where status = 'on'`.execute(tx)).rows;

export interface HeardCase {
  readonly case_id: string;
  readonly number: string;
  readonly source_number: string | null;
  readonly state: CaseState;
  readonly confidential: boolean;
}
export const findHeardCases = async (tx: Tx, ids: readonly string[]): Promise<Map<string, HeardCase>> => {
  const { rows } =
    await sql<HeardCase>`select case_id, number, source_number, state, confidential from cases where case_id = any (${[...ids]}::uuid[])`.execute(
      tx,
    );
  return new Map(rows.map((row) => [row.case_id, row]));
};

/** What the sender needs: the delivery and its subscription. By the maintenance role. */
export const findDelivery = async (tx: Tx, id: string): Promise<DeliveryRow | undefined> =>
  (await sql<DeliveryRow>`select * from webhook_delivery where delivery_id = ${id}`.execute(tx)).rows[0];

export const noteAttempt = async (
  tx: Tx,
  id: string,
  { status, lastStatus, problem, now }: { status: DeliveryRow['status']; lastStatus?: number; problem?: string; now: string },
): Promise<void> => {
  await sql`update webhook_delivery set attempts = attempts + 1, status = ${status}, last_status = ${lastStatus ?? null}, last_problem = ${problem ?? null},
    ended_at = case when ${status} = 'waiting' then null else ${now}::timestamptz end where delivery_id = ${id}`.execute(tx);
};

/** Since when a subscription fails; null once it succeeded. Answers the row as it is now. */
export const noteHealth = async (tx: Tx, id: string, failing: boolean, now: string): Promise<WebhookRow | undefined> =>
  (
    await sql<WebhookRow>`update webhook set failing_since = case when ${failing} then coalesce(failing_since, ${now}::timestamptz) end
      where webhook_id = ${id} returning *`.execute(tx)
  ).rows[0];

/** Answers whether this call switched it off. */
export const switchOff = async (tx: Tx, id: string): Promise<boolean> =>
  (await sql`update webhook set status = 'failed' where webhook_id = ${id} and status = 'on' returning 1`.execute(tx)).rows.length > 0;

export const sweepDeliveries = async (tx: Tx, before: string): Promise<void> => {
  await sql`delete from webhook_delivery where created_at < ${before} and status <> 'waiting'`.execute(tx);
};
