import type { Channel } from '@tongxin/domain/message/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../../platform/tx/tx.ts';

export interface AddressRow {
  readonly address_id: string;
  readonly person_id: string;
  readonly channel: Channel;
  readonly address_sealed: Buffer;
  readonly address_index: Buffer;
  readonly confirmed_at: Date | null;
  readonly added_at: Date;
}

/** The caller's own, oldest first. */
export const listAddresses = async (tx: ScopedTx, personId: string): Promise<AddressRow[]> =>
  (
    await sql<AddressRow>`
      select address_id, person_id, channel, address_sealed, address_index, confirmed_at, added_at from message_address
      where person_id = ${personId} order by added_at, address_id limit 100`.execute(tx)
  ).rows;

export const insertAddress = async (tx: ScopedTx, row: AddressRow & { readonly stop_hash: Buffer }): Promise<void> => {
  await sql`
    insert into message_address (address_id, person_id, channel, address_sealed, address_index, stop_hash, confirmed_at, added_at)
    values (${row.address_id}, ${row.person_id}, ${row.channel}, ${row.address_sealed}, ${row.address_index}, ${row.stop_hash},
      ${row.confirmed_at}, ${row.added_at})`.execute(tx);
};

export const confirmAddress = async (tx: ScopedTx, addressId: string, now: Date): Promise<void> => {
  await sql`update message_address set confirmed_at = coalesce(confirmed_at, ${now}) where address_id = ${addressId}`.execute(tx);
};

/** With whatever waits for it. */
export const deleteAddress = async (tx: Tx, addressId: string): Promise<void> => {
  await sql`delete from message_address where address_id = ${addressId}`.execute(tx);
};

/** Whoever has the token of a mail may end these mails; answers whether there was anything to end. */
export const stopByHash = async (tx: Tx, stopHash: Buffer): Promise<boolean> =>
  (await sql<{ stopped: boolean }>`select stop_messages(${stopHash}) as stopped`.execute(tx)).rows[0]!.stopped;

/** Where a message goes and to whom, as the maintenance role. */
export const findAddress = async (tx: Tx, addressId: string): Promise<(AddressRow & { person_kind: string }) | undefined> =>
  (
    await sql<AddressRow & { person_kind: string }>`
      select a.address_id, a.person_id, a.channel, a.address_sealed, a.address_index, a.confirmed_at, a.added_at, pe.kind as person_kind
      from message_address a join person pe using (person_id) where a.address_id = ${addressId}`.execute(tx)
  ).rows[0];

export interface ToldNotice {
  readonly personId: string;
  readonly noticeId: string;
  readonly kind: string;
  readonly params: object;
}

/** A message for each proved address of whoever was told something, in the transaction in which they are told. The same again changes nothing. */
export const putNoticeMessages = async (tx: Tx, told: readonly ToldNotice[], now: string): Promise<void> => {
  if (told.length === 0) return;
  await sql`
    insert into message (message_id, channel, kind, address_id, language, params, next_at, created_at)
    select md5(n."noticeId"::text || a.address_id::text)::uuid, a.channel, 'notice', a.address_id, p.language,
      jsonb_build_object('kind', n.kind, 'params', n.params), ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as n("personId" uuid, "noticeId" uuid, kind text, params jsonb)
    join message_address a on a.person_id = n."personId" and a.confirmed_at is not null
    join person p on p.person_id = a.person_id
    on conflict (message_id) do nothing`.execute(tx);
};

/** The address that waits for its official account to name somebody; undefined for a code that is unknown, used, or half an hour old. */
export const findBinding = async (tx: Tx, codeHash: Buffer, now: Date): Promise<string | undefined> =>
  (await sql<{ id: string | null }>`select find_binding(${codeHash}, ${now}) as id`.execute(tx)).rows[0]?.id ?? undefined;

export const bindAccount = async (tx: Tx, addressId: string, sealed: Buffer, index: Buffer, now: Date): Promise<void> => {
  await sql`select bind_account(${addressId}, ${sealed}, ${index}, ${now})`.execute(tx);
};
