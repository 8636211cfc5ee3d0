import type { Deps } from '../../platform/deps.ts';
import { leaderBackground } from '../../platform/feed/leader.ts';
import { tellWaiting } from './delivery/service.ts';

const EVERY_MS = 1000;

/** The leader's poll of notices that waited for the end of quiet hours or for a digest. */
export const noticeBackground = (deps: Deps): Deps['background'][number] =>
  leaderBackground(deps, 'notice', () => tellWaiting(deps), EVERY_MS);
