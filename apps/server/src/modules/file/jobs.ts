import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { sweepUploads } from './service.ts';

const HOUR_MS = 3_600_000;

const sweep = async (deps: Deps): Promise<void> => {
  const swept = await sweepUploads(deps);
  if (swept > 0) deps.log.info({ uploads: swept }, 'uploads that were never filed are gone');
};

/** Lets go, every hour, of uploads whose report never came. */
export const uploadsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] =>
  roundsBackground(deps, 'uploads', [{ everyMs, what: 'sweeping uploads', work: sweep }]);
