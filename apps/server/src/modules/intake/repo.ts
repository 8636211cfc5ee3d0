import type pg from 'pg';

export interface FoundFiling {
  readonly submitterId: string;
  readonly digest: string;
  readonly number: string;
  readonly createdAt: string;
}

/** Asks what an id was used for before, or opens it to this transaction. */
export const sendBegin = (client: pg.PoolClient, caseId: string): Promise<pg.QueryResult> =>
  client.query({ name: 'begin-filing', text: 'select begin_filing($1) as found', values: [caseId] });

/** What `sendBegin` answered: nothing for an id that is new. */
export const foundFiling = ([begun]: readonly pg.QueryResult[]): FoundFiling | undefined =>
  (begun?.rows[0] as { found: FoundFiling | null } | undefined)?.found ?? undefined;

/** Moves files uploaded before into the case; fails when one is missing, and with it the filing. */
export const sendAttach = (client: pg.PoolClient, caseId: string, fileIds: readonly string[]): Promise<pg.QueryResult> =>
  client.query({ name: 'attach-files', text: 'select attach_files($1, $2)', values: [caseId, fileIds] });
