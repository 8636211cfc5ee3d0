import type { Deps } from '../../platform/deps.ts';
import { leaderBackground } from '../../platform/feed/leader.ts';
import { tellDue } from './service.ts';

const EVERY_MS = 1000;

/** The leader's poll of due times. */
export const clockBackground = (deps: Deps): Deps['background'][number] => leaderBackground(deps, 'clock', () => tellDue(deps), EVERY_MS);
