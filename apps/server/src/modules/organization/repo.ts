import { ROLES } from '@tongxin/domain/post/policy.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

/** Makes the database's copy of the roles agree with domain/post/policy.ts. Owner or maintenance role. */
export const saveRoles = async (tx: Tx): Promise<void> => {
  for (const [role, { sees, capabilities }] of Object.entries(ROLES))
    await sql`insert into post_role (role, sees, capabilities) values (${role}, ${sees}, ${[...capabilities]})
      on conflict (role) do update set sees = excluded.sees, capabilities = excluded.capabilities
      where (post_role.sees, post_role.capabilities) is distinct from (excluded.sees, excluded.capabilities)`.execute(tx);
};
