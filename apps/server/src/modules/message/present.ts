import type { MessageView } from '@tongxin/domain/message/schema.ts';
import type { MessageRow } from './repo.ts';

/** What became of a message, without whom it went to. */
export const presentMessage = (row: MessageRow): MessageView => ({
  id: row.message_id,
  channel: row.channel,
  state: row.state,
  tries: row.tries,
  ...(row.last_problem ? { problem: row.last_problem } : {}),
  createdAt: row.created_at.toISOString(),
  ...(row.next_at ? { nextAt: row.next_at.toISOString() } : {}),
  ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
});
