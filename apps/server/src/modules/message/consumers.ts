import { createHash } from 'node:crypto';
import { awakeAt, periodTold, periodWords, progressWords, toldOutside } from '@tongxin/domain/message/rules.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import { findPersonWishes, findProcedures, findWishes, type NewMessage, type PersonWish, putMessages, type Wish } from './repo.ts';

/** What happened three days ago is read on the page: nobody's telephone rings for it. */
const STALE_MS = 3 * 86_400_000;

/** The same message of an event to the same receiver: the same id. */
const messageId = (event: FeedEvent, receiver: string): string => {
  const hex = createHash('sha256').update(`message:${event.caseId}:${event.eventNo}:${receiver}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** To whom a message goes: the telephone left with a matter, or an address of the account that holds it. */
const receiverOf = (wish: Wish | PersonWish) =>
  'address_id' in wish
    ? {
        key: `${wish.case_id}:${wish.address_id}`,
        row: { address_id: wish.address_id },
        params: { caseId: wish.case_id, partyId: wish.party_id },
      }
    : { key: `${wish.case_id}:${wish.party_id}:${wish.channel}`, row: { case_id: wish.case_id, party_id: wish.party_id }, params: {} };

/**
 * Writes a message for each reporter who wants to hear of a step: at the matter itself, or by the settings of the account. A channel that is off
 * has none: nothing piles up for the day it is on.
 */
export const messageConsumer = defineConsumer({
  name: 'message',
  batch: 500,
  handle: async (tx, events, deps) => {
    const now = deps.clock.now();
    const fresh = events.filter(
      (event) =>
        event.type === 'case.acted' && now.getTime() - Date.parse(event.recordedAt) < STALE_MS && event.header.to !== event.header.from,
    );
    if (fresh.length === 0) return;
    const caseIds = [...new Set(fresh.map((event) => event.caseId))];
    const wishes = [...(await findWishes(tx, caseIds)), ...(await findPersonWishes(tx, caseIds))].filter(
      ({ channel }) => deps.messages[channel],
    );
    if (wishes.length === 0) return;
    const states = await findProcedures(tx, caseIds);
    const messages = fresh.flatMap((event) => {
      const state = states.get(event.caseId);
      const procedure = state && deps.procedures.get(state.procedureId, state.procedureVersion);
      if (!procedure) return [];
      return wishes
        .filter(({ news_id, wished_at }) => news_id === event.caseId && wished_at.getTime() <= Date.parse(event.recordedAt))
        .flatMap((wish): NewMessage[] => {
          const told = toldOutside(procedure, event, wish.case_id !== event.caseId);
          if (!told) return [];
          const { subject, text } = progressWords(told, wish.number, wish.language, wish.role === 'party' ? 'side' : 'reporter');
          const { key, row, params } = receiverOf(wish);
          return [
            {
              message_id: messageId(event, key),
              channel: wish.channel,
              kind: 'progress',
              ...row,
              language: wish.language,
              params: {
                number: wish.number,
                subject,
                text,
                ...params,
                ...(event.header.set?.answered === true && wish.case_id === event.caseId ? { answered: event.eventNo } : {}),
              },
              next_at: awakeAt(now.toISOString()),
            },
          ];
        });
    });
    await putMessages(tx, messages, now.toISOString());
  },
});

/**
 * Writes a message for each side of a confided matter who wants to hear of it, when a period it may use is near its end or over. It names nothing and
 * leads to the page that asks for the code: a telephone is read by a whole family.
 */
export const periodConsumer = defineConsumer({
  name: 'messagePeriods',
  batch: 500,
  confided: true,
  handle: async (tx, events, deps) => {
    const now = deps.clock.now();
    const fresh = events.filter(({ type, recordedAt }) => type === 'clock.told' && now.getTime() - Date.parse(recordedAt) < STALE_MS);
    if (fresh.length === 0) return;
    const states = await findProcedures(tx, [...new Set(fresh.map(({ caseId }) => caseId))]);
    const told = fresh.flatMap((event) => {
      const state = states.get(event.caseId);
      const procedure = state && deps.procedures.get(state.procedureId, state.procedureVersion);
      const what = procedure && periodTold(procedure, state.clocks, event);
      return what ? [{ event, what }] : [];
    });
    if (told.length === 0) return;
    const caseIds = [...new Set(told.map(({ event }) => event.caseId))];
    const wishes = [...(await findWishes(tx, caseIds)), ...(await findPersonWishes(tx, caseIds))].filter(
      ({ channel }) => deps.messages[channel],
    );
    const messages = told.flatMap(({ event, what }) =>
      wishes
        .filter(({ case_id }) => case_id === event.caseId)
        .map((wish): NewMessage => {
          const { key, row, params } = receiverOf(wish);
          return {
            message_id: messageId(event, key),
            channel: wish.channel,
            kind: 'progress',
            ...row,
            language: wish.language,
            params: { ...periodWords(what, wish.language), ...params, number: '', page: 'track' },
            next_at: awakeAt(now.toISOString()),
          };
        }),
    );
    await putMessages(tx, messages, now.toISOString());
  },
});
