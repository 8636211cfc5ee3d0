import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface AccountRow {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
}

/** Writes accounts with a password; an account that exists keeps its id and gets the password. As the auth role. */
export const putAccounts = async (tx: Tx, accounts: readonly AccountRow[]): Promise<void> => {
  const rows = JSON.stringify(accounts);
  await sql`
    insert into auth."user" (id, name, email, "emailVerified", username, "displayUsername", "createdAt", "updatedAt")
    select "userId", name, email, false, username, username, "createdAt", "createdAt"
    from jsonb_to_recordset(${rows}::jsonb) as a("userId" text, name text, email text, username text, "createdAt" timestamptz)
    on conflict (id) do nothing`.execute(tx);
  await sql`
    insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    select 'credential-' || "userId", "userId", 'credential', "userId", "passwordHash", "createdAt", "createdAt"
    from jsonb_to_recordset(${rows}::jsonb) as a("userId" text, "passwordHash" text, "createdAt" timestamptz)
    on conflict (id) do update set password = excluded.password, "updatedAt" = excluded."updatedAt"`.execute(tx);
};

export const findUserId = async (tx: Tx, username: string): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select id from auth."user" where username = ${username}`.execute(tx);
  return rows[0]?.id;
};

/** Ends every session of a user; with `lock`, also the password, so that nobody signs in until it is reset. */
export const shutOut = async (
  tx: Tx,
  userId: string,
  { lock, forgetSecondFactor }: { lock: boolean; forgetSecondFactor: boolean },
): Promise<void> => {
  await sql`delete from auth.session where "userId" = ${userId}`.execute(tx);
  if (lock) await sql`update auth.account set password = null where "userId" = ${userId} and "providerId" = 'credential'`.execute(tx);
  if (forgetSecondFactor) {
    await sql`delete from auth."twoFactor" where "userId" = ${userId}`.execute(tx);
    await sql`update auth."user" set "twoFactorEnabled" = false where id = ${userId}`.execute(tx);
  }
};

export interface UserLine {
  readonly username: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly secondFactor: boolean;
  readonly demo: boolean;
}

export const listUsers = async (tx: Tx): Promise<UserLine[]> => {
  const { rows } = await sql<UserLine>`
    select u.username, u.name, a.password is not null as enabled, coalesce(u."twoFactorEnabled", false) as "secondFactor",
      u.email like '%@demo.invalid' as demo
    from auth."user" u left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'
    where u.username is not null order by u.username`.execute(tx);
  return rows;
};

/** Whether demo accounts stand in this database. */
export const hasDemoAccounts = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{
    found: boolean;
  }>`select exists (select 1 from auth."user" where email like '%@demo.invalid') as found`.execute(tx);
  return rows[0]!.found;
};

export interface NewStaff {
  readonly personId: string;
  readonly authUserId: string;
  readonly nameSealed: Buffer;
  readonly language: 'zh' | 'en';
  readonly holdings: readonly { readonly holdingId: string; readonly postId: string }[];
  readonly validFrom: string;
}

/** A member of staff and the posts they hold from a day on. As the maintenance role. Throws 23503 for an unknown post. */
export const addStaff = async (tx: Tx, staff: NewStaff): Promise<void> => {
  const { personId, authUserId, nameSealed, language, holdings, validFrom } = staff;
  await sql`insert into person (person_id, kind, auth_user_id, name_sealed, language)
    values (${personId}, 'staff', ${authUserId}, ${nameSealed}, ${language})`.execute(tx);
  for (const { holdingId, postId } of holdings)
    await sql`insert into post_holding (holding_id, post_id, person_id, valid_from)
      values (${holdingId}, ${postId}, ${personId}, ${validFrom})`.execute(tx);
};

export interface AccountState {
  readonly userId: string;
  readonly enabled: boolean;
  readonly secondFactor: boolean;
}

/** Whether accounts may sign in now. As the auth role. */
export const findAccountStates = async (tx: Tx, userIds: readonly string[]): Promise<AccountState[]> => {
  const { rows } = await sql<AccountState>`
    select u.id as "userId", a.password is not null as enabled, coalesce(u."twoFactorEnabled", false) as "secondFactor"
    from auth."user" u left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'
    where u.id = any (${[...userIds]}::text[])`.execute(tx);
  return rows;
};
