import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { OTHERS_HARMED } from '@tongxin/domain/dispute/agreement/data.ts';
import {
  agreementLines,
  courtRole,
  courtsFor,
  findingsOf,
  isAccepted,
  letterOf,
  missingSigners,
  obligationsOf,
  sideLabel,
  waysAfterBreach,
} from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementText, AgreementView, CourtGround, Offer, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/kind/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type Held, stageSeen } from '../hold/service.ts';
import { findReferral } from '../referral/repo.ts';
import {
  findConfirmation,
  findOffers,
  findPerformed,
  findSignatures,
  findText,
  type OfferRecord,
  type SignatureRecord,
  type TextRecord,
} from './repo.ts';
import { ownPhone } from './screen/repo.ts';

/** What binds sealed words of an agreement to their place. */
export const placeOf = (caseId: string, what: string): string => `dispute:${caseId}:${what}`;

const openOf = <T>(deps: Deps, caseId: string, what: string, sealed: Buffer): T =>
  JSON.parse(deps.crypto.open(sealed, placeOf(caseId, what)).toString('utf8')) as T;

const offerOf = (deps: Deps, caseId: string, row: OfferRecord): Offer => ({
  id: row.offer_id,
  by: row.by_party,
  ...(row.answers_to ? { answersTo: row.answers_to } : {}),
  terms: row.terms_sealed ? openOf<Term[]>(deps, caseId, `offer:${row.offer_id}`, row.terms_sealed) : [],
  conveyed: row.conveyed,
  accepted: row.accepted,
  refused: row.refused,
  at: row.made_at.toISOString(),
});

/** All that is kept of a dispute's agreement, opened. */
export interface Opened {
  readonly offers: readonly Offer[];
  readonly text?: { readonly version: number; readonly digest: string; readonly draft: AgreementText; readonly writtenAt: string };
  readonly signatures: readonly SignatureRecord[];
  readonly performed: ReadonlyMap<number, string>;
  readonly applicants: readonly string[];
  /** Of a side that reads: whether a code can go to a telephone of its own. */
  readonly ownPhone: boolean;
  /** What a court has to do with it. */
  readonly courtRole: ReturnType<typeof courtRole>;
  /** Whether somebody else passed it on. */
  readonly isReferred: boolean;
  readonly court?: { readonly ground: CourtGround; readonly name: string };
}

const textOf = (deps: Deps, caseId: string, row: TextRecord): Opened['text'] =>
  row.body_sealed
    ? {
        version: row.version,
        digest: row.digest.toString('hex'),
        draft: openOf<AgreementText>(deps, caseId, `text:${row.version}`, row.body_sealed),
        writtenAt: row.written_at.toISOString(),
      }
    : undefined;

export const openAgreement = async (deps: Deps, { scope: { tx }, row: { case_id: id }, ownSide }: Held): Promise<Opened> => {
  const [offers, written, performed, asked, referral] = [
    await findOffers(tx, id),
    await findText(tx, id),
    await findPerformed(tx, id),
    await findConfirmation(tx, id),
    await findReferral(tx, id),
  ];
  const text = written && textOf(deps, id, written);
  return {
    offers: offers.map((offer) => offerOf(deps, id, offer)),
    ...(text ? { text } : {}),
    signatures: written ? await findSignatures(tx, id, written.version) : [],
    performed: new Map(performed.map(({ no, performed_on }) => [no, performed_on])),
    applicants: asked?.applicants ?? [],
    ownPhone: ownSide !== undefined && (await ownPhone(tx, id, ownSide)) === 'fit',
    courtRole: courtRole(referral?.sender),
    isReferred: referral !== undefined,
    ...(asked?.ground && asked.court_sealed
      ? {
          court: { ground: asked.ground as CourtGround, name: deps.crypto.open(asked.court_sealed, placeOf(id, 'court')).toString('utf8') },
        }
      : {}),
  };
};

/** From when it is written until nothing more is owed, everybody reads it; before that only whoever mediates. */
const READ_BY_SIDES = ['drafted', 'effective', 'confirming', 'settled', 'broken'];
const IN_FORCE = ['effective', 'confirming', 'settled', 'broken'];
/** Before a court, or confirmed by one: what others it harms may do is told, also after all is performed. */
const OF_COURT = ['asked', 'accepted', 'prolonged', 'confirmed'];

/** What a side may know of others' answers: those to its own offer that was passed on, and that all said yes. */
const answersSeen = (offer: Offer, ownSide: string, sides: readonly string[]): Offer => {
  if ((offer.conveyed && offer.by === ownSide) || isAccepted(offer, sides)) return offer;
  const own = (party: string): boolean => party === ownSide;
  return { ...offer, accepted: offer.accepted.filter(own), refused: offer.refused.filter(own) };
};

/** As whoever mediates, or a side with its code, may see it: an offer that was not passed on is its own side's alone. */
export const presentAgreement = (deps: Deps, held: Held, opened: Opened, version?: number): AgreementView => {
  const { row, sides, ownSide, dispute } = held;
  const { stage, facts, clocks } = row.state;
  const today = instantToLocalDate(deps.clock.now().toISOString());
  const { text } = opened;
  const until = clocks.confirmation?.status === 'running' ? clocks.confirmation.dueAt : undefined;
  const shows = text && (!ownSide || READ_BY_SIDES.includes(stage));
  const state = String(facts.confirmation ?? 'open');
  const owed = text && IN_FORCE.includes(stage) ? obligationsOf(text.draft, sides, opened.performed, today) : [];
  return {
    caseId: row.case_id,
    number: row.number,
    ...(ownSide ? {} : { version: version ?? row.version }),
    stage: stageSeen(deps, held),
    ...(ownSide ? { me: ownSide, myPhone: opened.ownPhone } : {}),
    sides: sides.map((partyId, index) => ({ partyId, letter: letterOf(index), label: sideLabel(index) })),
    ...(!ownSide && opened.isReferred ? { referred: true as const } : {}),
    offers: ownSide
      ? opened.offers.filter(({ by, conveyed }) => conveyed || by === ownSide).map((offer) => answersSeen(offer, ownSide, sides))
      : [...opened.offers],
    ...(shows
      ? {
          text: {
            version: text.version,
            draft: text.draft,
            lines: agreementLines(text.draft, sides),
            digest: text.digest,
            // What the rules find is for whoever writes it.
            findings: ownSide || IN_FORCE.includes(stage) ? [] : findingsOf(text.draft, sides, today),
            signatures: opened.signatures.map(({ signer, way, proved_by, signed_at }) => ({
              signer,
              way,
              ...(proved_by ? { provedBy: proved_by } : {}),
              at: signed_at.toISOString(),
            })),
            missing: missingSigners(sides, opened.signatures),
          },
        }
      : {}),
    obligations: owed,
    confirmation: {
      state,
      ...(until ? { until } : {}),
      applicants: [...opened.applicants],
      ...(opened.court ? { ground: opened.court.ground, court: opened.court.name } : {}),
      grounds: courtsFor(opened.courtRole, dispute.kind as DisputeKind),
      ...(OF_COURT.includes(state) ? { others: OTHERS_HARMED } : {}),
    },
    ways: stage === 'broken' || owed.some(({ missed }) => missed) ? waysAfterBreach(state) : [],
  };
};
