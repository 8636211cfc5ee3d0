import { createHash } from 'node:crypto';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { Actor, CaseState, HeldPost, NewEvent } from '@tongxin/domain/case/schema.ts';
import { mediateBy } from '@tongxin/domain/dispute/consent/rules.ts';
import { daysOfMonth, firstStep, monthTree } from '@tongxin/domain/dispute/rules.ts';
import type { DisputeCounts, DisputeKind, DisputeReceipt, DisputeRelease, DisputeRow, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import { decide, fileCase, type Surroundings } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { type CountedArea, LEAST_PUBLISHED, release } from '@tongxin/domain/publish/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { wasWrittenMeanwhile } from '../../platform/errors/postgres.ts';
import { conflict, forbidden, invalid, Problem } from '../../platform/errors/problem.ts';
import { chain, firstHead } from '../../platform/record/chain.ts';
import { type Scope, type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { changedClocks, derivedColumns, type NewParty, partyPlace, refused, sendFiling } from '../case/index.ts';
import { foundFiling, sendBegin } from '../intake/index.ts';
import { type SideRow, sendSide } from './choosing/repo.ts';
import { type ConsentRow, sendConsent } from './consent/repo.ts';
import { partyIdOf } from './hold/service.ts';
import { presentCount, presentRelease, presentRow } from './present.ts';
import {
  countDisputes,
  findCountedAreas,
  findDisputes,
  findRelease,
  findReleases,
  insertRelease,
  type KnownArea,
  sendDispute,
} from './repo.ts';

const PROCEDURE = 'mediation';
const MOST_LISTED = 300;
const MOST_MONTHS = 120;

const postWith = ({ posts }: Actor, capability: string): HeldPost => posts.find(({ capabilities }) => capabilities.includes(capability))!;

const codesOf = (deps: Deps, { id, parties }: NewDispute): string[] =>
  parties.map((_, index) => deps.crypto.receiptCode(id, partyIdOf(id, index)));

const partiesOf = (deps: Deps, { id, parties }: NewDispute): NewParty[] =>
  parties.map(({ name, phone }, index): NewParty => {
    const partyId = partyIdOf(id, index);
    return {
      partyId,
      role: 'party',
      protected: false,
      nameSealed: deps.crypto.seal(name, partyPlace(id, partyId, 'name')),
      ...(phone
        ? { phoneSealed: deps.crypto.seal(phone, partyPlace(id, partyId, 'phone')), phoneIndex: deps.crypto.blindIndex('phone', phone) }
        : {}),
      receiptHash: deps.crypto.receiptHash(deps.crypto.receiptCode(id, partyId)),
    };
  });

/** The sides as blind indexes, for questions of conflict. */
const sidesOf = (deps: Deps, { id, parties }: NewDispute): SideRow[] =>
  parties.map(({ name, phone }, index) => ({
    party_id: partyIdOf(id, index),
    name_index: deps.crypto.blindIndex('name', name),
    phone_index: phone ? deps.crypto.blindIndex('phone', phone) : null,
  }));

const assertFit = (dispute: NewDispute): void => {
  const { facts, parties } = dispute;
  if (facts.trim() === '') throw invalid('fieldMissing', { field: 'facts' });
  if (parties.some(({ name }) => name.trim() === '')) throw invalid('fieldMissing', { field: 'parties' });
  if (parties.some(({ phone }) => phone && !canBeDialled(phone))) throw invalid('badPhone');
  for (const field of ['mediatedOn', 'performBy'] as const)
    if (dispute[field] !== undefined && !isDate(dispute[field])) throw invalid('fieldUnfit', { field, why: 'notDate' });
};

interface Registered {
  readonly receipt: DisputeReceipt;
  readonly repeated: boolean;
}

/**
 * Opens a confided case for a quarrel and takes its first step, in one transaction. The same id, writer and body give the same answer; anything
 * else under a known id is refused without revealing anything.
 */
export const registerDispute = (deps: Deps, who: Who, dispute: NewDispute): Promise<Registered> => {
  assertFit(dispute);
  const register = (): Promise<Registered> =>
    withScope(
      deps.pools.app,
      who,
      (scope) => registerInScope(deps, scope, dispute),
      (client) => [sendBegin(client, dispute.id)],
    );
  return register().catch((error: unknown) => {
    if (wasWrittenMeanwhile(error)) return register();
    throw error;
  });
};

/** Where all sides are asked: who said yes on the spot, each on the record; when all did, a mediator may be chosen. */
const agreedAtOnce = (
  deps: Deps,
  procedure: Procedure,
  asked: CaseState,
  { id, outcome, parties, mediatedOn }: NewDispute,
  actor: Actor,
  around: Surroundings,
): { readonly state: CaseState; readonly events: readonly NewEvent[]; readonly consents: readonly ConsentRow[] } => {
  const yes = outcome === 'asks' ? parties.flatMap(({ agrees }, index) => (agrees ? [index] : [])) : [];
  let state = asked;
  const events: NewEvent[] = [];
  for (const index of yes) {
    const isLast = yes.length === parties.length && index === yes.at(-1);
    const input: Record<string, string> = isLast ? { until: mediateBy('ordinary', { consentOn: mediatedOn }, deps.calendar()) } : {};
    const decided = decide(procedure, state, { action: isLast ? 'lastConsent' : 'consent', input, files: [] }, actor, around);
    if (!decided.ok) throw refused(decided);
    events.push(...decided.events);
    state = decided.state;
  }
  const consents = yes.map((index): ConsentRow => {
    const partyId = partyIdOf(id, index);
    return { consent_id: partyId, party_id: partyId, answer: 'agreed', how: 'oral', said_on: mediatedOn };
  });
  return { state, events, consents };
};

const registerInScope = async (deps: Deps, scope: Scope, dispute: NewDispute): Promise<Registered> => {
  const { id, kind, origin, areaId, mediatedOn, parties } = dispute;
  const digest = createHash('sha256').update(canonical(dispute)).digest();
  const found = foundFiling(scope.first);
  const queryCodes = codesOf(deps, dispute);
  if (found) {
    if (found.submitterId !== scope.actor.personId || found.digest !== digest.toString('hex')) throw conflict('idTaken');
    return { receipt: { id, number: found.number, queryCodes }, repeated: true };
  }
  const place = deps.places.ofArea(areaId);
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  const now = deps.clock.now().toISOString();
  const first = firstStep(dispute, instantToLocalDate(now));
  if (!first.ok) throw invalid(first.code, first.field ? { field: first.field } : {});
  const areaIds = pathOf(place);
  const procedure = deps.procedures.latest(PROCEDURE, { areaIds: areaIds.toReversed(), day: instantToLocalDate(now) });
  if (!procedure) throw new Problem(503, 'procedureNotPublished', { procedure: PROCEDURE });
  const post = postWith(scope.actor, 'mediation.record');
  const around = { now, calendar: deps.calendar() };
  const opened = fileCase(
    procedure,
    {
      caseId: id,
      facts: { reporterReachable: true },
      areaIds,
      receivingOrganizationId: post.organizationId,
      reporterIds: [],
      codes: { kind, origin, mediatedOn },
      content: {
        text: dispute.facts,
        ...(dispute.place ? { address: dispute.place } : {}),
        ...(dispute.together ? { together: dispute.together } : {}),
      },
    },
    { kind: 'person', personId: scope.actor.personId!, postId: post.postId, organizationId: post.organizationId },
    around,
  );
  const stepped = decide(procedure, opened.state, { ...first.step, files: [], postId: post.postId }, scope.actor, around);
  if (!stepped.ok) throw refused(stepped);
  const agreed = agreedAtOnce(deps, procedure, stepped.state, dispute, scope.actor, around);
  const events = [opened.event, ...stepped.events, ...agreed.events];
  const chained = chain(deps.crypto, id, firstHead, events, now);
  const { state } = agreed;
  const results = await scope.commitWith((client) => [
    sendFiling(client, {
      row: {
        ...derivedColumns(procedure, state, chained.at(-1)!, caseLight(procedure, state, now), null),
        case_id: id,
        procedure_id: procedure.id,
        procedure_version: procedure.version,
        number: procedure.numberPrefix,
        source_system: null,
        source_number: null,
        source_department: null,
        channel: 'window',
        demand_kind: null,
        title: null,
        confidential: true,
        reporter_protected: false,
        call_back_wanted: false,
        // Nothing by which an area or a map would list it.
        city_id: null,
        district_id: null,
        town_id: null,
        community_id: null,
        grid_id: null,
        overlay_ids: [],
        lon: null,
        lat: null,
        imported: false,
        submitter_id: scope.actor.personId!,
        payload_digest: digest,
        reported_at: now,
        created_at: now,
      },
      year: Number(now.slice(0, 4)),
      events: chained,
      procedure,
      clocks: changedClocks(events),
      calendar: deps.calendar(),
      parties: partiesOf(deps, dispute),
      now,
    }),
    sendDispute(client, {
      case_id: id,
      organization_id: post.organizationId,
      kind,
      origin,
      area_id: areaId,
      parties: parties.length,
      mediated_on: mediatedOn,
      registered_at: now,
    }),
    ...sidesOf(deps, dispute).map((row) => sendSide(client, id, row)),
    ...agreed.consents.map((row) => sendConsent(client, id, row, now)),
  ]);
  return { receipt: { id, number: results[0]!.rows[0].number, queryCodes }, repeated: false };
};

/** Disputes the caller has in hand, and those of a committee the caller heads. */
export const disputes = (deps: Deps, who: Who): Promise<DisputeRow[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const headed = actor.posts
      .filter(({ capabilities }) => capabilities.includes('case.confided'))
      .map(({ organizationId }) => organizationId);
    return (await findDisputes(tx, [actor.personId!, ...headed], MOST_LISTED)).map((row) => presentRow(deps, row, actor.personId));
  });

/** Exact figures of a month below the area the caller counts for. */
export const countsOf = (deps: Deps, who: Who, month: string): Promise<DisputeCounts> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const { from, to } = daysOfMonth(month);
    const rows = await countDisputes(tx, postWith(actor, 'mediation.count').areaId, from, to);
    const released = await findRelease(tx, from);
    return {
      month,
      counts: rows.map((row) => presentCount(deps, row)),
      ...(released ? { releasedAt: released.released_at.toISOString() } : {}),
    };
  });

/** Areas as the tree that figures are told of; undefined where there are none yet. */
export const countedAreas = async (tx: Tx): Promise<CountedArea | undefined> => {
  const areas = await findCountedAreas(tx);
  const root = areas.find(({ parent_id }) => parent_id === null);
  return root && treeOf(areas, root);
};

const treeOf = (areas: readonly KnownArea[], { area_id }: KnownArea): CountedArea => ({
  id: area_id,
  below: areas.filter(({ parent_id }) => parent_id === area_id).map((area) => treeOf(areas, area)),
});

/**
 * Releases a month that is over, once: asked again it answers what was released, also where more was written down since, for the difference would
 * tell. Only over the whole installation: a town's own release beside it would tell too.
 */
export const releaseMonth = (deps: Deps, who: Who, month: string): Promise<DisputeRelease> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const { from, to } = daysOfMonth(month);
    const now = deps.clock.now().toISOString();
    const root = await countedAreas(tx);
    if (!root || !actor.posts.some(({ capabilities, areaId }) => capabilities.includes('mediation.count') && areaId === root.id))
      throw forbidden('beyondYourArea');
    if (to > instantToLocalDate(now)) throw conflict('monthNotOver', { month });
    if (!(await findRelease(tx, from))) {
      const groups = (await countDisputes(tx, root.id, from, to)).map(({ path, kind, cases }) => ({
        path,
        kind: kind as DisputeKind,
        cases,
      }));
      await insertRelease(tx, from, LEAST_PUBLISHED, release(monthTree(root, groups)), now);
    }
    return presentRelease(deps, (await findRelease(tx, from))!);
  });

/** What was released, for everybody. */
export const releases = (deps: Deps, who: Who): Promise<DisputeRelease[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findReleases(tx, MOST_MONTHS)).map((row) => presentRelease(deps, row)));
