import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { type AccessRow, listAccess, listPartyAccess, type OwnRow, readOwn, setOwn } from './repo.ts';

/** What a sealed name or telephone of a person is bound to: a value moved to another row does not open. */
export const namePlace = (personId: string): string => `person:name:${personId}`;
export const contactPlace = (kind: 'phone' | 'mail', index: Buffer): string => `person:${kind}:${index.toString('hex')}`;

/** Who looked at the caller's data: latest first, from before an instant. */
export const accessLog = (deps: Deps, who: Who, before: string | undefined, limit: number): Promise<AccessRow[]> => {
  if (before !== undefined && !isInstant(before)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, ({ tx, actor }) => listAccess(tx, actor.personId!, before ? new Date(before) : undefined, limit));
};

/** Who looked at the party that a query code belongs to: latest first, from before an instant. */
export const partyAccessLog = (deps: Deps, who: Who, before: string | undefined, limit: number): Promise<AccessRow[]> => {
  if (before !== undefined && !isInstant(before)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, ({ tx, receipt }) => {
    if (!receipt) throw notFound();
    return listPartyAccess(tx, receipt, before ? new Date(before) : undefined, limit);
  });
};

export interface OwnDetails {
  readonly name?: string;
  readonly phone?: string;
  readonly mail?: string;
  readonly language: 'zh' | 'en';
  readonly largeType: boolean;
}

const openOwn = (deps: Deps, personId: string, row: OwnRow): OwnDetails => {
  const open = (sealed: Buffer, place: string): string => deps.crypto.open(sealed, place).toString('utf8');
  const { name, phone, phoneIndex, mail, mailIndex, language, largeType } = row;
  return {
    ...(name ? { name: open(name, namePlace(personId)) } : {}),
    ...(phone && phoneIndex ? { phone: open(phone, contactPlace('phone', phoneIndex)) } : {}),
    ...(mail && mailIndex ? { mail: open(mail, contactPlace('mail', mailIndex)) } : {}),
    language,
    largeType,
  };
};

/** The caller's own name, telephone and mail address. Reading one's own is not a reading that is logged. */
export const ownDetails = (deps: Deps, who: Who): Promise<OwnDetails> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => openOwn(deps, actor.personId!, await readOwn(tx)));

/** Corrects the name, or keeps how large letters are. Residents only: the names of staff are their office's. */
export const chooseDetails = (
  deps: Deps,
  who: Who,
  { name, largeType }: { readonly name?: string; readonly largeType?: boolean },
): Promise<OwnDetails> =>
  withScope(deps.pools.app, who, async (scope) => {
    const personId = resident(scope);
    if (name !== undefined && (name.trim() === '' || name.includes('\u0000') || !name.isWellFormed())) throw invalid('badCharacters');
    await setOwn(scope.tx, {
      name: name === undefined ? null : deps.crypto.seal(name.trim(), namePlace(personId)),
      largeType: largeType ?? null,
    });
    return openOwn(deps, personId, await readOwn(scope.tx));
  });

/** The person of a scope, who has to be a resident. Throws 403. */
export const resident = ({ actor, personKind }: Scope): string => {
  if (personKind !== 'resident' || !actor.personId) throw forbidden('residentsOnly');
  return actor.personId;
};

/** The caller's account, who has to be a resident. */
export const ownAccount = (deps: Deps, who: Who): Promise<{ readonly personId: string; readonly authUserId: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const personId = resident(scope);
    return { personId, authUserId: (await readOwn(scope.tx)).authUserId! };
  });
