import { instantOfMs, MINUTE_MS } from '@tongxin/domain/calendar/rules.ts';
import type { AgreementView, SignedByAccount, SignedOnScreen, SignerProof } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { getsMessages } from '@tongxin/domain/person/rules.ts';
import { v7 } from 'uuid';
import { withoutSession } from '../../../../platform/access-plugin/caller.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { conflict, forbidden, invalid, Problem } from '../../../../platform/errors/problem.ts';
import { type Who, withTransaction } from '../../../../platform/tx/tx.ts';
import { countSendings, partyPlace, readPhoneToSend } from '../../../case/index.ts';
import { ownAccount, ownDetails } from '../../../person/index.ts';
import { checkProof, sendProof } from '../../../session/index.ts';
import { type Held, withOwnDispute } from '../../hold/service.ts';
import { openAgreement } from '../present.ts';
import { demandStage, sign, writtenText } from '../service.ts';
import { findSignerPerson, ownPhone, ownPhoneIndex } from './repo.ts';

type Own = Held & { readonly ownSide: string };

/** Words the side reads in its own log. */
const PURPOSE: Readonly<Record<Language, string>> = {
  zh: '按您的要求发送签署验证码',
  en: 'Sending the code for signing that you asked for',
};
/** Three tries for a code, as signing in has, a few codes in ten minutes, and ten a day: guessing leads nowhere, and no telephone is flooded. */
const MOST_CODES: readonly { readonly within: number; readonly most: number }[] = [
  { within: 10 * MINUTE_MS, most: 5 },
  { within: 24 * 60 * MINUTE_MS, most: 10 },
];

/** What a code is good for: this side's name under these very words, and nothing else. */
const subjectOf = ({ row, ownSide }: Own, digest: string): string => `agreement:${row.case_id}:${ownSide}:${digest}`;

/** The words that stand, in the hands of whoever is about to sign them. */
const toSign = async (deps: Deps, held: Own, digest: string) => {
  demandStage(held, ['drafted']);
  const opened = await openAgreement(deps, held);
  const text = writtenText(opened);
  if (text.digest !== digest) throw conflict('textChanged', { version: text.version });
  return { ...text, isSigned: opened.signatures.some(({ signer }) => signer === held.ownSide) };
};

/** The telephone of a side, opened for sending: the reading stands in that side's log, and bounds how often it is done. */
const openPhone = (deps: Deps, { row, ownSide }: Own, language: Language): Promise<string | undefined> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now();
    const party = { caseId: row.case_id, partyId: ownSide };
    for (const { within, most } of MOST_CODES) {
      const since = instantOfMs(now.getTime() - within);
      if ((await countSendings(tx, { ...party, purposes: Object.values(PURPOSE), since })) >= most)
        throw new Problem(429, 'tooManyRequests');
    }
    const sealed = await readPhoneToSend(tx, { ...party, accessId: v7(), purpose: PURPOSE[language], now: now.toISOString() });
    return sealed && deps.crypto.open(sealed, partyPlace(row.case_id, ownSide, 'phone')).toString('utf8');
  });

/** Sends a code for signing to the telephone this side left. Whoever left none, a landline, or one that another side left too, signs on paper. */
export const sendSigningCode = async (deps: Deps, who: Who, digest: string, language: Language): Promise<{ ok: boolean }> => {
  const { subject, phone } = await withOwnDispute(deps, who, async (held) => {
    const { isSigned } = await toSign(deps, held, digest);
    if (isSigned) throw conflict('signedAlready');
    const known = await ownPhone(held.scope.tx, held.row.case_id, held.ownSide);
    if (known === 'landline') throw conflict('phoneGetsNoMessages');
    const own = known === 'fit' ? await openPhone(deps, held, language) : undefined;
    if (!own) throw conflict('phoneMissing');
    if (!getsMessages(own)) throw conflict('phoneGetsNoMessages');
    return { subject: subjectOf(held, digest), phone: own };
  });
  // Nobody waits for the gateway while the matter is held.
  await sendProof(deps, subject, phone);
  return { ok: true };
};

const signAs = async (deps: Deps, held: Own, name: string, digest: string, by: SignerProof, prove: () => Promise<void>) => {
  const text = await toSign(deps, held, digest);
  const printed = text.draft.parties.find(({ partyId }) => partyId === held.ownSide)?.name.trim();
  if (printed !== name.trim()) throw invalid('nameDiffers', { field: 'name' });
  // Sent again after a lost answer: the code is used up, and what it was for is done.
  if (!text.isSigned) await prove();
  return sign(deps, held, text, [held.ownSide], by);
};

/** A side signs with its query code: its own name, under the very words it was shown, with the code that its telephone was sent. */
export const signOnScreen = (deps: Deps, who: Who, { name, digest, code }: SignedOnScreen): Promise<AgreementView> =>
  withOwnDispute(deps, who, (held) => signAs(deps, held, name, digest, 'code', () => checkProof(deps, subjectOf(held, digest), code)));

/**
 * The same by a signed-in account that is this side: its proved telephone is the one the side left, or it is the account that applied for itself.
 * Taking the matter in by its query code makes nobody the side.
 */
export const signByAccount = async (deps: Deps, who: Who, { queryCode, name, digest }: SignedByAccount): Promise<AgreementView> => {
  const { personId } = await ownAccount(deps, who);
  const { phone } = await ownDetails(deps, who);
  const holder: Who = { ...withoutSession(deps), kind: 'service', receiptHash: deps.crypto.receiptHash(queryCode) };
  return withOwnDispute(deps, holder, (held) =>
    signAs(deps, held, name, digest, 'account', async () => {
      const { scope, row, ownSide } = held;
      const index = await ownPhoneIndex(scope.tx, row.case_id, ownSide);
      const hasPhone = phone && index?.equals(deps.crypto.blindIndex('phone', phone));
      const applied = row.submitter_id === personId && (await findSignerPerson(scope.tx, row.case_id, ownSide)) === personId;
      if (!hasPhone && !applied) throw forbidden('accountNotSide');
    }),
  );
};
