import type { CaseState } from '@tongxin/domain/case/schema.ts';
import type { Channel, MessageKind, MessageProblem, MessageView } from '@tongxin/domain/message/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface Wish {
  readonly case_id: string;
  readonly party_id: string;
  readonly channel: Channel;
  readonly language: 'zh' | 'en';
  /** The case in which the news is: its own, or the one it was joined with. */
  readonly news_id: string;
  /** Its own number. */
  readonly number: string;
  /** What the receiver is to the matter: who reported it, for whom, or a side of it. */
  readonly role: string;
  /** Since when it hears of them: since it was wished for, or since they were joined. */
  readonly wished_at: Date;
}

/** Who wants to hear of any of these cases, also of one their own was joined with. As the feed role. */
export const findWishes = async (tx: Tx, caseIds: readonly string[]): Promise<Wish[]> => {
  const ids = sql`any (${[...caseIds]}::uuid[])`;
  const { rows } = await sql<Wish>`
    select w.case_id, w.party_id, w.channel, w.language, w.wished_at, c.case_id as news_id, c.number, p.role from message_wish w
      join cases c on c.case_id = w.case_id join case_party p on p.case_id = w.case_id and p.party_id = w.party_id where c.case_id = ${ids}
    union all
    select w.case_id, w.party_id, w.channel, w.language, greatest(w.wished_at, e.joined_at), c.main_case_id as news_id, c.number, p.role
      from message_wish w join cases c on c.case_id = w.case_id join case_party p on p.case_id = w.case_id and p.party_id = w.party_id
      left join lateral (select max(recorded_at) as joined_at from events
        where case_id = c.case_id and type = 'case.acted' and header::jsonb #>> '{header,assign,mainCaseId}' = c.main_case_id::text) e on true
      where c.main_case_id = ${ids}`.execute(tx);
  return rows;
};

export interface PersonWish {
  readonly case_id: string;
  readonly party_id: string;
  readonly address_id: string;
  readonly channel: Channel;
  readonly language: 'zh' | 'en';
  readonly news_id: string;
  readonly number: string;
  readonly role: string;
  readonly wished_at: Date;
}

/**
 * Residents whose account holds a party of these cases, or of one that was joined with them, by each address they proved. By SMS not where the
 * matter itself asks for one: nobody is told twice. As the feed role.
 */
export const findPersonWishes = async (tx: Tx, caseIds: readonly string[]): Promise<PersonWish[]> => {
  const ids = sql`any (${[...caseIds]}::uuid[])`;
  const { rows } = await sql<PersonWish>`
    select p.case_id, p.party_id, a.address_id, a.channel, pe.language, n.news_id, n.number, p.role, greatest(a.confirmed_at, p.joined_at, n.joined_at) as wished_at
    from (select c.case_id, c.case_id as news_id, c.number, null::timestamptz as joined_at from cases c where c.case_id = ${ids}
        union all
        select c.case_id, c.main_case_id, c.number, (select max(recorded_at) from events e where e.case_id = c.case_id and e.type = 'case.acted'
            and e.header::jsonb #>> '{header,assign,mainCaseId}' = c.main_case_id::text)
          from cases c where c.main_case_id = ${ids}) n
      join case_party p on p.case_id = n.case_id and p.person_id is not null and p.erased_at is null
      join person pe on pe.person_id = p.person_id and pe.kind = 'resident' and pe.erased_at is null
      join message_address a on a.person_id = pe.person_id and a.confirmed_at is not null
    where not (a.channel = 'sms' and exists (select 1 from message_wish w where w.case_id = p.case_id and w.party_id = p.party_id))`.execute(
    tx,
  );
  return rows;
};

export const findProcedures = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, CaseState>> => {
  const { rows } = await sql<{ case_id: string; state: CaseState }>`
    select case_id, state from cases where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.case_id, row.state]));
};

export interface NewMessage {
  readonly message_id: string;
  readonly channel: Channel;
  readonly kind: MessageKind;
  readonly case_id?: string;
  readonly party_id?: string;
  readonly address_id?: string;
  readonly language: 'zh' | 'en';
  readonly params: object;
  readonly next_at: string;
}

/** Writes messages; one that is there already stays as it is, whatever became of it. */
export const putMessages = async (tx: Tx, messages: readonly NewMessage[], now: string): Promise<void> => {
  if (messages.length === 0) return;
  await sql`
    insert into message (message_id, channel, kind, case_id, party_id, address_id, language, params, next_at, created_at)
    select (m->>'message_id')::uuid, m->>'channel', m->>'kind', (m->>'case_id')::uuid, (m->>'party_id')::uuid, (m->>'address_id')::uuid,
      m->>'language', m->'params', (m->>'next_at')::timestamptz, ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(messages)}::jsonb) m on conflict (message_id) do nothing`.execute(tx);
};

export interface MessageRow {
  readonly message_id: string;
  readonly channel: Channel;
  readonly state: MessageView['state'];
  readonly tries: number;
  readonly last_problem: MessageProblem | null;
  readonly created_at: Date;
  readonly next_at: Date | null;
  readonly ended_at: Date | null;
}

/** Messages to parties of a case, latest first. */
export const listMessages = async (tx: ScopedTx, caseId: string, limit: number): Promise<MessageRow[]> =>
  (
    await sql<MessageRow>`
      select message_id, channel, state, tries, last_problem, created_at, next_at, ended_at from message
      where case_id = ${caseId} and party_id is not null order by created_at desc, message_id limit ${limit}`.execute(tx)
  ).rows;
