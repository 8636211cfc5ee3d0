import { createHash } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { Actor, EventActor, HeldPost, Point } from '@tongxin/domain/case/schema.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { maskedTitle } from '@tongxin/domain/mask/rules.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import { type Filing, fileCase } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { postOf } from '../../platform/access-plugin/demand.ts';
import type { CategoryEntry, Deps, Place } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { wasWrittenMeanwhile } from '../../platform/errors/postgres.ts';
import { conflict, forbidden, invalid } from '../../platform/errors/problem.ts';
import { chain, firstHead } from '../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import {
  changedClocks,
  checkRespondent,
  derivedColumns,
  filedRow,
  type NewParty,
  occurredAtOf,
  partyPlace,
  sendFiling,
  spotColumns,
} from '../case/index.ts';
import { findFacility } from '../facility/index.ts';
import { sendWish } from '../message/index.ts';
import { foundFiling, sendAttach, sendBegin } from './repo.ts';

const STAFF_CHANNELS = new Set(['hotline', 'window', 'letter', 'patrol', 'department', 'media']);

/** What was filed, apart from by which post: the same sent again from another post of the filer is the same still. */
const digestOf = ({ postId: _postId, ...told }: NewCase): Buffer => createHash('sha256').update(canonical(told)).digest();

/** The id of a party that a filing makes: derived from the case id, so that a repeated filing derives the same query code. */
const partyIdOf = (caseId: string, role: NewParty['role']): string => {
  const hex = createHash('sha256').update(`${role}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const reporterPartyId = (caseId: string): string => partyIdOf(caseId, 'reporter');

/** Query codes of a filing: of whoever tells, and of the one it is told for. */
const codesOf = (deps: Deps, { id, behalfOf }: NewCase): Pick<Receipt, 'queryCode' | 'behalfOfQueryCode'> => ({
  queryCode: deps.crypto.receiptCode(id, reporterPartyId(id)),
  ...(behalfOf ? { behalfOfQueryCode: deps.crypto.receiptCode(id, partyIdOf(id, 'behalfOf')) } : {}),
});

const files = (post: HeldPost): boolean => post.capabilities.includes('case.file');

/** The posts by which somebody files: the one named alone, which must be theirs now and file (else 403), or whatever they hold. */
const filingPosts = (actor: Actor, postId: string | undefined): readonly HeldPost[] => {
  if (postId === undefined) return actor.posts;
  const named = postOf(actor, postId)!;
  if (!files(named)) throw forbidden('missingCapability', { capability: 'case.file' });
  return [named];
};

const eventActorOf = (actor: Actor, posts: readonly HeldPost[]): EventActor => {
  const post = posts.find(files);
  return {
    kind: actor.kind,
    ...(actor.personId ? { personId: actor.personId } : {}),
    ...(post ? { postId: post.postId, organizationId: post.organizationId } : {}),
  };
};

const sealedParty = (
  deps: Deps,
  caseId: string,
  party: Pick<NewParty, 'role' | 'personId' | 'protected'>,
  { name, phone }: { readonly name?: string; readonly phone?: string },
): NewParty => {
  const partyId = partyIdOf(caseId, party.role);
  const seal = (field: 'name' | 'phone', words: string | undefined) =>
    words ? deps.crypto.seal(words, partyPlace(caseId, partyId, field)) : undefined;
  return {
    ...party,
    partyId,
    nameSealed: seal('name', name),
    phoneSealed: seal('phone', phone),
    ...(phone ? { phoneIndex: deps.crypto.blindIndex('phone', phone) } : {}),
    receiptHash: deps.crypto.receiptHash(deps.crypto.receiptCode(caseId, partyId)),
  };
};

/** Whoever tells, and the one it is told for. Who wants to stay unknown to the other side wants it for both. */
const partiesOf = (deps: Deps, { id, reporter, behalfOf }: NewCase, actor: Actor): NewParty[] => {
  const resident = actor.kind === 'person' && actor.posts.length === 0 ? actor.personId : undefined;
  const isProtected = reporter?.protected ?? false;
  return [
    sealedParty(deps, id, { role: 'reporter', protected: isProtected, ...(resident ? { personId: resident } : {}) }, reporter ?? {}),
    ...(behalfOf ? [sealedParty(deps, id, { role: 'behalfOf', protected: isProtected }, behalfOf)] : []),
  ];
};

interface Spot {
  readonly place: Place;
  readonly point?: Point;
}

/**
 * Where the case stands: by the point that was given, else where the facility stands, else by the area that was chosen, as deep as it goes;
 * else nowhere yet. What is named must exist, also where something nearer decides.
 */
const spotOf = async (deps: Deps, scope: Scope, body: NewCase): Promise<Spot> => {
  const chosen = body.areaId ? deps.places.ofArea(body.areaId) : undefined;
  if (body.areaId && !chosen) throw invalid('unknownArea', { field: 'areaId' });
  const facility = body.facilityId ? await findFacility(scope.tx, body.facilityId) : undefined;
  if (body.facilityId && !facility) throw invalid('unknownFacility', { field: 'facilityId' });
  if (body.point) return { place: deps.places.resolve(body.point), point: body.point };
  if (!facility) return { place: chosen ?? { overlayIds: [] } };
  const { lon, lat, area_id } = facility;
  const found = deps.places.resolve({ lon, lat });
  // A facility in a gap between boundaries still stands in the area its register names.
  return { place: found.cityId ? found : (deps.places.ofArea(area_id) ?? found), point: { lon, lat } };
};

/** A retired category means the one that took its place: a draft may be older than the change. */
const categoryInForce = (deps: Deps, categoryId: string | undefined): CategoryEntry | undefined => {
  let found = categoryId ? deps.directory.category(categoryId) : undefined;
  for (let steps = 0; found?.isRetired && found.successorId && steps < 5; steps++) found = deps.directory.category(found.successorId);
  if (found?.isRetired) throw invalid('categoryRetired', { field: 'categoryId' });
  return found;
};

const filingOf = (deps: Deps, procedure: Procedure, body: NewCase, actor: Actor, place: Place, channel: string): Filing => {
  const category = categoryInForce(deps, body.categoryId);
  if (body.categoryId && !category) throw invalid('unknownCategory', { field: 'categoryId' });
  if (body.respondentOrganizationId) checkRespondent(deps, body.respondentOrganizationId, 'respondentOrganizationId');
  // Whoever names an office is heard by that one, where it takes such matters for the place.
  if (body.officeId && !deps.directory.offices(procedure.receivedBy, place).includes(body.officeId))
    throw invalid('officeUnfit', { field: 'officeId' });
  const receiving = body.officeId ?? deps.directory.receiving(procedure.receivedBy, channel, place);
  const resident = actor.kind === 'person' && actor.posts.length === 0 && actor.personId ? [actor.personId] : [];
  return {
    caseId: body.id,
    facts: {
      reporterReachable: Boolean(body.reporter?.phone || body.behalfOf?.phone) || resident.length > 0,
      callBackWanted: body.reporter?.callBackWanted ?? true,
      reporterProtected: body.reporter?.protected ?? false,
      ...(body.demandKind ? { demandKind: body.demandKind } : {}),
      channel,
    },
    areaIds: [place.cityId, place.districtId, place.townId, place.communityId, place.gridId, ...place.overlayIds].filter(
      (id) => id !== undefined,
    ),
    ...(receiving ? { receivingOrganizationId: receiving } : {}),
    ...(body.respondentOrganizationId ? { respondentOrganizationId: body.respondentOrganizationId } : {}),
    ...(category ? { categoryId: category.categoryId, categoryVersion: category.version } : {}),
    reporterIds: resident,
    ...(body.occurredAt !== undefined ? { occurredAt: occurredAtOf(deps, body.occurredAt) } : {}),
    codes: {
      channel,
      ...(body.facilityId ? { facilityId: body.facilityId } : {}),
      ...(body.demandKind ? { demandKind: body.demandKind } : {}),
      ...(body.behalfOf ? { behalfOf: { by: body.behalfOf.by ?? 'other', consent: true } } : {}),
    },
    content: { text: body.text, ...(body.address ? { address: body.address } : {}) },
    ...(body.fileIds?.length ? { fileIds: body.fileIds } : {}),
  };
};

/** NUL and lone surrogates cannot be stored or shown; nobody can be called back on a number without digits. */
const assertStorable = (body: NewCase): void => {
  const people = [body.reporter, body.behalfOf].filter((one) => one !== undefined);
  for (const words of [body.text, body.address, ...people.flatMap(({ name, phone }) => [name, phone])])
    if (words !== undefined && (words.includes('\u0000') || !words.isWellFormed())) throw invalid('badCharacters');
  if (body.text.trim() === '') throw invalid('fieldMissing', { field: 'text' });
  if (people.some(({ phone }) => phone && !canBeDialled(phone))) throw invalid('badPhone');
  if (body.reporter?.notify && !body.reporter.phone) throw invalid('phoneNeeded');
};

/** The system a department's own case comes from, and its number there. */
export interface Source {
  readonly system: string;
  readonly number: string;
}

/** The version that holds where the case stands, today; of a case that stands nowhere yet, where the body is that receives it. */
const procedureFor = (deps: Deps, body: NewCase, place: Place, channel: string, now: string): Procedure => {
  const id = body.procedure ?? 'order';
  const standard = deps.procedures.latest(id);
  if (!standard) throw invalid('procedureNotPublished', { procedure: id });
  const path = pathOf(place);
  const receiving = path.length ? undefined : (body.officeId ?? deps.directory.receiving(standard.receivedBy, channel, place));
  const area = receiving ? deps.directory.organization(receiving)?.areaId : undefined;
  const around = area ? deps.places.ofArea(area) : undefined;
  const areaIds = (around ? pathOf(around) : path).reverse();
  return deps.procedures.latest(id, { areaIds, day: instantToLocalDate(now) }) ?? standard;
};

interface Filed {
  readonly receipt: Receipt;
  readonly repeated: boolean;
}

/**
 * Files a case: the same id, filer and body give the same receipt; another body under a known id is refused without revealing anything.
 * `language`: in which whoever tells is written to, where that is wanted. Two round trips: scope and id, then every row and COMMIT.
 */
export const fileNewCase = (deps: Deps, who: Who, body: NewCase, source?: Source, language: Language = 'zh'): Promise<Filed> => {
  assertStorable(body);
  const file = (): Promise<Filed> =>
    withScope(
      deps.pools.app,
      who,
      (scope) => fileInScope(deps, scope, body, source, language),
      (client) => [sendBegin(client, body.id)],
    );
  // The same filing sent twice at once: whoever lost the race asks again, and finds what the other wrote.
  return file().catch((error: unknown) => {
    if (wasWrittenMeanwhile(error)) return file();
    throw error;
  });
};

const fileInScope = async (deps: Deps, scope: Scope, body: NewCase, source: Source | undefined, language: Language): Promise<Filed> => {
  const digest = digestOf(body);
  const found = foundFiling(scope.first);
  const codes = codesOf(deps, body);
  if (found) {
    if (found.submitterId !== scope.actor.personId || found.digest !== digest.toString('hex')) throw conflict('idTaken');
    return { receipt: { id: body.id, number: found.number, ...codes, receivedAt: found.createdAt }, repeated: true };
  }
  const { actor } = scope;
  const posts = filingPosts(actor, body.postId);
  const staff = posts.some((post) => post.capabilities.includes('case.register'));
  const channel = source ? 'department' : (body.channel ?? (staff ? 'hotline' : 'portal'));
  if (STAFF_CHANNELS.has(channel) && !staff && !source) throw forbidden('channelForStaff', { channel });
  // What comes by the open interface is told to everybody, coarsely: nobody else may put a case there.
  if (channel === 'open311' && !actor.posts.some(({ role }) => role === 'open311Service')) throw forbidden('channelForStaff', { channel });
  const { place, point } = await spotOf(deps, scope, body);
  const now = deps.clock.now().toISOString();
  const procedure = procedureFor(deps, body, place, channel, now);
  // What is confided comes by its own door: this one makes a case that stands in columns of areas and bodies.
  if (procedure.confided || procedure.ownDoor) throw invalid('procedureNotPublished', { procedure: procedure.id });
  const filing = filingOf(deps, procedure, body, actor, place, channel);
  const limit = filing.categoryId ? deps.directory.category(filing.categoryId)?.limit : undefined;
  const { event, state } = fileCase(procedure, filing, eventActorOf(actor, posts), {
    now,
    calendar: deps.calendar(),
    ...(limit ? { categoryLimit: limit } : {}),
  });
  const [chained] = chain(deps.crypto, body.id, firstHead, [event], now);
  const row = filedRow(procedure, state, derivedColumns(procedure, state, chained!, caseLight(procedure, state, now), null), {
    source_system: source?.system ?? null,
    source_number: source?.number ?? null,
    channel,
    demand_kind: body.demandKind ?? null,
    title: maskedTitle(body.text),
    reporter_protected: body.reporter?.protected ?? false,
    call_back_wanted: body.reporter?.callBackWanted ?? true,
    ...spotColumns(place, point),
    submitter_id: actor.personId!,
    payload_digest: digest,
    created_at: now,
  });
  const results = await scope.commitWith((client) => [
    sendFiling(client, {
      row,
      year: Number(now.slice(0, 4)),
      events: [chained!],
      procedure,
      clocks: changedClocks([event]),
      calendar: deps.calendar(),
      parties: partiesOf(deps, body, actor),
      now,
    }),
    ...(body.fileIds?.length ? [sendAttach(client, body.id, body.fileIds)] : []),
    ...(body.reporter?.notify ? [sendWish(client, { caseId: body.id, partyId: reporterPartyId(body.id) }, language, now)] : []),
  ]);
  return { receipt: { id: body.id, number: results[0]!.rows[0].number, ...codes, receivedAt: now }, repeated: false };
};
