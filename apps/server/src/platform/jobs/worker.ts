import { Logger, type Runner, run, runOnce, type Task, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { Deps } from '../deps.ts';
import { Problem } from '../errors/problem.ts';
import { removeSealed, type SealedWriter, sealedWriter } from '../files/sealed-stream.ts';
import { detailPlace, filePlaceOf, inputOf, type JobEnd, type JobKind, starterOf } from './jobs.ts';
import { adoptJobs, endJob, expireJobs, releaseJob, takeJob, tellProgress, type WorkRow } from './repo.ts';

/** Work of the queue that nobody waits for on a screen: tried again with growing pauses until it does not throw. */
export interface QueuedTask {
  readonly name: string;
  readonly run: (deps: Deps, payload: unknown, attempt: { readonly n: number; readonly most: number }) => Promise<void>;
}

const TELL_MS = 500;
const SWEEP_MS = 10_000;
/** At the same time: the others wait, so that exports never take the connections of requests. */
const AT_ONCE = 2;

class Stopped extends Error {
  readonly why: 'cancelled' | 'stopping' | 'lost';
  constructor(why: Stopped['why']) {
    super(why);
    this.why = why;
  }
}

const sealedFile = (deps: Deps, work: WorkRow): { open: () => SealedWriter; bytes: () => number } => {
  let writer: SealedWriter | undefined;
  return {
    open: () => {
      writer = sealedWriter(deps, filePlaceOf(work.job_id, work.attempt));
      return writer;
    },
    bytes: () => writer?.taken() ?? 0,
  };
};

/** One attempt at one job, in hand on its own connection. */
const attempt = async (
  deps: Deps,
  kinds: readonly JobKind[],
  client: pg.PoolClient,
  work: WorkRow,
  stopping: AbortSignal,
  last: boolean,
): Promise<void> => {
  const { job_id: jobId } = work;
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, stopping]);
  client.on('error', () => abort.abort(new Stopped('lost')));
  let [done, total] = [0, undefined as number | undefined];
  let telling: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    telling = tellProgress(client, jobId, done, total).then(
      (wanted) => wanted && abort.abort(new Stopped('cancelled')),
      () => abort.abort(new Stopped('lost')),
    );
  }, TELL_MS);
  const file = sealedFile(deps, work);
  const now = () => deps.clock.now();
  const settle = async (): Promise<void> => {
    clearInterval(timer);
    await telling;
  };
  const dropFile = () => removeSealed(deps, filePlaceOf(jobId, work.attempt));
  try {
    // What an attempt that was killed left half made.
    if (work.attempt > 1) await removeSealed(deps, filePlaceOf(jobId, work.attempt - 1));
    const kind = kinds.find(({ name }) => name === work.kind);
    if (!kind) throw new Problem(422, 'unknownJob');
    const end: JobEnd = await kind.run({
      deps,
      jobId,
      who: starterOf(deps, jobId, work.token_sealed),
      input: inputOf(deps, work),
      signal,
      progress: (n, of) => {
        [done, total] = [n, of ?? total];
      },
      file: file.open,
    });
    await settle();
    // Whoever wanted it stopped before it ended is not told that it is done.
    if (!signal.aborted && (await tellProgress(client, jobId, done, total))) abort.abort(new Stopped('cancelled'));
    signal.throwIfAborted();
    await endJob(client, jobId, {
      status: 'done',
      done,
      total,
      ...(end.result ? { result: end.result } : {}),
      ...(end.detail === undefined ? {} : { detail: deps.crypto.seal(JSON.stringify(end.detail), detailPlace(jobId)) }),
      ...(end.file ? { file: { ...end.file, bytes: file.bytes() } } : {}),
      now: now(),
    });
  } catch (error) {
    await settle();
    await dropFile();
    const why = signal.aborted ? (stopping.aborted ? 'stopping' : (signal.reason as Stopped).why) : undefined;
    if (why === 'cancelled') return endJob(client, jobId, { status: 'cancelled', now: now() });
    // Begun again elsewhere or at the next start.
    if (why) {
      if (why === 'stopping') await endJob(client, jobId, { status: 'waiting', now: now() });
      throw new Stopped(why);
    }
    if (error instanceof Problem) return endJob(client, jobId, { status: 'failed', problem: error.code, now: now() });
    deps.log.error({ job: jobId, kind: work.kind, error: (error as Error).message }, 'a job failed');
    await endJob(client, jobId, last ? { status: 'failed', problem: 'jobFailed', now: now() } : { status: 'waiting', now: now() });
    throw error;
  }
};

const runJob = async (deps: Deps, kinds: readonly JobKind[], jobId: string, stopping: AbortSignal, last: boolean): Promise<void> => {
  const client = await deps.pools.jobs.connect();
  let broken: Error | undefined;
  try {
    const work = await takeJob(client, jobId, deps.clock.now());
    if (work === 'elsewhere') return;
    try {
      if (work) await attempt(deps, kinds, client, work, stopping, last);
    } finally {
      client.removeAllListeners('error');
      client.on('error', () => {});
      await releaseJob(client, jobId).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    client.release(broken);
  }
};

const tasksOf = (deps: Deps, kinds: readonly JobKind[], tasks: readonly QueuedTask[], stopping: AbortSignal): TaskList => ({
  job: (payload, { job }) => runJob(deps, kinds, (payload as { jobId: string }).jobId, stopping, job.attempts >= job.max_attempts),
  ...Object.fromEntries(
    tasks.map((task) => [
      task.name,
      (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) =>
        task.run(deps, payload, { n: job.attempts, most: job.max_attempts }),
    ]),
  ),
});

const quiet = new Logger(() => () => {});

/** Runs everything the queue holds now, and returns when it is done: for tests and the command line. */
export const settleJobs = async (deps: Deps, kinds: readonly JobKind[], tasks: readonly QueuedTask[] = []): Promise<void> => {
  // Ends of jobs are written behind the back of whoever runs them, unless they go in batches, which are waited for; what stood in the same queue comes next.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
  let ran: boolean;
  const noting =
    (task: Task): Task =>
    (payload, helpers) => {
      ran = true;
      return task(payload, helpers);
    };
  const taskList = Object.fromEntries(
    Object.entries(tasksOf(deps, kinds, tasks, new AbortController().signal)).map(([name, task]) => [name, noting(task as Task)]),
  );
  do {
    ran = false;
    await runOnce({ pgPool: deps.pools.jobs, taskList, preset, logger: quiet, noHandleSignals: true });
  } while (ran);
};

/** Takes over what killed processes left, and lets go of files whose time is over. */
export const sweepJobs = async (deps: Deps): Promise<number> => {
  const client = await deps.pools.jobs.connect();
  try {
    for (const gone of await expireJobs(client, deps.clock.now()))
      await removeSealed(deps, filePlaceOf(gone.job_id, gone.attempt), Number(gone.file_bytes));
    return await adoptJobs(client);
  } finally {
    client.release();
  }
};

/** Runs queued jobs beside requests; any number of processes may. A stop ends what runs, and it is begun again at the next start. */
export const jobsBackground = (deps: Deps, kinds: readonly JobKind[], tasks: readonly QueuedTask[]): Deps['background'][number] => {
  const stopping = new AbortController();
  let runner: Runner | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = (): Promise<unknown> =>
    sweepJobs(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'sweeping jobs failed'));
  return {
    name: 'jobs',
    start: async () => {
      await sweep();
      runner = await run({
        pgPool: deps.pools.jobs,
        taskList: tasksOf(deps, kinds, tasks, stopping.signal),
        concurrency: AT_ONCE,
        pollInterval: 2000,
        noHandleSignals: true,
        logger: quiet,
      });
      timer = setInterval(() => {
        sweeping = sweep();
      }, SWEEP_MS);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      stopping.abort(new Stopped('stopping'));
      await sweeping;
      await runner?.stop();
    },
  };
};
