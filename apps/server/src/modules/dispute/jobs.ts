import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { releaseWaiting } from './centre/service.ts';
import { remindSessions, tellChanges } from './session/telling/service.ts';

const MINUTE_MS = 60_000;

/** Each minute: whom a time concerns that was set, changed or is near; and what is to be told of a period that is over. */
export const disputeBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'dispute', [
    { everyMs: MINUTE_MS, what: 'telling of times that changed', work: tellChanges },
    { everyMs: MINUTE_MS, what: 'reminding of times', work: remindSessions },
    { everyMs: MINUTE_MS, what: 'telling how long centres let people wait', work: releaseWaiting },
  ]);
