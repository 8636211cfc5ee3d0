import type { Language } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

interface ProvedTelephone {
  readonly personId: string;
  readonly authUserId: string;
  readonly phoneSealed: Buffer;
  readonly phoneIndex: Buffer;
  readonly language: Language;
}

/** The person of a proved telephone: known before, or made now. As the auth role. */
export const linkResident = async (tx: Tx, proved: ProvedTelephone): Promise<string> => {
  const { personId, authUserId, phoneSealed, phoneIndex, language } = proved;
  const { rows } = await sql<{ id: string }>`
    select public.link_resident(${personId}::uuid, ${authUserId}, ${phoneSealed}, ${phoneIndex}, ${language}) as id`.execute(tx);
  return rows[0]!.id;
};

/** The owner has chosen the password. As the auth role. */
export const markPasswordChosen = async (tx: Tx, personId: string): Promise<void> => {
  await sql`select public.password_chosen(${personId}::uuid)`.execute(tx);
};
