import type { Deps } from '../../platform/deps.ts';
import { leaderBackground } from '../../platform/feed/leader.ts';
import { forgetMessages, sendWaiting } from './send/service.ts';

const EVERY_MS = 1000;
const DAY_MS = 86_400_000;

/** The leader's poll of messages whose turn has come, and once a day the forgetting of old ones. */
export const messagesBackground = (deps: Deps): Deps['background'][number] => {
  const sending = leaderBackground(deps, 'message', () => sendWaiting(deps), EVERY_MS);
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'messages',
    start: () => {
      timer = setInterval(
        () => void forgetMessages(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'forgetting messages failed')),
        DAY_MS,
      );
      timer.unref();
      return sending.start();
    },
    stop: async () => {
      clearInterval(timer);
      await sending.stop();
      for (const sender of Object.values(deps.messages)) sender.close?.();
    },
  };
};
