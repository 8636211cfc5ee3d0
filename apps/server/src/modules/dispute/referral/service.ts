import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor, EventActor } from '@tongxin/domain/case/schema.ts';
import { reportBy, resultsAt } from '@tongxin/domain/dispute/referral/rules.ts';
import type {
  Application,
  ApplicationReceipt,
  CaseToMediation,
  Referral,
  ReferralRow,
  Report,
  Sender,
  SendingUp,
  SentDispute,
  SentView,
} from '@tongxin/domain/dispute/referral/schema.ts';
import { permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { wasWrittenMeanwhile } from '../../../platform/errors/postgres.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, together, type Who, withScope } from '../../../platform/tx/tx.ts';
import { addNote, findCase, partyIdOf, refused } from '../../case/index.ts';
import { findChoices, insertChoice } from '../choosing/repo.ts';
import { sendConsent } from '../consent/repo.ts';
import { actThrough, type Held, notBeside, withDispute } from '../hold/service.ts';
import { letGo } from '../joining/service.ts';
import { assertTold, type Opened, openDispute, type Quarrel, withNewDispute } from '../opening/service.ts';
import { cancelToCome } from '../session/repo.ts';
import { presentReferral } from './present.ts';
import { findReferral, findReferrals, type ReferralRecord, reportReferral, sendReferral, sendRepresentative } from './repo.ts';

const MOST = 300;
const today = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

type NewRecord = Omit<ReferralRecord, 'result' | 'reported_on'>;

/** A transfer as the desk wrote it down, with the day its sender waits for. */
export const referralRow = (deps: Deps, caseId: string, referral: Referral, sentBy: string | null = null): NewRecord => ({
  case_id: caseId,
  sender: referral.sender,
  body: referral.body ?? null,
  sender_number: referral.number ?? null,
  received_on: referral.receivedOn,
  due_on: reportBy(referral.sender, referral, deps.calendar()),
  file_consent: referral.fileConsent,
  sent_by: sentBy,
});

const actorOf = ({ kind, personId, posts }: Actor): EventActor => {
  const post = posts.find(({ capabilities }) => capabilities.includes('case.file'));
  return {
    kind,
    ...(personId ? { personId } : {}),
    ...(post ? { postId: post.postId, organizationId: post.organizationId } : {}),
  };
};

const helperPlace = (caseId: string, field: 'name' | 'phone'): string => `helper:${caseId}:${field}`;

/** What goes along with an application: the applicant's own yes, or who speaks for whom. */
const applyInScope = (deps: Deps, scope: Scope, application: Application): Promise<Opened> => {
  const { id, kind, areaId, place, facts, wish, applicant, behalfOf, others } = application;
  const now = deps.clock.now().toISOString();
  const resident = scope.personKind === 'resident' && !behalfOf ? scope.actor.personId : undefined;
  const first = partyIdOf(id, 0);
  const quarrel: Quarrel = {
    id,
    kind,
    origin: 'applied',
    areaId,
    place,
    // The applicant's own words, and under them what they ask for.
    facts: wish?.trim() ? `${facts}\n\n${wish.trim()}` : facts,
    mediatedOn: today(deps),
    parties: [behalfOf ?? { ...applicant, personId: resident }, ...others],
  };
  return openDispute(deps, scope, {
    body: application,
    quarrel,
    channel: 'portal',
    actor: actorOf(scope.actor),
    along: (client) => [
      behalfOf
        ? sendRepresentative(client, {
            caseId: id,
            helperId: first,
            partyId: first,
            name: deps.crypto.seal(applicant.name, helperPlace(id, 'name')),
            phone: deps.crypto.seal(applicant.phone, helperPlace(id, 'phone')),
            now,
          })
        : sendConsent(client, id, { consent_id: first, party_id: first, answer: 'agreed', how: 'portal', said_on: today(deps) }, now),
    ],
  });
};

/** A side applies itself, or somebody for it who says that it agreed; whoever is spoken for is asked like everybody else. */
export const apply = async (
  deps: Deps,
  who: Who,
  application: Application,
): Promise<{ receipt: ApplicationReceipt; repeated: boolean }> => {
  const { applicant, behalfOf, others } = application;
  assertTold({ facts: application.facts, parties: [applicant, ...(behalfOf ? [behalfOf] : []), ...others] });
  const { id, number, queryCodes, repeated } = await withNewDispute(deps, who, application.id, (scope) =>
    applyInScope(deps, scope, application),
  );
  const [queryCode] = queryCodes;
  if (!queryCode) throw notFound();
  return { receipt: { id, number, queryCode }, repeated };
};

const sendInScope = (deps: Deps, scope: Scope, sent: Omit<SentDispute, 'consented'>, body: unknown): Promise<Opened> => {
  const { sender, number, dueOn, ...told } = sent;
  const receivedOn = today(deps);
  const post = scope.actor.posts.find(({ capabilities }) => capabilities.includes('case.file'));
  const bodyLabel = post ? deps.directory.organization(post.organizationId)?.label.zh : undefined;
  const referral: Referral = {
    sender,
    receivedOn,
    fileConsent: true,
    ...(bodyLabel ? { body: bodyLabel.slice(0, 80) } : {}),
    ...(number ? { number } : {}),
    ...(dueOn ? { dueOn } : {}),
  };
  return openDispute(deps, scope, {
    body,
    quarrel: { ...told, origin: 'referred', mediatedOn: receivedOn },
    channel: 'department',
    actor: actorOf(scope.actor),
    along: (client) => [sendReferral(client, referralRow(deps, told.id, referral, scope.actor.personId ?? null))],
  });
};

const checkedDay = (dueOn: string | undefined): void => {
  if (dueOn !== undefined && !isDate(dueOn)) throw invalid('fieldUnfit', { field: 'dueOn', why: 'notDate' });
};

const sentView = ({ case_id, sender_number, received_on, due_on, result, reported_on }: ReferralRecord): SentView => ({
  id: case_id,
  ...(sender_number ? { number: sender_number } : {}),
  receivedOn: received_on,
  dueOn: due_on,
  ...(result ? { result } : {}),
  ...(reported_on ? { reportedOn: reported_on } : {}),
});

/** People have their own doors: by the interface come systems of bodies. */
const assertSystem = ({ posts }: Actor): void => {
  if (!posts.some(({ role }) => role === 'departmentService')) throw forbidden('forSystems');
};

const ownReferral = async ({ tx, actor }: Scope, id: string): Promise<SentView> => {
  const found = await findReferral(tx, id);
  if (!found || found.sent_by !== actor.personId) throw notFound();
  return sentView(found);
};

/** A body passes a quarrel on by the interface. It reads days and the result, and nothing else, ever. */
export const sendDispute = async (deps: Deps, who: Who, sent: SentDispute): Promise<SentView> => {
  assertTold(sent);
  checkedDay(sent.dueOn);
  const { consented: _said, ...told } = sent;
  await withNewDispute(deps, who, sent.id, (scope) => {
    assertSystem(scope.actor);
    return sendInScope(deps, scope, told, sent);
  });
  return sentDispute(deps, who, sent.id);
};

/** What was passed on by the caller; whatever else is there does not exist. */
export const sentDispute = (deps: Deps, who: Who, id: string): Promise<SentView> =>
  withScope(deps.pools.app, who, (scope) => ownReferral(scope, id));

/** All that stands on the case, which its whole area reads: not even that there is a dispute. */
const SENT_WITH = '经诉求人同意，已另行办理。';
/** Where a case of our own comes from, as its referral says. */
const senderOf = (procedureId: string, channel: string): Sender =>
  procedureId === 'letter' ? 'petition' : channel === 'grid' || channel === 'patrol' ? 'gridVisit' : 'hotline';

/**
 * A case of our own turns out to be a quarrel: with its reporter's consent it is passed on, both or neither. The case says that it was, and not
 * where to; its reporter reads that on the own page; the dispute knows its number.
 */
export const passOn = (deps: Deps, who: Who, caseId: string, asked: CaseToMediation): Promise<SentView> => {
  assertTold(asked);
  const { commandId, consented: _said, ...told } = asked;
  const pass = (): Promise<SentView> =>
    together(deps.pools.app, who, false, async (inside) => {
      const from = await withScope(deps.pools.app, inside, async ({ tx, actor }) => {
        const row = await findCase(tx, caseId);
        if (!row || row.confided) throw notFound();
        const permitted = permitWork(row.state, actor, 'case.register');
        if (!permitted.ok) throw refused(permitted);
        return row;
      });
      const sender = senderOf(from.procedure_id, from.channel);
      await withNewDispute(deps, inside, told.id, (scope) =>
        sendInScope(deps, scope, { ...told, sender, number: from.number }, { caseId, ...asked }),
      );
      await addNote(deps, inside, caseId, { commandId, words: SENT_WITH, told: 'elsewhere' });
      return withScope(deps.pools.app, inside, (scope) => ownReferral(scope, told.id));
    });
  return pass().catch((error: unknown) => {
    if (wasWrittenMeanwhile(error)) return pass();
    throw error;
  });
};

/** What is to be reported back, and was. */
export const referrals = (deps: Deps, who: Who): Promise<ReferralRow[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const headed = actor.posts
      .filter(({ capabilities }) => capabilities.includes('case.confided'))
      .map(({ organizationId }) => organizationId);
    return (await findReferrals(tx, [actor.personId!, ...headed], MOST)).map((row) => presentReferral(deps, row));
  });

/** Tells the sender how it ended, in its own words for it and no others. The same again changes nothing. */
export const report = (deps: Deps, who: Who, caseId: string, told: Report): Promise<SentView> =>
  withDispute(deps, who, caseId, async ({ scope: { tx }, row }) => {
    const found = await findReferral(tx, caseId);
    if (!found) throw conflict('nobodySentIt');
    if (!isDate(told.on)) throw invalid('fieldUnfit', { field: 'on', why: 'notDate' });
    if (told.on > today(deps)) throw invalid('dateInFuture', { field: 'on' });
    if (!resultsAt(row.stage).includes(told.result)) throw conflict('resultUnfit');
    if (found.result && found.result !== told.result) throw conflict('reportedAlready');
    if (!found.result) await reportReferral(tx, caseId, told);
    return sentView((await findReferral(tx, caseId))!);
  });

/** Centres above the body that has it now, the nearest first: one may skip none that is there. */
const above = (deps: Deps, { row, dispute }: Held): string[] => {
  const current = row.state.leadOrganizationId ?? dispute.organization_id;
  const areaId = deps.directory.organization(current)?.areaId;
  const place = areaId ? deps.places.ofArea(areaId) : undefined;
  if (!areaId || !place) return [];
  const higher = pathOf(place).filter((id) => id !== areaId);
  return deps.directory
    .offices('mediation.record', place)
    .filter((id) => id !== current && higher.includes(deps.directory.organization(id)?.areaId ?? ''));
};

/** Centres a dispute may be sent up to: those of the next tier that has one. */
export const centresAbove = (deps: Deps, who: Who, caseId: string) =>
  withDispute(deps, who, caseId, async (held) => {
    const ids = above(deps, held);
    const next = ids[0] && deps.directory.organization(ids[0])?.areaId;
    return ids.flatMap((id) => {
      const found = deps.directory.organization(id);
      return found && found.areaId === next ? [{ id, label: found.label }] : [];
    });
  });

const SENT_UP: Readonly<Record<string, string>> = { consulting: 'sendAskedUp', choosing: 'sendChoiceUp', mediating: 'sendTalksUp' };

/** Sends a dispute up, with the whole of its record and a word to whoever takes over; its mediator is out of it. */
export const sendUp = (deps: Deps, who: Who, caseId: string, { commandId, ...input }: SendingUp): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => {
    notBeside(held);
    const ids = above(deps, held);
    const next = ids[0] && deps.directory.organization(ids[0])?.areaId;
    const to = deps.directory.organization(input.to);
    const current = held.row.state.leadOrganizationId === input.to;
    if (!current && !(to && ids.includes(input.to) && to.areaId === next)) throw invalid('notTheNextTier', { field: 'to' });
    const { tx } = held.scope;
    if ((await findChoices(tx, caseId)).some(({ choice_id }) => choice_id === commandId)) return { version: held.row.version };
    if (!current) {
      // What was said of this centre's mediators, and the times set with them, are over.
      const said = { choice_id: commandId, step: 'steppedAside', party_id: null, mediator_id: null, why_sealed: null } as const;
      await insertChoice(tx, caseId, said, deps.clock.now().toISOString());
      await cancelToCome(tx, caseId, deps.clock.now());
      await letGo(deps, held);
    }
    const { row } = held;
    const action = SENT_UP[row.stage] ?? 'sendUp';
    // A dispute that began under an older version has one action for all of its beginning.
    const known = deps.procedures.get(row.procedure_id, row.procedure_version)?.actions[action];
    return actThrough(deps, held, commandId, known ? action : 'sendUp', input);
  });
