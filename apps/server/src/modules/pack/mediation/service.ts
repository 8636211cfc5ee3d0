import { createHash } from 'node:crypto';
import type { PackMediation } from '@tongxin/domain/pack/schema.ts';
import type pg from 'pg';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { mediatorPlace } from '../../dispute/index.ts';
import { namePlace } from '../../hearing/index.ts';
import { itemPlace } from '../../screening/index.ts';
import { mergeRows } from '../repo.ts';

const digestOf = (id: string): Buffer => createHash('sha256').update(id).digest();

type Parts = Pick<Deps, 'crypto'> & { readonly pools: { readonly maintenance: pg.Pool }; readonly clock: Clock };

/** Loads what a pack has for settling disputes, if anything; names and telephones are sealed like real ones. Answers how many rows were new. */
export const loadMediation = async (parts: Parts, mediation: PackMediation | undefined): Promise<number> =>
  mediation ? loadRows(parts, mediation) : 0;

const loadRows = (
  { pools, crypto, clock }: Parts,
  { mediators, centres, panellists, screeningUnits, screeningReports, hours, aidStandards }: PackMediation,
): Promise<number> =>
  withTransaction(pools.maintenance, async (_tx, client) => {
    const now = clock.now().toISOString();
    const added = [
      await mergeRows(
        client,
        'mediator',
        [
          'mediator_id',
          'organization_id',
          'person_id',
          'name_sealed',
          'name_index',
          'phone_sealed',
          'phone_index',
          'home_area_id',
          'kinds',
          'languages',
          'filing_number',
          'court',
          'court_from',
          'court_to',
          'available',
        ],
        mediators.map((m) => [
          m.mediatorId,
          m.organizationId,
          m.personId,
          crypto.seal(m.name, mediatorPlace(m.mediatorId, 'name')),
          crypto.blindIndex('name', m.name),
          crypto.seal(m.phone, mediatorPlace(m.mediatorId, 'phone')),
          crypto.blindIndex('phone', m.phone),
          m.homeAreaId,
          m.kinds,
          m.languages,
          m.filingNumber,
          m.court?.name,
          m.court?.from,
          m.court?.to,
          m.available,
        ]),
      ),
      await mergeRows(
        client,
        'dispute_centre',
        ['organization_id', 'address', 'telephone', 'hours', 'kinds'],
        centres.map((c) => [c.organizationId, c.address, c.telephone, c.hours, c.kinds]),
      ),
      await mergeRows(
        client,
        'dispute_room',
        ['room_id', 'organization_id', 'name'],
        centres.flatMap(({ organizationId, rooms }) => rooms.map(({ roomId, name }) => [roomId, organizationId, name])),
      ),
      await mergeRows(
        client,
        'panellist',
        ['panellist_id', 'area_id', 'name_sealed', 'field', 'organization_id', 'since'],
        panellists.map((p) => [p.panellistId, p.areaId, crypto.seal(p.name, namePlace(p.panellistId)), p.field, p.organizationId, p.since]),
      ),
      await mergeRows(
        client,
        'screening_unit',
        ['organization_id', 'since', 'due_day'],
        screeningUnits.map((u) => [u.organizationId, `${u.since}-01`, u.dueDay]),
      ),
      await mergeRows(
        client,
        'screening_report',
        ['report_id', 'organization_id', 'month', 'version', 'items', 'digest', 'due_on', 'reported_at'],
        screeningReports.map((r) => [
          r.reportId,
          r.organizationId,
          `${r.month}-01`,
          1,
          r.items.length,
          digestOf(r.reportId),
          r.dueOn,
          r.reportedAt,
        ]),
      ),
      await mergeRows(
        client,
        'screening_item',
        ['report_id', 'item_no', 'kind', 'area_id', 'degree', 'step', 'place_sealed', 'matter_sealed'],
        screeningReports.flatMap(({ reportId, items }) =>
          items.map((item, i) => [
            reportId,
            i + 1,
            item.kind,
            item.areaId,
            item.degree,
            item.step,
            crypto.seal(item.place, itemPlace(reportId, i + 1, 'place')),
            crypto.seal(item.matter, itemPlace(reportId, i + 1, 'matter')),
          ]),
        ),
      ),
      await mergeRows(
        client,
        'reception_session',
        [
          'session_id',
          'kind',
          'way',
          'organization_id',
          'post_id',
          'place',
          'starts_at',
          'ends_at',
          'minutes',
          'slots',
          'digest',
          'published_by',
          'published_at',
        ],
        hours.map((h) => [
          h.sessionId,
          'legal',
          h.way,
          h.organizationId,
          h.postId,
          h.place,
          h.startsAt,
          h.endsAt,
          h.minutes,
          h.slots,
          digestOf(h.sessionId),
          h.personId,
          now,
        ]),
      ),
      await mergeRows(
        client,
        'aid_standard',
        ['standard_id', 'area_id', 'monthly_income', 'source', 'valid_from', 'set_by', 'set_at'],
        aidStandards.map((a) => [a.standardId, a.areaId, a.monthlyIncome, a.source, a.from, a.setBy, now]),
      ),
    ];
    return added.reduce((sum, n) => sum + n, 0);
  });
