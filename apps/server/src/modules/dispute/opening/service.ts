import { createHash } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { CaseState, EventActor, NewEvent } from '@tongxin/domain/case/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { canBeDialled, getsMessages } from '@tongxin/domain/person/rules.ts';
import { fileCase, type Surroundings } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { wasWrittenMeanwhile } from '../../../platform/errors/postgres.ts';
import { conflict, invalid, Problem } from '../../../platform/errors/problem.ts';
import { chain, firstHead } from '../../../platform/record/chain.ts';
import { type Scope, type Sending, type Who, withScope } from '../../../platform/tx/tx.ts';
import { changedClocks, derivedColumns, filedRow, findCase, type NewParty, partyIdOf, partyPlace, sendFiling } from '../../case/index.ts';
import { foundFiling, sendBegin } from '../../intake/index.ts';
import { sendSide } from '../choosing/repo.ts';
import { sendDispute } from '../repo.ts';

const PROCEDURE = 'mediation';

interface Told {
  readonly name: string;
  readonly phone?: string | undefined;
  /** Signed in: the matter stands with their own. */
  readonly personId?: string | undefined;
}

/** What every door knows of a quarrel. */
export interface Quarrel {
  readonly id: string;
  readonly kind: DisputeKind;
  readonly origin: 'applied' | 'offered' | 'referred';
  readonly areaId: string;
  readonly place?: string | undefined;
  readonly facts: string;
  readonly together?: string | undefined;
  readonly mediatedOn: string;
  readonly parties: readonly Told[];
}

/** How a door opens a case for it. */
export interface Opening {
  /** All that was asked, apart from by which post: the same id, writer and body give the same answer. */
  readonly body: unknown;
  readonly quarrel: Quarrel;
  readonly channel: string;
  readonly actor: EventActor;
  /** The committee; without it the nearest one of the place. */
  readonly organizationId?: string | undefined;
  /** First steps, on the opened case. */
  readonly steps?: (
    procedure: Procedure,
    state: CaseState,
    around: Surroundings,
  ) => { readonly state: CaseState; readonly events: readonly NewEvent[] };
  /** Rows that go along. */
  readonly along?: Sending;
}

export interface Opened {
  readonly id: string;
  readonly number: string;
  /** The sides' own codes, in their order. */
  readonly queryCodes: string[];
  readonly repeated: boolean;
}

/** Words that cannot be kept or called. */
export const assertTold = ({ facts, parties }: Pick<Quarrel, 'facts' | 'parties'>): void => {
  if (facts.trim() === '') throw invalid('fieldMissing', { field: 'facts' });
  if (parties.some(({ name }) => name.trim() === '')) throw invalid('fieldMissing', { field: 'parties' });
  if (parties.some(({ phone }) => phone && !canBeDialled(phone))) throw invalid('badPhone');
};

/** Begins a filing under an id, and once more where two sent the same at once. */
export const withNewDispute = (deps: Deps, who: Who, id: string, work: (scope: Scope) => Promise<Opened>): Promise<Opened> => {
  const open = (): Promise<Opened> => withScope(deps.pools.app, who, work, (client) => [sendBegin(client, id)]);
  return open().catch((error: unknown) => {
    // Within a transaction of several steps nothing more can be done: whoever began it begins again.
    if (!who.within && wasWrittenMeanwhile(error)) return open();
    throw error;
  });
};

const digestOf = (body: unknown): Buffer => createHash('sha256').update(canonical(body)).digest();

const codesOf = (deps: Deps, id: string, parties: readonly unknown[]): string[] =>
  parties.map((_, index) => deps.crypto.receiptCode(id, partyIdOf(id, index)));

const partiesOf = (deps: Deps, { id, parties }: Quarrel): NewParty[] =>
  parties.map(({ name, phone, personId }, index): NewParty => {
    const partyId = partyIdOf(id, index);
    return {
      partyId,
      role: 'party',
      ...(personId ? { personId } : {}),
      protected: false,
      nameSealed: deps.crypto.seal(name, partyPlace(id, partyId, 'name')),
      ...(phone
        ? { phoneSealed: deps.crypto.seal(phone, partyPlace(id, partyId, 'phone')), phoneIndex: deps.crypto.blindIndex('phone', phone) }
        : {}),
      receiptHash: deps.crypto.receiptHash(deps.crypto.receiptCode(id, partyId)),
    };
  });

/** What the same opening was answered before; undefined where the id is new. Anything else under a known id is refused without revealing anything. */
export const openedBefore = async (
  deps: Deps,
  scope: Scope,
  { body, quarrel: { id, parties }, channel }: Pick<Opening, 'body' | 'quarrel' | 'channel'>,
): Promise<Opened | undefined> => {
  const found = foundFiling(scope.first);
  if (!found) return undefined;
  if (found.submitterId !== scope.actor.personId || found.digest !== digestOf(body).toString('hex')) throw conflict('idTaken');
  // Codes speak for the sides: whoever of the staff does not see the dispute any more is not given them anew.
  const isGiven = channel === 'portal' || scope.personKind !== 'staff' || (await findCase(scope.tx, id)) !== undefined;
  return { id, number: found.number, queryCodes: isGiven ? codesOf(deps, id, parties) : [], repeated: true };
};

/** A confided case for a quarrel, in one transaction. */
export const openDispute = async (deps: Deps, scope: Scope, opening: Opening): Promise<Opened> => {
  const before = await openedBefore(deps, scope, opening);
  if (before) return before;
  const { body, quarrel, channel, actor, organizationId, steps, along } = opening;
  const { id, kind, origin, areaId, mediatedOn, parties } = quarrel;
  const place = deps.places.ofArea(areaId);
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  const now = deps.clock.now().toISOString();
  const areaIds = pathOf(place);
  const procedure = deps.procedures.latest(PROCEDURE, { areaIds: areaIds.toReversed(), day: instantToLocalDate(now) });
  if (!procedure) throw new Problem(503, 'procedureNotPublished', { procedure: PROCEDURE });
  const receivingOrganizationId = organizationId ?? deps.directory.offices('mediation.record', place)[0];
  if (!receivingOrganizationId) throw invalid('noCommittee', { field: 'areaId' });
  const around = { now, calendar: deps.calendar() };
  const opened = fileCase(
    procedure,
    {
      caseId: id,
      facts: { reporterReachable: true },
      areaIds,
      receivingOrganizationId,
      reporterIds: [],
      codes: { kind, origin, mediatedOn },
      content: {
        text: quarrel.facts,
        ...(quarrel.place ? { address: quarrel.place } : {}),
        ...(quarrel.together ? { together: quarrel.together } : {}),
      },
    },
    actor,
    around,
  );
  const stepped = steps?.(procedure, opened.state, around) ?? { state: opened.state, events: [] };
  const { state } = stepped;
  const events = [opened.event, ...stepped.events];
  const chained = chain(deps.crypto, id, firstHead, events, now);
  const results = await scope.commitWith((client) => [
    sendFiling(client, {
      // Nothing by which an area or a map would list it.
      row: filedRow(procedure, state, derivedColumns(procedure, state, chained.at(-1)!, caseLight(procedure, state, now), null), {
        channel,
        submitter_id: scope.actor.personId!,
        payload_digest: digestOf(body),
        created_at: now,
      }),
      year: Number(now.slice(0, 4)),
      events: chained,
      procedure,
      clocks: changedClocks(events),
      calendar: deps.calendar(),
      parties: partiesOf(deps, quarrel),
      now,
    }),
    sendDispute(client, {
      case_id: id,
      organization_id: receivingOrganizationId,
      kind,
      origin,
      area_id: areaId,
      parties: parties.length,
      mediated_on: mediatedOn,
      registered_at: now,
    }),
    ...parties.map(({ name, phone }, index) =>
      sendSide(client, id, {
        party_id: partyIdOf(id, index),
        name_index: deps.crypto.blindIndex('name', name),
        phone_index: phone ? deps.crypto.blindIndex('phone', phone) : null,
        phone_gets_messages: phone ? getsMessages(phone) : null,
      }),
    ),
    ...(along?.(client) ?? []),
  ]);
  return { id, number: results[0]!.rows[0].number, queryCodes: codesOf(deps, id, parties), repeated: false };
};
