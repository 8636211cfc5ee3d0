import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface PostRow {
  readonly postId: string;
  readonly title: Label;
  readonly organization: Label;
  readonly area: Label;
  readonly areaKind: string;
}

/** Words and areas of posts, by id. */
export const readPosts = async (tx: ScopedTx, postIds: readonly string[]): Promise<PostRow[]> => {
  const { rows } = await sql<PostRow>`
    select po.post_id as "postId", po.title, o.name as organization, a.name as area, a.kind as "areaKind"
    from post po join organization o using (organization_id) join area a on a.area_id = po.area_id
    where po.post_id = any (${postIds}::uuid[])`.execute(tx);
  return rows;
};

/** Whether the caller's password was given by somebody else and stands still. */
export const isPasswordOnce = async (tx: ScopedTx): Promise<boolean> => {
  const { rows } = await sql<{ once: boolean }>`select password_once as once from person where person_id = acting()`.execute(tx);
  return rows[0]?.once ?? false;
};

export const setLanguage = async (tx: ScopedTx, language: 'zh' | 'en'): Promise<void> => {
  await sql`select set_language(${language})`.execute(tx);
};

export interface DemoAccount {
  readonly username: string;
  readonly title: Label;
  readonly organization: Label;
}

/** Accounts of the demo pack, in its order, with the first post of each. */
export const listDemoAccounts = async (tx: Tx): Promise<DemoAccount[]> => {
  const { rows } = await sql<DemoAccount>`select username, title, organization from demo_accounts()`.execute(tx);
  return rows;
};
