import { erasureOf, objectionWords } from '@tongxin/domain/account/rules.ts';
import type { ErasureView, NewObjection, OwnCase, SignInWays } from '@tongxin/domain/account/schema.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { withoutSession } from '../../platform/access-plugin/caller.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { fileNewCase } from '../intake/index.ts';
import { type AccessRow, findAccess, insertObjection, ownAccount, ownDetails, resident } from '../person/index.ts';
import { removeAccount, signInWays } from '../session/index.ts';
import { presentOwnCase, presentWays } from './present.ts';
import { claimParty, eraseOwn, listOwnCases } from './repo.ts';

/** The caller's matters: filed while signed in, or taken in by query code. */
export const ownCases = (deps: Deps, who: Who): Promise<OwnCase[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    return (await listOwnCases(scope.tx)).map((row) => presentOwnCase(deps, row));
  });

/** Takes a matter in by its query code: the same again changes nothing. 404 for an unknown code, 409 where another account holds it. */
export const claimCase = (deps: Deps, who: Who, code: string): Promise<OwnCase[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    const claimed = await claimParty(scope.tx, deps.crypto.receiptHash(code));
    if (!claimed) throw notFound('codeUnknown');
    if (claimed.taken) throw conflict('claimTaken');
    return (await listOwnCases(scope.tx)).map((row) => presentOwnCase(deps, row));
  });

export const ways = async (deps: Deps, who: Who): Promise<SignInWays> => {
  const { authUserId } = await ownAccount(deps, who);
  return presentWays(await signInWays(deps, authUserId));
};

/**
 * Where an objection goes: complained of the body that read, where it may be; received by the nearest body, from the reader's own area upwards,
 * that is another. Where there is none, the letters office takes it.
 */
const doorFor = (deps: Deps, readerId: string): Pick<NewCase, 'procedure' | 'areaId' | 'respondentOrganizationId'> => {
  const reader = deps.directory.organization(readerId);
  const place = reader ? deps.places.ofArea(reader.areaId) : undefined;
  const respondent = reader?.mayBeRespondent ? { respondentOrganizationId: readerId } : {};
  for (const id of ['order', 'letter']) {
    const receivedBy = deps.procedures.latest(id)?.receivedBy;
    if (!receivedBy) continue;
    for (const areaId of place ? pathOf(place).reverse() : []) {
      const at = deps.places.ofArea(areaId);
      if (at && deps.directory.receiving(receivedBy, 'portal', at) !== readerId) return { procedure: id, areaId, ...respondent };
    }
  }
  return { procedure: 'letter', ...(reader ? { areaId: reader.areaId } : {}) };
};

interface Objector {
  /** Who files: the resident, or the portal for whoever holds a query code. */
  readonly files: Who;
  readonly reading: AccessRow;
  readonly reporter: NonNullable<NewCase['reporter']>;
}

const objectTo = async (
  deps: Deps,
  { files, reading, reporter }: Objector,
  objection: NewObjection,
  language: Language,
): Promise<Receipt> => {
  if (objection.words.trim().length < 2) throw invalid('wordsMissing');
  if (reading.objectionCaseId && reading.objectionCaseId !== objection.caseId) throw conflict('alreadyObjected');
  // What the installation itself read, in order to send what was asked for, nobody is to be blamed for.
  if (!reading.organizationId) throw invalid('nobodyRead');
  const by = [reading.organization, reading.post].filter((one) => one !== null);
  const { at, fields, purpose } = reading;
  const { receipt } = await fileNewCase(
    deps,
    files,
    {
      id: objection.caseId,
      demandKind: 'complaint',
      text: objectionWords({ at: at.toISOString(), by, fields, purpose }, objection.words.trim(), language),
      reporter,
      ...doorFor(deps, reading.organizationId),
    },
    undefined,
    language,
  );
  return receipt;
};

/** Objects to a reading of the caller's data: a case of its own, noted beside the reading. */
export const objectAsPerson = async (
  deps: Deps,
  who: Who,
  accessId: string,
  objection: NewObjection,
  language: Language,
): Promise<Receipt> => {
  const reading = await withScope(deps.pools.app, who, async (scope) => findAccess(scope.tx, accessId, { personId: resident(scope) }));
  if (!reading) throw notFound();
  const { name, phone } = await ownDetails(deps, who);
  const receipt = await objectTo(
    deps,
    { files: who, reading, reporter: { ...(name ? { name } : {}), ...(phone ? { phone } : {}) } },
    objection,
    language,
  );
  await withScope(deps.pools.app, who, ({ tx, actor }) =>
    insertObjection(tx, { accessId, personId: actor.personId!, caseId: receipt.id, now: deps.clock.now() }),
  );
  return receipt;
};

/** The same for whoever holds the query code of the matter it was read in, and no account. */
export const objectWithCode = async (
  deps: Deps,
  who: Who,
  accessId: string,
  objection: NewObjection,
  language: Language,
): Promise<Receipt> => {
  const reading = await withScope(deps.pools.app, who, async ({ tx, receipt }) =>
    receipt ? findAccess(tx, accessId, receipt) : undefined,
  );
  if (!reading) throw notFound();
  const receipt = await objectTo(deps, { files: withoutSession(deps), reading, reporter: {} }, objection, language);
  await withScope(deps.pools.app, who, (scope) =>
    insertObjection(scope.tx, { accessId, partyId: scope.receipt!.partyId, caseId: receipt.id, now: deps.clock.now() }),
  );
  return receipt;
};

/** What giving up the account would erase, and what would stay. */
export const erasure = (deps: Deps, who: Who): Promise<ErasureView> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    const rows = await listOwnCases(scope.tx);
    const ended = rows.filter(({ ended_at }) => ended_at).length;
    return erasureOf({ open: rows.length - ended, ended });
  });

/** Gives the account up: at once, and nobody is signed in to it any more. Whoever signs in by the same telephone later begins anew. */
export const eraseAccount = async (deps: Deps, who: Who): Promise<ErasureView> => {
  const gone = await withScope(deps.pools.app, who, (scope) => {
    resident(scope);
    return eraseOwn(scope.tx, deps.clock.now());
  });
  await removeAccount(deps, gone.authUserId);
  return erasureOf({ open: gone.kept, ended: gone.erased });
};
