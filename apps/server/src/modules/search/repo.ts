import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';
import type { Asked } from './segment/service.ts';

/** Where is searched: the area level, body or person whose list it is. By words nothing is found among what a body is complained of in. */
export interface Where {
  readonly by:
    | 'city'
    | 'district'
    | 'town'
    | 'community'
    | 'grid'
    | 'overlay'
    | 'lead'
    | 'receiving'
    | 'handler'
    | 'dispatcher'
    | 'participant'
    | 'supporting'
    | 'respondent';
  readonly id: string;
}

/** Case ids of a list that say all that is asked, newest first. Scope is judged inside a function that looks past row-level security. */
export const searchCases = async (tx: ScopedTx, { query, phrases }: Required<Asked>, where: Where, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    select case_id from search_cases(${query}, ${[...phrases]}::text[], ${limit}, ${where.by}, ${where.id}::uuid) as case_id`.execute(tx);
  return rows.map((row) => row.case_id);
};

export interface Alike {
  case_id: string;
  shared: number;
}

/** Cases that share words with another, judged inside a function like the one above. */
export const findAlike = async (
  tx: ScopedTx,
  lexemes: readonly string[],
  where: string,
  except: string,
  limit: number,
): Promise<Alike[]> => {
  const { rows } =
    await sql<Alike>`select case_id, shared from find_alike(${[...lexemes]}::text[], ${where}, ${except}::uuid, ${limit})`.execute(tx);
  return rows;
};

export interface Indexed {
  case_id: string;
  confidential: boolean;
  state: CaseState;
  number: string;
  source_number: string | null;
  place: (string | null)[];
}

export const findIndexed = async (tx: Tx, caseIds: readonly string[]): Promise<Indexed[]> => {
  const { rows } = await sql<Indexed>`
    select case_id, confidential, state, number, source_number, array[city_id, district_id, town_id, community_id, grid_id] as place
    from cases where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return rows;
};

export interface SealedWords {
  case_id: string;
  event_no: number;
  type: string;
  sealed: Buffer;
}

export const findWords = async (tx: Tx, caseIds: readonly string[]): Promise<SealedWords[]> => {
  const { rows } = await sql<SealedWords>`
    select e.case_id, e.event_no, e.type, c.sealed from events e join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = any (${[...caseIds]}::uuid[]) order by e.case_id, e.event_no`.execute(tx);
  return rows;
};

export interface Document {
  readonly caseId: string;
  readonly lexemes: readonly string[];
  readonly masked: string;
}

export const putDocuments = async (tx: Tx, documents: readonly Document[], now: string): Promise<void> => {
  if (documents.length === 0) return;
  await sql`
    insert into search_document (case_id, words, masked, updated_at)
    select (d->>'caseId')::uuid, array_to_tsvector(array(select jsonb_array_elements_text(d->'lexemes'))), d->>'masked', ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(documents)}::jsonb) as d
    on conflict (case_id) do update set words = excluded.words, masked = excluded.masked, updated_at = excluded.updated_at`.execute(tx);
};

export const dropDocuments = async (tx: Tx, caseIds: readonly string[]): Promise<void> => {
  if (caseIds.length > 0) await sql`delete from search_document where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
};
