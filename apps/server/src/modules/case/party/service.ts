import { createHash } from 'node:crypto';
import { permitWork } from '@tongxin/domain/procedure/rules.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { refused } from '../errors.ts';
import { findCase } from '../repo.ts';
import { readSealedParty } from './repo.ts';

/** An id that the same thing of the same case has whenever it is derived. */
export const derivedId = (caseId: string, what: string): string => {
  const hex = createHash('sha256').update(`${what}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const MOST_SIDES = 10;
/** Of a side of a quarrel, by the place in the list: a repeated registration derives the same codes, and sides keep their order. */
export const partyIdOf = (caseId: string, index: number): string => derivedId(caseId, `party${index}`);
/** The sides of a quarrel that are among these parties, in the order they were written down: they joined at one instant, under ids without order. */
export const sidesInOrder = (caseId: string, partyIds: Iterable<string>): string[] => {
  const known = new Set(partyIds);
  return Array.from({ length: MOST_SIDES }, (_, index) => partyIdOf(caseId, index)).filter((id) => known.has(id));
};

/** What binds a party's sealed field to its place. */
export const partyPlace = (caseId: string, partyId: string, field: 'name' | 'phone'): string => `party:${caseId}:${partyId}:${field}`;

/** A party as its query code knows it: by the slip it was handed last, where one was made anew. */
export interface CodeHolder {
  readonly caseId: string;
  readonly partyId: string;
  readonly slip?: string;
}
/** The query code that opens the case to a party now. */
export const codeOfParty = (deps: Pick<Deps, 'crypto'>, { caseId, partyId, slip }: CodeHolder): string =>
  deps.crypto.receiptCode(caseId, slip ? `${partyId}:${slip}` : partyId);

/** Opens a party's name or contact for a purpose. The reading stands in that person's access log before anything is answered (R1, R3). */
export const readParty = (
  deps: Deps,
  who: Who,
  caseId: string,
  partyId: string,
  request: { readonly purpose: string; readonly fields: readonly ('name' | 'phone')[] },
): Promise<{ name?: string; phone?: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    // Blanks are no purpose: the person concerned reads this line.
    if (request.purpose.trim().length < 2) throw invalid('wordsMissing');
    const row = await findCase(scope.tx, caseId);
    if (!row) throw notFound();
    const permitted = permitWork(row.state, scope.actor, 'party.read');
    if (!permitted.ok) throw refused(permitted);
    const sealed = await readSealedParty(scope.tx, {
      caseId,
      partyId,
      purpose: request.purpose,
      postId: permitted.post.postId,
      organizationId: permitted.post.organizationId,
      fields: request.fields,
      accessId: v7(),
      now: deps.clock.now().toISOString(),
    });
    if (!sealed) throw notFound();
    const open = (field: 'name' | 'phone', bytes: Buffer | null) =>
      bytes ? { [field]: deps.crypto.open(bytes, partyPlace(caseId, partyId, field)).toString('utf8') } : {};
    return { ...open('name', sealed.name_sealed), ...open('phone', sealed.phone_sealed) };
  });
