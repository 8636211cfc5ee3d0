import { createHash } from 'node:crypto';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import { disputePaper, type PaperMaterial, paperLacks } from '@tongxin/domain/dispute/agreement/paper/rules.ts';
import { agreementLines, findingsOf, hindrances, missingSigners, nextDue, obligationsOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import {
  type AgreementText,
  type AgreementView,
  type CourtGround,
  MEDIATOR,
  type NewOffer,
  type NewPaper,
  type SavedText,
  SEAL,
  type SignerProof,
  type Term,
} from '@tongxin/domain/dispute/agreement/schema.ts';
import { resultsAt } from '@tongxin/domain/dispute/referral/rules.ts';
import type { DisputeKind, DisputeOrigin } from '@tongxin/domain/dispute/schema.ts';
import { evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { appendAndCommit, viewInScope } from '../../case/index.ts';
import { issuedPapers, issueOwnPaper } from '../../document/index.ts';
import { actThrough, type Held, withCodeOf, withDispute, withOwnDispute } from '../hold/service.ts';
import { findReferral } from '../referral/repo.ts';
import { heldSession } from '../session/service.ts';
import { type Opened, openAgreement, placeOf, presentAgreement } from './present.ts';
import {
  addApplicant,
  answerOffer as answerInRow,
  conveyOffer as conveyRow,
  insertOffer,
  insertPerformed,
  insertSignature,
  insertText,
  setCourt,
} from './repo.ts';

const TALKING = ['mediating', 'cooling', 'drafted'];
const IN_FORCE = ['effective', 'confirming'];
const ASKABLE = ['open', 'lapsed'];
const IN_FORCE_BY = ['takeEffect', 'takeEffectLasting', 'takeEffectInSuit', 'takeEffectLastingInSuit'];
/** In a suit the court makes a 调解书, or the suit is withdrawn: there is nothing to confirm. */
const demandNoSuit = ({ row: { state } }: Held): void => {
  if (state.facts.confirmation === 'suit') throw conflict('courtHasSuit');
};

const nowOf = (deps: Deps): string => deps.clock.now().toISOString();
const todayOf = (deps: Deps): string => instantToLocalDate(nowOf(deps));

export const demandStage = ({ row }: Held, stages: readonly string[]): void => {
  if (!stages.includes(row.state.stage)) throw conflict('wrongStage');
};
/** While somebody is in danger nothing is pushed on. A side is not told so: what it does itself waits for whoever mediates. */
const demandSafe = ({ row }: Held): void => {
  if (row.state.facts.danger === true) throw conflict('safetyFirst');
};
const demandSide = ({ sides }: Held, partyId: string): void => {
  if (!sides.includes(partyId)) throw invalid('unknownParty', { field: 'partyId' });
};
/** A day that something happened on. */
const demandPastDay = (deps: Deps, field: string, day: string): void => {
  if (!isDate(day)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  if (day > todayOf(deps)) throw invalid('dateInFuture', { field });
};

const viewOf = async (deps: Deps, held: Held, version?: number): Promise<AgreementView> =>
  presentAgreement(deps, held, await openAgreement(deps, held), version);

export const agreementOf = (deps: Deps, who: Who, caseId: string): Promise<AgreementView> =>
  withDispute(deps, who, caseId, (held) => viewOf(deps, held));
export const ownAgreement = (deps: Deps, who: Who): Promise<AgreementView> => withCodeOf(deps, who, (held) => viewOf(deps, held));

const checkTerms = ({ sides }: Held, terms: readonly Term[]): void => {
  for (const { by, to, dueOn } of terms) {
    if (!sides.includes(by) || (to !== undefined && !sides.includes(to))) throw invalid('unknownParty', { field: 'terms' });
    if (dueOn !== undefined && !isDate(dueOn)) throw invalid('fieldUnfit', { field: 'terms', why: 'notDate' });
  }
};

const offer = async (deps: Deps, held: Held, { id, by, answersTo, terms }: NewOffer, conveyed: boolean): Promise<AgreementView> => {
  const before = await openAgreement(deps, held);
  const known = before.offers.find((one) => one.id === id);
  if (known) {
    const same = known.by === by && known.answersTo === answersTo && canonical(known.terms) === canonical(terms);
    if (!same) throw conflict('idTaken');
    return viewOf(deps, held);
  }
  demandStage(held, TALKING);
  demandSide(held, by);
  checkTerms(held, terms);
  if (answersTo && !before.offers.some((one) => one.id === answersTo)) throw invalid('unknownOffer', { field: 'answersTo' });
  await insertOffer(
    held.scope.tx,
    held.row.case_id,
    {
      offer_id: id,
      by_party: by,
      answers_to: answersTo ?? null,
      terms_sealed: deps.crypto.seal(JSON.stringify(terms), placeOf(held.row.case_id, `offer:${id}`)),
      conveyed,
    },
    nowOf(deps),
  );
  return viewOf(deps, held);
};

/** An offer that whoever mediates was told. The other sides hear of it when it is passed on. */
export const recordOffer = (deps: Deps, who: Who, caseId: string, body: NewOffer): Promise<AgreementView> =>
  withDispute(deps, who, caseId, (held) => {
    demandSafe(held);
    return offer(deps, held, body, false);
  });
/** An offer a side makes itself; it is for the others to see. */
export const makeOffer = (deps: Deps, who: Who, body: Omit<NewOffer, 'by'>): Promise<AgreementView> =>
  withOwnDispute(deps, who, (held) => offer(deps, held, { ...body, by: held.ownSide }, true));

const answer = async (deps: Deps, held: Held, offerId: string, partyId: string, accepts: boolean): Promise<AgreementView> => {
  demandStage(held, TALKING);
  demandSide(held, partyId);
  const { offers } = await openAgreement(deps, held);
  const asked = offers.find(({ id, conveyed, by }) => id === offerId && (!held.ownSide || conveyed || by === held.ownSide));
  if (!asked) throw invalid('unknownOffer', { field: 'offerId' });
  if (asked.by === partyId) throw conflict('offerIsOwn');
  await answerInRow(held.scope.tx, held.row.case_id, offerId, partyId, accepts);
  return viewOf(deps, held);
};

export const recordAnswer = (
  deps: Deps,
  who: Who,
  caseId: string,
  offerId: string,
  { partyId, accepts }: { readonly partyId: string; readonly accepts: boolean },
): Promise<AgreementView> => withDispute(deps, who, caseId, (held) => answer(deps, held, offerId, partyId, accepts));
export const giveAnswer = (deps: Deps, who: Who, offerId: string, accepts: boolean): Promise<AgreementView> =>
  withOwnDispute(deps, who, (held) => answer(deps, held, offerId, held.ownSide, accepts));

export const conveyOffer = (deps: Deps, who: Who, caseId: string, offerId: string): Promise<AgreementView> =>
  withDispute(deps, who, caseId, async (held) => {
    demandStage(held, TALKING);
    demandSafe(held);
    if (!(await openAgreement(deps, held)).offers.some(({ id }) => id === offerId)) throw invalid('unknownOffer', { field: 'offerId' });
    await conveyRow(held.scope.tx, held.row.case_id, offerId);
    return viewOf(deps, held);
  });

const digestOf = (text: AgreementText, sides: readonly string[]): Buffer =>
  createHash('sha256').update(agreementLines(text, sides).join('\n')).digest();

const keepText = (deps: Deps, { scope, row, sides }: Held, version: number, text: AgreementText): Promise<void> =>
  insertText(
    scope.tx,
    row.case_id,
    {
      version,
      body_sealed: deps.crypto.seal(JSON.stringify(text), placeOf(row.case_id, `text:${version}`)),
      digest: digestOf(text, sides),
    },
    nowOf(deps),
  );

/** Keeps the words of the agreement as a version of their own; whoever wrote on an older one is told. */
export const saveText = (deps: Deps, who: Who, caseId: string, { after, text }: SavedText): Promise<AgreementView> =>
  withDispute(deps, who, caseId, async (held) => {
    demandStage(held, ['mediating']);
    const before = (await openAgreement(deps, held)).text;
    const same = before?.version === after + 1 && JSON.stringify(before.draft) === JSON.stringify(text);
    if (same) return viewOf(deps, held);
    if ((before?.version ?? 0) !== after) throw conflict('textChanged', { version: before?.version ?? 0 });
    await keepText(deps, held, after + 1, text);
    return viewOf(deps, held);
  });

export const writtenText = (opened: Opened): NonNullable<Opened['text']> => {
  if (!opened.text) throw conflict('agreementMissing');
  return opened.text;
};

const step = async (
  deps: Deps,
  held: Held,
  commandId: string,
  action: string,
  input: Readonly<Record<string, unknown>>,
): Promise<{ version: number }> => ({ version: (await actThrough(deps, held, commandId, action, input)).version });

/**
 * Puts it in writing: only what the rules find no fault with, each warning answered. Words that were signed before they were taken back become a
 * version of their own: whoever signed then has not signed now.
 */
export const putInWriting = (deps: Deps, who: Who, caseId: string, commandId: string): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => {
    const opened = await openAgreement(deps, held);
    const { draft, digest, version } = writtenText(opened);
    const [first] = hindrances(findingsOf(draft, held.sides, todayOf(deps)));
    const isNew = held.row.state.stage === 'mediating';
    if (isNew) demandSafe(held);
    if (isNew && opened.signatures.length > 0) await keepText(deps, held, version + 1, draft);
    if (first && isNew) throw conflict('agreementUnfit', { finding: first.code, article: first.article });
    return step(deps, held, commandId, 'putInWriting', { digest });
  });

export const reviseText = (deps: Deps, who: Who, caseId: string, commandId: string): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, (held) => step(deps, held, commandId, 'revise', {}));

/** Signatures, each once, and on the record: who, how, and the digest of the very words. */
export const sign = async (
  deps: Deps,
  held: Held,
  { version, digest }: { readonly version: number; readonly digest: string },
  signers: readonly string[],
  by: 'paper' | SignerProof,
): Promise<AgreementView> => {
  const { scope, row } = held;
  const now = nowOf(deps);
  const known = new Set((await openAgreement(deps, held)).signatures.map(({ signer }) => signer));
  const fresh = [...new Set(signers)].filter((signer) => !known.has(signer));
  if (fresh.length === 0) return viewOf(deps, held);
  for (const signer of fresh) await insertSignature(scope.tx, row.case_id, version, signer, by, now);
  const permitted = held.ownSide ? undefined : permitWork(row.state, scope.actor, 'mediation.record');
  const post = permitted?.ok ? { postId: permitted.post.postId, organizationId: permitted.post.organizationId } : {};
  const events = fresh.map(
    (signer): NewEvent => ({
      type: 'agreement.signed',
      occurredAt: now,
      actor: {
        kind: scope.actor.kind,
        ...(scope.actor.personId ? { personId: scope.actor.personId } : {}),
        ...(held.ownSide ? { partyId: held.ownSide } : {}),
        ...post,
      },
      header: {
        codes: { signer, way: by === 'paper' ? by : 'screen', ...(by === 'paper' ? {} : { provedBy: by }), digest, text: version },
      },
    }),
  );
  const view = await viewOf(deps, held, row.version + events.length);
  await appendAndCommit(deps, scope, row, events, events.reduce(evolve, row.state));
  return view;
};

/** Who signed the printed agreement. Its pages must be back as pictures, and they must say what stands here now. */
export const signOnPaper = (
  deps: Deps,
  who: Who,
  caseId: string,
  { documentId, signers }: { readonly documentId: string; readonly signers: readonly string[] },
): Promise<AgreementView> =>
  withDispute(deps, who, caseId, async (held) => {
    demandStage(held, ['drafted']);
    demandSafe(held);
    const { version, digest } = writtenText(await openAgreement(deps, held));
    const stranger = signers.find((signer) => ![...held.sides, MEDIATOR, SEAL].includes(signer));
    if (stranger) throw invalid('unknownParty', { field: 'signers' });
    const paper = (await issuedPapers(held.scope, caseId, 'putInWriting')).find(({ id }) => id === documentId);
    if (paper?.kind !== 'agreement') throw invalid('unknownDocument', { field: 'documentId' });
    if (paper.digest !== digest || !paper.isSince) throw conflict('paperOutdated');
    if (!paper.isSigned) throw conflict('paperNotBack');
    return sign(deps, held, { version, digest }, signers, 'paper');
  });

/** What was answered to a question of some actions, oldest first. */
const answersTo = async (deps: Deps, { scope, row }: Held, actions: readonly string[], id: string) =>
  (await viewInScope(deps, scope, row.case_id)).record
    .filter(({ action }) => action !== undefined && actions.includes(action))
    .map((entry) => ({ at: entry.at, value: entry.answers.find((one) => one.id === id)?.value }));

/** In force: every side, the mediator and the seal are there. 人民调解法 第三十条. */
export const takeEffect = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, effectiveOn }: { readonly commandId: string; readonly effectiveOn: string },
): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => {
    demandPastDay(deps, 'effectiveOn', effectiveOn);
    if (held.row.state.stage === 'drafted') demandSafe(held);
    const opened = await openAgreement(deps, held);
    const { draft, digest, writtenAt } = writtenText(opened);
    const onScreen = opened.signatures.filter(({ way }) => way === 'screen').map(({ signed_at }) => signed_at.toISOString());
    // Nobody's word binds before the words stood, or before it was given.
    if ([writtenAt, ...onScreen].some((at) => effectiveOn < instantToLocalDate(at))) throw invalid('dateInPast', { field: 'effectiveOn' });
    const [missing] = missingSigners(held.sides, opened.signatures);
    if (missing && held.row.state.stage === 'drafted') throw conflict('signatureMissing', { signer: missing });
    const owed = obligationsOf(draft, held.sides, opened.performed, todayOf(deps));
    const inSuit = opened.courtRole === 'entrusted' ? 'InSuit' : '';
    // Where all that was agreed lasts, no day is owed.
    if (owed.length === 0) return step(deps, held, commandId, `takeEffectLasting${inSuit}`, { effectiveOn, digest });
    const due = nextDue(owed);
    // Sent again on a later day it asks for what was written down; what is due before it was signed is owed from the day it is in force.
    const before = held.row.state.stage === 'drafted' ? undefined : (await answersTo(deps, held, IN_FORCE_BY, 'performBy')).at(-1)?.value;
    const performBy = before ?? (due && due >= todayOf(deps) ? due : todayOf(deps));
    return step(deps, held, commandId, `takeEffect${inSuit}`, { effectiveOn, performBy, digest });
  });

/** One promise was kept. The last one ends the matter, unless a ruling is awaited; before it the clock goes to the next. */
export const performTerm = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, no, performedOn }: { readonly commandId: string; readonly no: number; readonly performedOn: string },
): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => {
    demandPastDay(deps, 'performedOn', performedOn);
    const opened = await openAgreement(deps, held);
    const { draft } = writtenText(opened);
    const today = todayOf(deps);
    const owed = obligationsOf(draft, held.sides, opened.performed, today);
    if (!owed.some((one) => one.no === no)) throw invalid('unknownTerm', { field: 'no' });
    if (opened.performed.has(no)) return { version: held.row.version };
    demandStage(held, IN_FORCE);
    await insertPerformed(held.scope.tx, caseId, no, performedOn, nowOf(deps));
    const left = obligationsOf(draft, held.sides, new Map([...opened.performed, [no, performedOn]]), today).filter(
      (one) => !one.performedOn,
    );
    if (left.length === 0) return step(deps, held, commandId, held.row.state.stage === 'confirming' ? 'recordLast' : 'performLast', {});
    const due = nextDue(left);
    return step(deps, held, commandId, 'recordPart', { next: due && due >= today ? due : today });
  });

const joinApplication = async (deps: Deps, held: Held, partyId: string): Promise<AgreementView> => {
  demandStage(held, ['effective']);
  demandNoSuit(held);
  demandSide(held, partyId);
  // Whoever mediates may write down late what was asked for in time.
  if (!(held.ownSide ? ['open'] : ASKABLE).includes(String(held.row.state.facts.confirmation))) throw conflict('confirmationOver');
  await addApplicant(held.scope.tx, held.row.case_id, partyId);
  return viewOf(deps, held);
};
export const recordApplicant = (deps: Deps, who: Who, caseId: string, partyId: string): Promise<AgreementView> =>
  withDispute(deps, who, caseId, (held) => joinApplication(deps, held, partyId));
export const applyOneself = (deps: Deps, who: Who): Promise<AgreementView> =>
  withOwnDispute(deps, who, (held) => joinApplication(deps, held, held.ownSide));

/** Within the thirty days, the day it is in force and the last one included; once it is asked for, a repetition changes nothing. */
const demandInTime = ({ row: { state } }: Held, appliedOn: string): void => {
  const clock = state.clocks.confirmation;
  if (state.stage !== 'effective' || !clock) return;
  if (appliedOn < instantToLocalDate(clock.startedAt)) throw invalid('dateInPast', { field: 'appliedOn' });
  if (clock.dueAt && appliedOn > instantToLocalDate(clock.dueAt)) throw conflict('confirmationOver');
};

/** Both apply within thirty days (人民调解法 第三十三条) to a court that the law names. */
export const applyForConfirmation = (
  deps: Deps,
  who: Who,
  caseId: string,
  asked: { readonly commandId: string; readonly ground: CourtGround; readonly court: string; readonly appliedOn: string },
): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => {
    demandPastDay(deps, 'appliedOn', asked.appliedOn);
    demandNoSuit(held);
    demandInTime(held, asked.appliedOn);
    const { confirmation } = await viewOf(deps, held);
    if (!confirmation.grounds.some(({ ground }) => ground === asked.ground))
      throw invalid('fieldUnfit', { field: 'ground', why: 'notOption' });
    if (asked.court.trim() === '') throw invalid('fieldMissing', { field: 'court' });
    const missing = held.sides.find((side) => !confirmation.applicants.includes(side));
    if (missing && held.row.state.stage === 'effective') throw conflict('applicantMissing', { partyId: missing });
    await setCourt(held.scope.tx, caseId, asked.ground, deps.crypto.seal(asked.court.trim(), placeOf(caseId, 'court')));
    return step(deps, held, asked.commandId, 'applyForConfirmation', { appliedOn: asked.appliedOn });
  });

/** What papers are made of, as it stands now. */
const materialOf = async (deps: Deps, held: Held, sessionId: string | undefined): Promise<PaperMaterial & { readonly digest?: string }> => {
  const opened = await openAgreement(deps, held);
  const { text: facts, address } = await viewInScope(deps, held.scope, held.row.case_id);
  const session = sessionId ? await heldSession(deps, held, sessionId) : undefined;
  const sent = await findReferral(held.scope.tx, held.row.case_id);
  const result = sent?.result ?? resultsAt(held.row.stage)[0];
  const printed = (await issuedPapers(held.scope, held.row.case_id)).findLast(
    ({ kind, digest }) => kind === 'agreement' && digest === opened.text?.digest,
  );
  const effectiveOn = (await answersTo(deps, held, IN_FORCE_BY, 'effectiveOn')).at(-1)?.value;
  return {
    sides: held.sides,
    number: held.row.number,
    ...(opened.text ? { text: opened.text.draft, digest: opened.text.digest } : {}),
    ...(printed?.number ? { agreementNumber: printed.number } : {}),
    onScreen: opened.signatures.flatMap(({ signer, proved_by, signed_at }) =>
      proved_by ? [{ side: signer, at: signed_at.toISOString(), provedBy: proved_by }] : [],
    ),
    performed: opened.performed,
    followUps: (await answersTo(deps, held, ['followUp', 'confirmPerformed', 'closeKept'], 'followUp')).flatMap(({ at, value }) =>
      typeof value === 'string' ? [{ on: instantToLocalDate(at), words: value }] : [],
    ),
    ...(opened.court ? { court: opened.court } : {}),
    inSuit: opened.courtRole === 'entrusted',
    ...(typeof effectiveOn === 'string' ? { effectiveOn } : {}),
    acceptance: {
      kind: held.dispute.kind as DisputeKind,
      origin: held.dispute.origin as DisputeOrigin,
      on: instantToLocalDate(new Date(held.row.created_at).toISOString()),
      ...(facts ? { facts } : {}),
      ...(address ? { place: address } : {}),
    },
    ...(session ? { session } : {}),
    ...(sent
      ? {
          referral: {
            sender: sent.sender,
            ...(sent.body ? { body: sent.body } : {}),
            ...(sent.sender_number ? { number: sent.sender_number } : {}),
            receivedOn: sent.received_on,
            ...(result ? { result } : {}),
          },
        }
      : {}),
    today: todayOf(deps),
  };
};

/** Prints a paper of the dispute: numbered where its kind is, on the record, Word and PDF from there. */
export const issuePaper = async (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, documentId, kind, sessionId }: NewPaper,
): Promise<{ version: number }> => {
  const { digest, ...material } = await withDispute(deps, who, caseId, async (held) => {
    if (kind === 'agreement') demandStage(held, ['drafted', ...IN_FORCE]);
    return materialOf(deps, held, sessionId);
  });
  const lacks = paperLacks(kind, material);
  if (lacks === 'text') throw conflict('agreementMissing');
  if (lacks === 'court') throw conflict('courtMissing');
  if (lacks === 'session') throw conflict('sessionNotHeld');
  if (lacks === 'referral') throw conflict('nobodySentIt');
  if (lacks === 'result') throw conflict('resultUnfit');
  if (lacks === 'suit') throw conflict('courtHasSuit');
  return issueOwnPaper(
    deps,
    who,
    caseId,
    { commandId, documentId, kind, datedOn: material.today, ...(kind === 'agreement' && digest ? { digest } : {}) },
    (office, number) => disputePaper(kind, material, office, number),
  );
};
