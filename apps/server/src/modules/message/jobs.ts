import type { Deps } from '../../platform/deps.ts';
import { leaderBackground } from '../../platform/feed/leader.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { forgetMessages, sendWaiting } from './send/service.ts';

const EVERY_MS = 1000;
const DAY_MS = 86_400_000;

/** The leader's poll of messages whose turn has come, and once a day the forgetting of old ones. */
export const messagesBackground = (deps: Deps): Deps['background'][number] => {
  const sending = leaderBackground(deps, 'message', () => sendWaiting(deps), EVERY_MS);
  const forgetting = roundsBackground(deps, 'messages', [{ everyMs: DAY_MS, what: 'forgetting messages', work: forgetMessages }]);
  return {
    name: 'messages',
    start: () => {
      forgetting.start();
      return sending.start();
    },
    stop: async () => {
      await forgetting.stop();
      await sending.stop();
      for (const sender of Object.values(deps.messages)) sender.close?.();
    },
  };
};
