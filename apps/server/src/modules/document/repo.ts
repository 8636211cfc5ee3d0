import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

/** The next number of an office's papers of a mark in a year. The caller must hold a post there: the database looks. */
export const takeSerial = async (tx: ScopedTx, organizationId: string, mark: string, year: number): Promise<number> => {
  const { rows } = await sql<{ serial: number }>`select take_document_serial(${organizationId}, ${mark}, ${year}) as serial`.execute(tx);
  return rows[0]!.serial;
};
