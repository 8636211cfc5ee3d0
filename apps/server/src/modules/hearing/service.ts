import { createHash, randomBytes } from 'node:crypto';
import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { HeldPost, NewEvent } from '@tongxin/domain/case/schema.ts';
import { commitmentOf, frozen, orderOf, panelOf } from '@tongxin/domain/hearing/lot/rules.ts';
import { hearingFault, mayDraw, mostReplaced, numberOf } from '@tongxin/domain/hearing/rules.ts';
import type {
  DeskHearing,
  HearingReceipt,
  NewHearing,
  NewHearingPublication,
  NewMinutes,
  NewOpinion,
  Panellist,
  PanellistChange,
  PublicHearing,
  Reason,
} from '@tongxin/domain/hearing/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import { decide, evolve, fileCase } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { wasWrittenMeanwhile } from '../../platform/errors/postgres.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { chain, firstHead } from '../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, areaPath, managingPost } from '../administration/index.ts';
import {
  actInScope,
  appendAndCommit,
  changedClocks,
  derivedColumns,
  filedRow,
  findCase,
  type NewParty,
  partyPlace,
  refused,
  sendFiling,
  spotColumns,
} from '../case/index.ts';
import { foundFiling, sendBegin } from '../intake/index.ts';
import { namePlace, presentOwn, presentPanellist, presentPublic, seedPlace } from './present.ts';
import {
  findCalledOff,
  findOfBodies,
  findOnCase,
  findOpen,
  findPanellists,
  findServing,
  type HeldHearing,
  holdHearing,
  type PanellistRow,
  putPanellist,
  sendHearing,
  setCalledOff,
  setLot,
  setPanel,
  setPublication,
  setVotes,
} from './repo.ts';

const PROCEDURE = 'hearing';
const MOST = 200;
const nowOf = (deps: Deps): string => deps.clock.now().toISOString();

const convening = ({ actor }: Scope): HeldPost[] => actor.posts.filter(({ capabilities }) => capabilities.includes('hearing.convene'));

const storable = (...words: readonly string[]): void => {
  for (const one of words) {
    if (one.includes('\u0000') || !one.isWellFormed()) throw invalid('badCharacters');
    if (one.trim() === '') throw invalid('wordsMissing');
  }
};
const unnamed = (...words: readonly string[]): void => {
  if (words.some((one) => maskWords(one) !== one)) throw invalid('personInWords');
};

/** The roster as the caller keeps it, or may draw from it. */
export const roster = (deps: Deps, who: Who): Promise<Panellist[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findPanellists(tx)).map((row) => presentPanellist(deps, row)));

/**
 * Puts somebody who agreed to serve on the roster of an area, or changes the days of the line; logged like other reference data, by the number and
 * without the name. A number stays with its person, or who sits could be changed after the draw: whoever is another gets another line.
 */
export const changePanellist = (deps: Deps, who: Who, id: string, change: PanellistChange): Promise<Changed> => {
  const { commandId, ...body } = change;
  return administer(deps, who, { commandId, kind: 'panellist', subjectId: id, body }, async ({ tx, actor }) => {
    const { areaId, name, field, organizationId, since, until } = body;
    storable(name);
    if (!isDate(since) || (until !== undefined && !isDate(until))) throw invalid('fieldUnfit', { field: 'since', why: 'notDate' });
    if (until !== undefined && until <= since) throw invalid('endsBeforeItBegins');
    const path = await areaPath(tx, areaId);
    if (!path) throw invalid('unknownArea', { field: 'areaId' });
    const post = managingPost(actor, 'hearing.roster', path);
    if (organizationId && !deps.directory.organization(organizationId)) throw invalid('unknownOrganization');
    const known = (await findPanellists(tx)).find((row) => row.panellist_id === id);
    if (known) {
      managingPost(actor, 'hearing.roster', (await areaPath(tx, known.area_id)) ?? []);
      const { name: standing } = presentPanellist(deps, known);
      if (
        standing !== name.trim() ||
        known.field !== field ||
        known.area_id !== areaId ||
        known.organization_id !== (organizationId ?? null)
      )
        throw conflict('panellistFixed');
    }
    const no = await putPanellist(tx, {
      panellist_id: id,
      area_id: areaId,
      name_sealed: deps.crypto.seal(name.trim(), namePlace(id)),
      field,
      organization_id: organizationId,
      since,
      until,
    });
    const said = (from: string, to: string | null | undefined) => ({ no: numberOf(no), from, ...(to ? { to } : {}) });
    return {
      what: known ? 'changed' : 'made',
      post,
      areaId,
      ...(known ? { before: said(known.since, known.until) } : {}),
      after: said(since, until),
    };
  });
};

const partyIdOf = (caseId: string, index: number): string => {
  const hex = createHash('sha256').update(`hearing-party${index}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const partiesOf = (deps: Deps, { id, parties }: NewHearing): NewParty[] =>
  parties.map(({ name, phone }, index): NewParty => {
    const partyId = partyIdOf(id, index);
    return {
      partyId,
      role: 'party',
      protected: false,
      nameSealed: deps.crypto.seal(name.trim(), partyPlace(id, partyId, 'name')),
      ...(phone
        ? { phoneSealed: deps.crypto.seal(phone, partyPlace(id, partyId, 'phone')), phoneIndex: deps.crypto.blindIndex('phone', phone) }
        : {}),
      receiptHash: deps.crypto.receiptHash(deps.crypto.receiptCode(id, partyId)),
    };
  });

/** Everybody who serves and is not excluded, as the list is frozen; the body's own people and those of bodies in the case are out by themselves. */
const listOf = (
  serving: readonly PanellistRow[],
  asked: readonly { readonly no: string; readonly reason: Reason }[],
  bodies: ReadonlySet<string>,
): { readonly candidates: readonly string[]; readonly excluded: readonly { readonly no: string; readonly reason: Reason }[] } => {
  const numbers = new Set(serving.map(({ no }) => numberOf(no)));
  const stranger = asked.find(({ no }) => !numbers.has(no));
  if (stranger) throw invalid('unknownPanellist', { no: stranger.no });
  const excluded = new Map(asked.map(({ no, reason }) => [no, reason]));
  for (const { no, organization_id } of serving)
    if (organization_id && bodies.has(organization_id) && !excluded.has(numberOf(no))) excluded.set(numberOf(no), 'organization');
  return {
    candidates: frozen([...numbers].filter((no) => !excluded.has(no))),
    excluded: [...excluded].map(([no, reason]) => ({ no, reason })).sort((a, b) => (a.no < b.no ? -1 : 1)),
  };
};

/**
 * Convenes and announces a hearing, and commits to the lot by which its panel will be found: one transaction. The same id, person and body give the
 * same answer.
 */
export const convene = (deps: Deps, who: Who, asked: NewHearing): Promise<{ receipt: HearingReceipt; repeated: boolean }> => {
  storable(asked.matter, asked.place, ...asked.parties.map(({ name }) => name));
  unnamed(asked.matter, asked.place);
  if (asked.parties.some(({ phone }) => phone && !canBeDialled(phone))) throw invalid('badPhone');
  const open = () =>
    withScope(
      deps.pools.app,
      who,
      (scope) => conveneInScope(deps, scope, asked),
      (client) => [sendBegin(client, asked.id)],
    );
  return open().catch((error: unknown) => {
    if (wasWrittenMeanwhile(error)) return open();
    throw error;
  });
};

const conveneInScope = async (deps: Deps, scope: Scope, asked: NewHearing): Promise<{ receipt: HearingReceipt; repeated: boolean }> => {
  const { id, parties } = asked;
  const digest = createHash('sha256').update(canonical(asked)).digest();
  const queryCodes = parties.map((_, index) => deps.crypto.receiptCode(id, partyIdOf(id, index)));
  const found = foundFiling(scope.first);
  if (found) {
    if (found.submitterId !== scope.actor.personId || found.digest !== digest.toString('hex')) throw conflict('idTaken');
    return { receipt: { id, number: found.number, queryCodes }, repeated: true };
  }
  const now = nowOf(deps);
  const today = instantToLocalDate(now);
  const fault = hearingFault(asked, now);
  if (fault) throw invalid(fault, fault === 'fieldUnfit' ? { field: 'startsAt', why: 'notInstant' } : {});
  const post = convening(scope)[0]!;
  const about = asked.onCaseId ? await findOnCase(scope.tx, asked.onCaseId) : undefined;
  if (asked.onCaseId && !about) throw invalid('unknownCase', { field: 'onCaseId' });
  // Confided matters are heard by nobody in public, and a hearing has none of its own.
  if (about?.confided || about?.procedure_id === PROCEDURE) throw invalid('hearingOnConfided');
  const place = deps.places.ofArea(deps.directory.organization(post.organizationId)!.areaId);
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  const areaIds = pathOf(place);
  const { candidates, excluded } = listOf(
    await findServing(scope.tx, areaIds, today),
    asked.excluded,
    new Set([post.organizationId, ...(about?.bodies ?? [])]),
  );
  if (candidates.length <= asked.seats) throw conflict('candidatesFew', { n: candidates.length });
  const before = asked.follows ? await findCalledOff(scope.tx, asked.follows, post.organizationId) : undefined;
  if (asked.follows && !before) throw invalid('hearingNotCalledOff', { field: 'follows' });
  if (before?.taken) throw conflict('hearingHeldAgain');
  const procedure = deps.procedures.latest(PROCEDURE, { areaIds: areaIds.toReversed(), day: today });
  if (!procedure) throw new Problem(503, 'procedureNotPublished', { procedure: PROCEDURE });
  const around = { now, calendar: deps.calendar() };
  const opened = fileCase(
    procedure,
    {
      caseId: id,
      facts: { reporterReachable: parties.length > 0 },
      areaIds,
      receivingOrganizationId: post.organizationId,
      reporterIds: [],
      codes: {},
      content: { text: asked.matter, address: asked.place },
    },
    { kind: 'person', personId: scope.actor.personId!, postId: post.postId, organizationId: post.organizationId },
    around,
  );
  const input = { heldOn: instantToLocalDate(asked.startsAt), evidenceBy: asked.evidenceBy, ...(before ? { follows: before.number } : {}) };
  const announced = decide(
    procedure,
    opened.state,
    { action: 'announce', input: fitting(procedure, 'announce', input), files: [], postId: post.postId },
    scope.actor,
    around,
  );
  if (!announced.ok) throw refused(announced);
  const events = [opened.event, ...announced.events];
  const chained = chain(deps.crypto, id, firstHead, events, now);
  const { state } = announced;
  const seed = randomBytes(32).toString('hex');
  const results = await scope.commitWith((client) => [
    sendFiling(client, {
      row: filedRow(procedure, state, derivedColumns(procedure, state, chained.at(-1)!, caseLight(procedure, state, now), null), {
        channel: 'window',
        title: asked.matter.slice(0, 60),
        ...spotColumns(place),
        submitter_id: scope.actor.personId!,
        payload_digest: digest,
        created_at: now,
      }),
      year: Number(now.slice(0, 4)),
      events: chained,
      procedure,
      clocks: changedClocks(events),
      calendar: deps.calendar(),
      parties: partiesOf(deps, asked),
      now,
    }),
    ...sendHearing(client, {
      case_id: id,
      organization_id: post.organizationId,
      open: asked.open,
      matter: asked.matter.trim(),
      place: asked.place.trim(),
      starts_at: asked.startsAt,
      evidence_by: asked.evidenceBy,
      seats: asked.seats,
      announced_at: now,
      commitment: commitmentOf(seed, candidates),
      candidates,
      excluded,
      on_case: asked.onCaseId,
      follows: asked.follows,
      seed_sealed: deps.crypto.seal(seed, seedPlace(id)),
    }),
  ]);
  return { receipt: { id, number: results[0]!.rows[0].number, queryCodes }, repeated: false };
};

/** Of what is said in a step, what its form asks under the version the hearing began with. */
const fitting = (procedure: Procedure | undefined, action: string, input: object): Record<string, unknown> => {
  const asked = new Set(procedure?.actions[action]?.form?.map(({ id }) => id));
  return Object.fromEntries(Object.entries(input).filter(([field]) => asked.has(field)));
};

const ownInScope = async (deps: Deps, scope: Scope): Promise<DeskHearing[]> => {
  const bodies = convening(scope).map(({ organizationId }) => organizationId);
  const people = (await findPanellists(scope.tx)).map((row) => presentPanellist(deps, row));
  return (await findOfBodies(scope.tx, bodies, MOST)).map((row) => presentOwn(deps, row, people));
};

/** Hearings of the caller's bodies. */
export const ownHearings = (deps: Deps, who: Who): Promise<DeskHearing[]> =>
  withScope(deps.pools.app, who, (scope) => ownInScope(deps, scope));

/** What everybody may read of hearings. */
export const publicHearings = (deps: Deps, who: Who): Promise<PublicHearing[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findOpen(tx, MOST)).map((row) => presentPublic(deps, row)));

/** Opens a hearing of the caller's own body. Throws 404 for any other: nobody learns that there is one. */
const withHearing = async (
  deps: Deps,
  who: Who,
  id: string,
  work: (held: {
    scope: Scope;
    hearing: HeldHearing;
    act: (commandId: string, action: string, input: object, fileIds?: string[]) => Promise<unknown>;
  }) => Promise<unknown>,
): Promise<DeskHearing> => {
  await withScope(deps.pools.app, who, async (scope) => {
    const hearing = await holdHearing(scope.tx, id);
    const row = hearing ? await findCase(scope.tx, id) : undefined;
    if (!hearing || !row) throw notFound();
    if (!convening(scope).some(({ organizationId }) => organizationId === hearing.organization_id)) throw forbidden('notYours');
    const act = (commandId: string, action: string, input: object, fileIds?: string[]) =>
      actInScope(
        deps,
        scope,
        id,
        {
          commandId,
          action,
          version: row.version,
          input: fitting(deps.procedures.get(row.procedure_id, row.procedure_version), action, input),
          ...(fileIds ? { fileIds } : {}),
        },
        'hearing',
      );
    await work({ scope, hearing, act });
  });
  return (await ownHearings(deps, who)).find((one) => one.id === id)!;
};

/** Who sits, in words for the parties: number, name, what they bring. */
const named = async (deps: Deps, scope: Scope, panel: readonly string[]): Promise<string> => {
  const people = (await findPanellists(scope.tx)).map((row) => presentPanellist(deps, row));
  return panel.map((no) => `${no} ${people.find((one) => one.no === no)?.name ?? ''}`.trim()).join('、');
};

/** Opens the seed and draws, on a later day than it was committed to. Drawn once: again it answers what was drawn. */
export const draw = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, spoken }: { commandId: string; spoken: string },
): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ scope, hearing, act }) => {
    if (hearing.seed) return;
    const now = nowOf(deps);
    if (!mayDraw(hearing.announced_at.toISOString(), now)) throw conflict('drawTooSoon');
    storable(spoken);
    unnamed(spoken);
    const seed = deps.crypto.open(hearing.seed_sealed, seedPlace(id)).toString('utf8');
    const panel = panelOf(orderOf(seed, spoken.trim(), hearing.candidates), hearing.seats);
    await setLot(scope.tx, id, { seed, spoken: spoken.trim(), panel, now });
    await act(commandId, 'drawPanel', { panel: await named(deps, scope, panel) });
  });

/**
 * A panellist falls out, with a reason, and the next of the same order sits: anybody does it again from what is published. Most of the panel stays as
 * it was drawn, and a list that is used up says so; then the hearing is called off and held again.
 */
export const replace = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, no, reason }: { commandId: string; no: string; reason: Reason },
): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ scope, hearing, act }) => {
    if (!hearing.seed || !hearing.panel) throw conflict('panelNotDrawn');
    if (hearing.fallen_out.some((one) => one.no === no)) return;
    if (!hearing.panel.includes(no)) throw invalid('unknownPanellist', { no });
    if (hearing.fallen_out.length >= mostReplaced(hearing.seats)) throw conflict('replacedEnough', { n: mostReplaced(hearing.seats) });
    const fallenOut = [...hearing.fallen_out, { no, reason }];
    const order = orderOf(hearing.seed, hearing.spoken!, hearing.candidates);
    const panel = panelOf(
      order,
      hearing.seats,
      fallenOut.map((one) => one.no),
    );
    if (panel.length < hearing.seats) throw conflict('rosterUsedUp');
    await setPanel(scope.tx, id, panel, fallenOut);
    await act(commandId, 'replacePanellist', { fallenOut: no, reason, panel: await named(deps, scope, panel) });
  });

/** It is not held: why is told to its people and published with the announcement, in words that name nobody. */
export const callOff = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, because }: { commandId: string; because: string },
): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ scope, hearing, act }) => {
    const words = because.trim();
    storable(words);
    unnamed(words);
    if (hearing.called_off_because === words) return;
    await setCalledOff(scope.tx, id, words);
    await act(commandId, 'callOff', { because: words });
  });

/** What took place: not before it begins, whatever day was announced. */
export const hold = (deps: Deps, who: Who, id: string, { commandId, minutes, fileIds }: NewMinutes): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ hearing, act }) => {
    storable(minutes);
    if (hearing.starts_at.toISOString() > nowOf(deps)) throw conflict('hearingNotBegun');
    await act(commandId, 'hold', { minutes }, fileIds);
  });

/** The panel's opinion: every seat has one vote, and who dissents is heard. */
export const giveOpinion = (deps: Deps, who: Who, id: string, asked: NewOpinion): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ scope, hearing, act }) => {
    const { commandId, for: yes, against, abstained, opinion, dissent } = asked;
    storable(opinion);
    if (yes + against + abstained !== hearing.seats) throw invalid('votesUnfit', { n: hearing.seats });
    if (against > 0 && yes > 0 && !dissent?.trim()) throw invalid('fieldMissing', { field: 'dissent' });
    await setVotes(scope.tx, id, { for: yes, against, abstained });
    await act(commandId, 'giveOpinion', {
      votesFor: yes,
      votesAgainst: against,
      abstained,
      opinion,
      ...(dissent?.trim() ? { dissent } : {}),
    });
  });

/**
 * Shows opinion and answer to everybody, in words written for that. The same again changes nothing; other words take their place, and what stood before
 * stays on the record.
 */
export const publish = (deps: Deps, who: Who, id: string, asked: NewHearingPublication): Promise<DeskHearing> =>
  withHearing(deps, who, id, async ({ scope, hearing }) => {
    const words = { opinion: asked.opinion.trim(), reply: asked.reply.trim() };
    storable(words.opinion, words.reply);
    unnamed(words.opinion, words.reply);
    if (!hearing.open) throw conflict('hearingClosed');
    const row = await findCase(scope.tx, id);
    if (row?.stage !== 'replied' || !hearing.votes) throw conflict('hearingNotAnswered');
    if (hearing.opinion === words.opinion && hearing.reply === words.reply) return;
    const now = nowOf(deps);
    const post = convening(scope).find(({ organizationId }) => organizationId === hearing.organization_id)!;
    await setPublication(scope.tx, id, words, now);
    const event: NewEvent = {
      type: 'hearing.published',
      occurredAt: now,
      actor: { kind: 'person', personId: scope.actor.personId!, postId: post.postId, organizationId: post.organizationId },
      header: { codes: { digest: createHash('sha256').update(canonical(words)).digest('hex') } },
      content: words,
    };
    await appendAndCommit(deps, scope, row, [event], evolve(row.state, event));
  });
