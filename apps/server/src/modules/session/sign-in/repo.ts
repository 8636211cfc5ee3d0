import type { Language } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

interface Proved {
  readonly personId: string;
  readonly authUserId: string;
  readonly kind: 'phone' | 'mail';
  readonly sealed: Buffer;
  readonly index: Buffer;
  readonly language: Language;
}

/** The person of a proved telephone or mail address: known before, or made now. As the auth role. */
export const linkResident = async (tx: Tx, { personId, authUserId, kind, sealed, index, language }: Proved): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select public.link_resident(${personId}::uuid, ${authUserId}, ${kind}, ${sealed}, ${index}, ${language}) as id`.execute(tx);
  return rows[0]!.id;
};

/** The owner has chosen the password. As the auth role. */
export const markPasswordChosen = async (tx: Tx, personId: string): Promise<void> => {
  await sql`select public.password_chosen(${personId}::uuid)`.execute(tx);
};

/** Whether a session began within a quarter of an hour: by the clock that the library wrote it with. As the auth role, like what follows. */
export const isFresh = async (tx: Tx, session: string): Promise<boolean> =>
  (await sql`select 1 from auth.session where token = ${session} and "createdAt" > now() - interval '15 minutes'`.execute(tx)).rows.length >
  0;

export const putPassword = async (tx: Tx, userId: string, hash: string): Promise<void> => {
  await sql`
    insert into auth.account (id, "accountId", "providerId", "userId", password) values ('credential-' || ${userId}::text, ${userId}, 'credential', ${userId}, ${hash})
    on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = now()`.execute(tx);
};

export const endOtherSessions = async (tx: Tx, userId: string, session: string): Promise<void> => {
  await sql`delete from auth.session where "userId" = ${userId} and token <> ${session}`.execute(tx);
};

export const hasPassword = async (tx: Tx, userId: string): Promise<boolean> =>
  (await sql`select 1 from auth.account where "userId" = ${userId} and "providerId" = 'credential' and password is not null`.execute(tx))
    .rows.length > 0;

export const listPasskeys = async (tx: Tx, userId: string): Promise<{ id: string; name: string | null; addedAt: Date | null }[]> =>
  (
    await sql<{ id: string; name: string | null; addedAt: Date | null }>`
      select id, name, "createdAt" as "addedAt" from auth.passkey where "userId" = ${userId} order by "createdAt", id limit 50`.execute(tx)
  ).rows;

/** With sessions, passwords and passkeys. */
export const deleteUser = async (tx: Tx, userId: string): Promise<void> => {
  await sql`delete from auth."user" where id = ${userId}`.execute(tx);
};
