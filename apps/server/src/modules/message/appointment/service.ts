import { appointmentWords, awakeAt } from '@tongxin/domain/message/rules.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import type { Tx } from '../../../platform/tx/tx.ts';
import { findPersonWishes, findWishes, type NewMessage, type PersonWish, putMessages, type Wish } from '../repo.ts';

/** Who is invited to a time of a case. */
export interface Invited {
  /** One party; without it every one. */
  readonly partyId?: string | undefined;
  /** Who asked for messages until then has heard enough. */
  readonly askedAfter?: Date | undefined;
}

/**
 * Writes a message for each of the parties who asked to hear of the matter: that a time was set or changed, or is near. It names nothing, and leads
 * to the page where a code is asked for, not past it. The caller's transaction makes it once. `invited`: by case, who is invited.
 */
export const tellAppointments = async (
  deps: Deps,
  tx: Tx,
  what: 'changed' | 'soon',
  invited: ReadonlyMap<string, readonly Invited[]>,
): Promise<number> => {
  const caseIds = [...invited.keys()];
  if (caseIds.length === 0) return 0;
  const now = deps.clock.now().toISOString();
  const wishes = [...(await findWishes(tx, caseIds)), ...(await findPersonWishes(tx, caseIds))].filter((wish) => {
    const among = invited.get(wish.case_id) ?? [];
    const isTold = ({ partyId = wish.party_id, askedAfter }: Invited): boolean =>
      partyId === wish.party_id && (!askedAfter || wish.wished_at > askedAfter);
    return deps.messages[wish.channel] && among.some(isTold);
  });
  const messages = wishes.map((wish: Wish | PersonWish): NewMessage => {
    const words = { ...appointmentWords(what, wish.language), number: '', page: 'track' };
    return {
      message_id: v7(),
      channel: wish.channel,
      kind: 'progress',
      language: wish.language,
      next_at: awakeAt(now),
      ...('address_id' in wish
        ? { address_id: wish.address_id, params: { ...words, caseId: wish.case_id, partyId: wish.party_id } }
        : { case_id: wish.case_id, party_id: wish.party_id, params: words }),
    };
  });
  await putMessages(tx, messages, now);
  return messages.length;
};
