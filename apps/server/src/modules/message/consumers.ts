import { createHash } from 'node:crypto';
import { awakeAt, progressWords, toldOutside } from '@tongxin/domain/message/rules.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import { findProcedures, findWishes, type NewMessage, putMessages, type Wish } from './repo.ts';

/** What happened three days ago is read on the page: nobody's telephone rings for it. */
const STALE_MS = 3 * 86_400_000;

const messageId = (event: FeedEvent, { case_id, party_id, channel }: Wish): string => {
  const hex = createHash('sha256').update(`message:${event.caseId}:${event.eventNo}:${case_id}:${party_id}:${channel}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Writes a message for each reporter who wants to hear of a step. A channel that is off has none: nothing piles up for the day it is on. */
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
    const wishes = (await findWishes(tx, caseIds)).filter(({ channel }) => deps.messages[channel]);
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
          const { subject, text } = progressWords(told, wish.number, wish.language);
          return [
            {
              message_id: messageId(event, wish),
              channel: wish.channel,
              kind: 'progress',
              case_id: wish.case_id,
              party_id: wish.party_id,
              language: wish.language,
              params: {
                number: wish.number,
                subject,
                text,
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
