import type pg from 'pg';
import type { ChainedEvent } from '../../../platform/record/chain.ts';
import { CASE_COLUMNS, type CaseRecord, EVENT_COLUMNS } from '../../case/index.ts';
import { type Cell, copyRows } from '../repo.ts';

export interface ClockRow {
  readonly clock: string;
  readonly status: string;
  readonly dueAt: string | null;
  readonly provisional: boolean;
  readonly calendarVersion: string;
  readonly nextAt: string | null;
}

/** Everything one synthetic case leaves in the database; the number of its row is still the prefix alone. */
export interface LoadedCase {
  readonly row: CaseRecord;
  readonly events: readonly ChainedEvent[];
  readonly clocks: readonly ClockRow[];
  readonly party: {
    readonly partyId: string;
    readonly protected: boolean;
    readonly nameSealed: Buffer | null;
    readonly phoneSealed: Buffer | null;
    readonly phoneIndex: Buffer | null;
    readonly receiptHash: Buffer;
  };
}

/** Staff numbers for `n` cases of a prefix, from the same sequence as live cases. */
const takeSerials = async (client: pg.PoolClient, prefix: string, n: number): Promise<string[]> => {
  const { rows } = await client.query<{ serial: string }>(
    "select lpad(nextval(('case_serial_' || lower($1))::regclass)::text, 7, '0') as serial from generate_series(1, $2)",
    [prefix, n],
  );
  return rows.map((row) => row.serial);
};

/** Contiguous places at the end of the feed; the row lock keeps the sequencer out until commit. Answers the last place before them. */
const takePlaces = async (client: pg.PoolClient, n: number): Promise<number> => {
  const { rows } = await client.query<{ position: string }>('update feed_head set position = position + $1 returning position', [n]);
  return Number(rows[0]!.position) - n;
};

const flat = function* <T>(cases: readonly LoadedCase[], rowsOf: (one: LoadedCase) => Iterable<T>): Generator<T> {
  for (const one of cases) yield* rowsOf(one);
};

/** Writes a batch of cases inside an open transaction: the rows of live filings and acts, by COPY, each event with its place in the feed. */
export const copyCases = async (client: pg.PoolClient, cases: readonly LoadedCase[]): Promise<void> => {
  const serials = new Map<string, string[]>();
  for (const prefix of new Set(cases.map(({ row }) => row.number)))
    serials.set(prefix, await takeSerials(client, prefix, cases.filter(({ row }) => row.number === prefix).length));
  const numberOf = ({ number, created_at }: CaseRecord): string => `${number}${created_at.slice(0, 4)}-${serials.get(number)!.shift()}`;
  await copyRows(
    client,
    'cases',
    CASE_COLUMNS,
    flat(cases, ({ row }) => [CASE_COLUMNS.map((column): Cell => (column === 'number' ? numberOf(row) : row[column]))]),
  );
  await copyRows(
    client,
    'events',
    EVENT_COLUMNS,
    flat(cases, function* ({ events }) {
      for (const e of events)
        yield [
          e.caseId,
          e.eventNo,
          e.type,
          e.schemaVersion,
          e.occurredAt,
          e.recordedAt,
          e.header,
          e.contentHash,
          e.prevHash,
          e.hash,
          null,
          null,
        ];
    }),
  );
  await copyRows(
    client,
    'event_content',
    ['case_id', 'event_no', 'salt', 'sealed'],
    flat(cases, function* ({ events }) {
      for (const e of events) if (e.salt) yield [e.caseId, e.eventNo, e.salt, e.sealed];
    }),
  );
  await copyRows(
    client,
    'clock',
    ['case_id', 'clock', 'status', 'due_at', 'provisional', 'calendar_version', 'next_at'],
    flat(cases, function* ({ row, clocks }) {
      for (const c of clocks) yield [row.case_id, c.clock, c.status, c.dueAt, c.provisional, c.calendarVersion, c.nextAt];
    }),
  );
  await copyRows(
    client,
    'case_party',
    ['case_id', 'party_id', 'role', 'protected', 'name_sealed', 'phone_sealed', 'phone_index', 'joined_at'],
    flat(cases, ({ row, party }) => [
      [row.case_id, party.partyId, 'reporter', party.protected, party.nameSealed, party.phoneSealed, party.phoneIndex, row.created_at],
    ]),
  );
  await copyRows(
    client,
    'receipt',
    ['code_hash', 'case_id', 'party_id', 'issued_at'],
    flat(cases, ({ row, party }) => [[party.receiptHash, row.case_id, party.partyId, row.created_at]]),
  );
  // The feed runs in the order in which things happened; a case's own events keep their order because the sort is stable.
  const events = cases
    .flatMap((one) => one.events)
    .sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));
  const before = await takePlaces(client, events.length);
  await copyRows(
    client,
    'feed',
    ['position', 'case_id', 'event_no', 'sequenced_at'],
    events.map((e, i): Cell[] => [before + i + 1, e.caseId, e.eventNo, e.recordedAt]),
  );
};
