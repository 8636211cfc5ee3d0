import { createHash, randomBytes } from 'node:crypto';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../deps.ts';
import { conflict, Problem } from '../errors/problem.ts';
import type { SealedWriter } from '../files/sealed-stream.ts';
import type { Scope, Who } from '../tx/tx.ts';
import { cancelWaiting, countOpen, findJob, insertJob, type JobRow, letRun, wantCancel, wantRetry } from './repo.ts';

export { findJob, type JobRow, listJobs } from './repo.ts';

/** What a job's work is given. It may be begun again after a kill: what it writes must bear that. */
export interface JobCall {
  readonly deps: Deps;
  readonly jobId: string;
  /** The scope of whoever started it, as it is now, by the post they chose then. */
  readonly who: Who;
  readonly input: unknown;
  /** Aborted when somebody cancels, when the server stops, or when another process took the job over. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total?: number) => void;
  /** The file it makes, sealed; at most one. */
  readonly file: () => SealedWriter;
}

/** What a job comes to. `result` holds counts and codes, `detail` words, which are sealed. */
export interface JobEnd {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly detail?: unknown;
  readonly file?: { readonly name: string; readonly type: string };
}

/** A kind of long work that people start. A refusal it throws as a Problem ends it; anything else is tried again. */
export interface JobKind {
  readonly name: string;
  readonly run: (call: JobCall) => Promise<JobEnd>;
}

const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
/** Jobs of one person that wait or run: a second click is no second export of everything. */
const MOST_OPEN = 3;

export const inputPlace = (jobId: string): string => `job-input:${jobId}`;
const tokenPlace = (jobId: string): string => `job-token:${jobId}`;
export const detailPlace = (jobId: string): string => `job-detail:${jobId}`;
export const filePlaceOf = (jobId: string, attempt: number): string => `job-file:${jobId}:${attempt}`;

const admit = async (deps: Deps, scope: Scope, jobId: string): Promise<void> => {
  const token = randomBytes(32).toString('base64url');
  const { chosenPostId } = scope.actor;
  const words = chosenPostId ? `${token} ${chosenPostId}` : token;
  await letRun(scope.tx, { jobId, token, tokenSealed: deps.crypto.seal(words, tokenPlace(jobId)) });
};

/** Under whose token a job runs, and by which of their posts. */
export const starterOf = (deps: Pick<Deps, 'crypto'>, jobId: string, tokenSealed: Buffer): Who => {
  const [token, postId] = deps.crypto.open(tokenSealed, tokenPlace(jobId)).toString('utf8').split(' ');
  return { kind: 'service', token: token!, ...(postId ? { postId } : {}) };
};

/**
 * Starts a job in the caller's transaction, under an id the client made: the same id and input again is the same job, another input 409
 * `idTaken`. `about` holds codes for lists. Refused with 409 `tooManyJobs` while three of the caller's are under way.
 */
export const startJob = async (
  deps: Deps,
  scope: Scope,
  job: { readonly id: string; readonly kind: string; readonly input: unknown; readonly about: Readonly<Record<string, unknown>> },
): Promise<JobRow> => {
  const words = canonical(job.input as never);
  const digest = createHash('sha256').update(`${job.kind}:${words}`, 'utf8').digest();
  const known = await findJob(scope.tx, job.id);
  if (known) {
    if (!known.input_digest.equals(digest)) throw conflict('idTaken');
    return known;
  }
  if ((await countOpen(scope.tx)) >= MOST_OPEN) throw conflict('tooManyJobs', { most: MOST_OPEN });
  const now = deps.clock.now();
  await insertJob(scope.tx, {
    jobId: job.id,
    personId: scope.actor.personId!,
    kind: job.kind,
    input: deps.crypto.seal(words, inputPlace(job.id)),
    digest,
    about: job.about,
    now: now.toISOString(),
    expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
  });
  await admit(deps, scope, job.id);
  return (await findJob(scope.tx, job.id))!;
};

const own = async (scope: Scope, jobId: string): Promise<JobRow> => {
  const job = await findJob(scope.tx, jobId);
  if (!job) throw new Problem(404, 'notFound');
  return job;
};

/** Stops a job of the caller's: at once where it waits, within a second where it runs. One that has ended stays as it is. */
export const cancelJob = async (deps: Deps, scope: Scope, jobId: string): Promise<JobRow> => {
  const job = await own(scope, jobId);
  if (job.status === 'waiting') await cancelWaiting(scope.tx, jobId, deps.clock.now().toISOString());
  else if (job.status === 'running') await wantCancel(scope.tx, jobId);
  return own(scope, jobId);
};

/** Begins a failed or cancelled job again, with what was asked then and the scope of today. */
export const retryJob = async (deps: Deps, scope: Scope, jobId: string): Promise<JobRow> => {
  const job = await own(scope, jobId);
  if (job.status !== 'failed' && job.status !== 'cancelled') throw conflict('jobNotEnded');
  if ((await countOpen(scope.tx)) >= MOST_OPEN) throw conflict('tooManyJobs', { most: MOST_OPEN });
  await wantRetry(scope.tx, jobId);
  await admit(deps, scope, jobId);
  return own(scope, jobId);
};

export const inputOf = (deps: Pick<Deps, 'crypto'>, job: Pick<JobRow, 'job_id' | 'input_sealed'>): unknown =>
  JSON.parse(deps.crypto.open(job.input_sealed, inputPlace(job.job_id)).toString('utf8'));
export const detailOf = (deps: Pick<Deps, 'crypto'>, job: Pick<JobRow, 'job_id' | 'detail_sealed'>): unknown =>
  job.detail_sealed ? JSON.parse(deps.crypto.open(job.detail_sealed, detailPlace(job.job_id)).toString('utf8')) : undefined;
