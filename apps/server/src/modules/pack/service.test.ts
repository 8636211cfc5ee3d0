import type { CaseState } from '@tongxin/domain/case/schema.ts';
import type { Pack } from '@tongxin/domain/pack/schema.ts';
import { emptyState, evolve } from '@tongxin/domain/procedure/rules.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { SERVICE_TOKENS } from '@tongxin/testing/world.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPack } from '../../cli/pack.ts';
import { contentHash, eventHash, openContent } from '../../platform/record/chain.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { tellDue } from '../clock/index.ts';
import { mediatorPlace } from '../dispute/index.ts';
import { saveServices } from '../organization/index.ts';
import { loadCases, loadCity, loadField, loadMediation } from './index.ts';
import { cell } from './repo.ts';

/** The last two hundred are copies, as benchmarks make them: what holds for a lived case must hold for them. */
const COUNT = 1400;
const LIVED = 1200;
let server: TestServer;
let pack: Pack;
let built: ReturnType<Pack['build']>;
beforeAll(async () => {
  server = await testServer({ now: '2026-11-20T00:00:00.000+08:00' });
  // The world's city goes, the pack's city comes.
  for (const table of [
    'roster_shift',
    'post_holding',
    'duty_item',
    'duty_list',
    'service_session',
    'post',
    'person',
    'organization',
    'facility',
    'category',
    'area_code',
    'area_boundary',
    'area',
  ])
    await server.db.pools.maintenance.query(`delete from ${table}`);
  pack = await readPack(new URL('../../../../../packs/zhongshan', import.meta.url).pathname);
  built = pack.build(pack.seed);
  await loadCity(server.deps, built.city);
  await withTransaction(server.db.pools.maintenance, (tx) => saveServices(tx, built.city.areas[0]!.areaId, SERVICE_TOKENS));
  await server.deps.reload();
});
afterAll(() => server.close());

const one = async <T extends object>(text: string, values: unknown[] = []): Promise<T> =>
  (await server.db.pools.maintenance.query<T>(text, values)).rows[0]!;

describe('loading the pack', () => {
  it('is known to the planner at once: look-ups of posts do not wait for the housekeeping', async () => {
    const { rows } = await server.db.pools.maintenance.query<{ relname: string }>(
      "select relname from pg_class where relname in ('area', 'organization', 'person', 'post', 'post_holding') and reltuples <= 0",
    );
    expect(rows).toEqual([]);
  });

  it('a second time adds no row', async () => {
    const again = await loadCity(server.deps, built.city);
    expect(Object.values(again).every((added) => added === 0)).toBe(true);
  });

  it('brings forms, premises and departments’ sheets of the field, once', async () => {
    expect(await loadField(server.deps, built.city)).toBe(built.city.forms.length + built.city.premises.length + built.city.sheets.length);
    expect(await loadField(server.deps, built.city)).toBe(0);
  });

  it('brings mediators, centres, panellists, monthly reports and lawyers’ hours, once and sealed', async () => {
    const mediation = built.city.mediation!;
    expect(await loadMediation(server.deps, undefined)).toBe(0);
    await loadMediation(server.deps, mediation);
    expect(await loadMediation(server.deps, mediation)).toBe(0);
    expect(
      await one(`select (select count(*) from mediator)::int as mediators, (select count(*) from dispute_centre)::int as centres,
        (select count(*) from panellist)::int as panellists, (select count(*) from reception_session where kind = 'legal')::int as hours,
        (select count(*) from screening_report)::int as reports`),
    ).toEqual({
      mediators: mediation.mediators.length,
      centres: mediation.centres.length,
      panellists: mediation.panellists.length,
      hours: mediation.hours.length,
      reports: mediation.screeningReports.length,
    });
    const { mediatorId, name, organizationId } = mediation.mediators[0]!;
    const { sealed } = await one<{ sealed: Buffer }>('select name_sealed as sealed from mediator where mediator_id = $1', [mediatorId]);
    expect(server.deps.crypto.open(sealed, mediatorPlace(mediatorId, 'name')).toString('utf8')).toBe(name);
    const told = await server.as('anonymous', { url: `/api/v1/centres/${organizationId}` });
    expect(told.json()).toMatchObject({ tier: 'other', duty: [{ post: {} }] });
  });

  it('marks every area, boundary, body and facility as synthetic', async () => {
    for (const table of ['area', 'area_boundary', "(select * from organization where kind <> 'service') o", 'facility'])
      expect(await one(`select count(*)::int as real from ${table} where not synthetic`)).toEqual({ real: 0 });
  });

  it('stopped in the middle goes on where it was, and a second run adds no case', async () => {
    const stop = (what: string, done: number): void => {
      if (what === 'cases' && done === 1000) throw new Error('killed');
    };
    await expect(loadCases(server.deps, pack, built, COUNT, stop, { lived: LIVED })).rejects.toThrow('killed');
    expect(await loadCases(server.deps, pack, built, COUNT, undefined, { lived: LIVED })).toBe(COUNT - 1000);
    expect(await loadCases(server.deps, pack, built, COUNT, undefined, { lived: LIVED })).toBe(0);
    expect(await one('select count(*)::int as n from cases')).toEqual({ n: COUNT });
    await expect(loadCases(server.deps, pack, built, COUNT + 1)).rejects.toMatchObject({ status: 409, code: 'packLoadedOtherwise' });
  });
});

describe('a loaded case', () => {
  it('has the record a live case would have: chained, sealed, and its state follows from replaying it', async () => {
    const { rows } = await server.db.pools.maintenance.query(
      `select e.*, c.salt, c.sealed, k.state, k.event_count, k.head_hash, k.stage, k.updated_at from events e join cases k using (case_id)
       left join event_content c using (case_id, event_no) order by e.case_id, e.event_no`,
    );
    let previous = Buffer.alloc(32);
    let state: CaseState = emptyState('');
    for (const [i, row] of rows.entries()) {
      if (row.event_no === 1) {
        previous = Buffer.alloc(32);
        state = emptyState(row.case_id);
      }
      const event = readHeader(row.header);
      expect(event).toMatchObject({ caseId: row.case_id, eventNo: row.event_no, recordedAt: new Date(row.recorded_at).toISOString() });
      expect(row.prev_hash.equals(previous)).toBe(true);
      expect(row.hash.equals(eventHash(previous, row.header, row.content_hash))).toBe(true);
      if (row.sealed) {
        const words = JSON.stringify(openContent(server.deps.crypto, row.case_id, row.event_no, row.sealed));
        expect(row.content_hash.equals(contentHash(row.salt, words))).toBe(true);
      } else expect(row.content_hash).toBeNull();
      state = evolve(state, event);
      previous = row.hash;
      if (rows[i + 1]?.case_id === row.case_id) continue;
      expect(row.event_no).toBe(row.event_count);
      expect(row.head_hash.equals(row.hash)).toBe(true);
      expect(JSON.parse(JSON.stringify(state))).toEqual(row.state);
    }
  });

  it('stands in the feed at contiguous places, its own events in order', async () => {
    expect(
      await one(`select count(*)::int = max(position)::int and min(position)::int = 1 as contiguous, max(position) = (select position from feed_head) as head,
        (select count(*) from feed a join feed b on a.case_id = b.case_id and a.event_no < b.event_no and a.position > b.position)::int as swapped,
        count(*) = (select count(*) from events) as whole from feed`),
    ).toEqual({ contiguous: true, head: true, swapped: 0, whole: true });
  });

  it('owes the clocks nothing: on the pack’s day the poll finds no word left unsaid', async () => {
    expect(await tellDue(server.deps)).toBe(0);
  });

  it('shows both ends of real life: late and in time, returned, reworked, extended, withdrawn, merged letters and open work', async () => {
    const { rows } = await server.db.pools.maintenance.query<{ action: string }>(
      "select distinct header::jsonb #>> '{header,action}' as action from events",
    );
    const actions = rows.map((row) => row.action);
    for (const action of [
      'objectToDispatch',
      'rework',
      'requestExtension',
      'settleOnSpot',
      'callBackUnanswered',
      'rate',
      'explain',
      'issueOpinion',
      'lapseReopening',
    ])
      expect(actions).toContain(action);
    const { late, open, letters } = await one<{ late: number; open: number; letters: number }>(
      `select avg(overdue::int)::float as late, count(*) filter (where ended_at is null)::int as open, count(*) filter (where procedure_id = 'letter' and confidential)::int as letters from cases`,
    );
    expect(late).toBeGreaterThan(0.02);
    expect(late).toBeLessThan(0.1);
    expect(open).toBeGreaterThan(0);
    expect(letters).toBeGreaterThan(0);
  });
});

describe('COPY text', () => {
  it('escapes whatever words hold', async () => {
    expect(cell('a\tb\\c\nd\re')).toBe('a\\tb\\\\c\\nd\\re');
    expect(cell(Buffer.from([0, 255]))).toBe('\\\\x00ff');
    expect(cell(['a"b', 'c\\d'])).toBe('{"a\\\\"b","c\\\\\\\\d"}');
    expect([cell(null), cell(undefined), cell(true), cell(0)]).toEqual(['\\N', '\\N', 't', '0']);
  });
});
