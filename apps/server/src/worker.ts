import { accountBackground } from './modules/account/index.ts';
import { placingBackground } from './modules/area/index.ts';
import { clockBackground } from './modules/clock/index.ts';
import { disputeBackground } from './modules/dispute/index.ts';
import { tablesBackground } from './modules/exchange/index.ts';
import { uploadsBackground } from './modules/file/index.ts';
import { hearingBackground } from './modules/hearing/index.ts';
import { rejectsBackground } from './modules/import/index.ts';
import { messagesBackground } from './modules/message/index.ts';
import { noticeBackground } from './modules/notice/index.ts';
import { patrolsBackground } from './modules/patrol/index.ts';
import { receptionBackground } from './modules/reception/index.ts';
import { checkpointBackground } from './modules/record/index.ts';
import { screeningBackground } from './modules/screening/index.ts';
import { sosBackground } from './modules/sos/index.ts';
import { visitsBackground } from './modules/visit/index.ts';
import { deliveriesBackground } from './modules/webhook/index.ts';
import { manifests } from './modules.ts';
import type { Deps } from './platform/deps.ts';
import { feedBackground } from './platform/feed/feed.ts';
import { jobsBackground } from './platform/jobs/worker.ts';

/** What runs beside requests, in the order of starting: the feed with every module's consumers, the clock's, the notices', calls for help's, receptions', disputes' and monthly reports' polls, the placing of
 * cases after a re-zoning, checkpoints, uploads nobody filed, old rejects, visits and checklists whose time is over, long work that people started. Each elects its own leader or does a
 * thing once, so any number of processes may run them. */
export const backgroundOf = (deps: Deps): Deps['background'] => [
  feedBackground(
    deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  ),
  clockBackground(deps),
  placingBackground(deps),
  noticeBackground(deps),
  messagesBackground(deps),
  sosBackground(deps),
  receptionBackground(deps),
  disputeBackground(deps),
  hearingBackground(deps),
  screeningBackground(deps),
  checkpointBackground(deps),
  uploadsBackground(deps),
  rejectsBackground(deps),
  accountBackground(deps),
  tablesBackground(deps),
  visitsBackground(deps),
  patrolsBackground(deps),
  deliveriesBackground(deps),
  jobsBackground(
    deps,
    manifests.flatMap(({ jobs = [] }) => jobs),
    manifests.flatMap(({ tasks = [] }) => tasks),
  ),
];
