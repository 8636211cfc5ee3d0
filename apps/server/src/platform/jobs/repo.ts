import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx } from '../tx/tx.ts';

export interface JobRow {
  readonly job_id: string;
  readonly kind: string;
  readonly input_sealed: Buffer;
  readonly input_digest: Buffer;
  readonly about: Readonly<Record<string, unknown>>;
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly attempt: number;
  readonly done: string;
  readonly total: string | null;
  readonly cancel_wanted: boolean;
  readonly problem: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly detail_sealed: Buffer | null;
  readonly file_name: string | null;
  readonly file_type: string | null;
  readonly file_bytes: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly expires_at: Date;
}

const COLUMNS = sql.raw(
  'job_id, kind, input_sealed, input_digest, about, status, attempt, done, total, cancel_wanted, problem, result, detail_sealed, file_name, file_type, file_bytes, created_at, started_at, finished_at, expires_at',
);

/** A job of the actor's own. */
export const findJob = async (tx: ScopedTx, jobId: string): Promise<JobRow | undefined> => {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from job where job_id = ${jobId}`.execute(tx);
  return rows[0];
};

/** The actor's own jobs, latest first. */
export const listJobs = async (tx: ScopedTx, limit: number): Promise<JobRow[]> => {
  const { rows } = await sql<JobRow>`select ${COLUMNS} from job order by created_at desc, job_id limit ${limit}`.execute(tx);
  return rows;
};

export const countOpen = async (tx: ScopedTx): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from job where status in ('waiting', 'running')`.execute(tx);
  return rows[0]!.n;
};

export const insertJob = async (
  tx: ScopedTx,
  job: {
    readonly jobId: string;
    readonly personId: string;
    readonly kind: string;
    readonly input: Buffer;
    readonly digest: Buffer;
    readonly about: object;
    readonly now: string;
    readonly expiresAt: string;
  },
): Promise<void> => {
  await sql`insert into job (job_id, person_id, kind, input_sealed, input_digest, about, token_sealed, created_at, expires_at)
    values (${job.jobId}, ${job.personId}, ${job.kind}, ${job.input}, ${job.digest}, ${JSON.stringify(job.about)}, '', ${job.now}, ${job.expiresAt})`.execute(
    tx,
  );
};

/** Gives a waiting job the token it runs under, and tells the queue: both are there when the transaction commits, or neither. */
export const letRun = async (
  tx: ScopedTx,
  { jobId, token, tokenSealed }: { jobId: string; token: string; tokenSealed: Buffer },
): Promise<void> => {
  await sql`update job set token_sealed = ${tokenSealed} where job_id = ${jobId}`.execute(tx);
  await sql`select start_job(${jobId}, sha256(convert_to(${token}, 'UTF8')))`.execute(tx);
};

export const cancelWaiting = async (tx: ScopedTx, jobId: string, now: string): Promise<void> => {
  await sql`update job set status = 'cancelled', cancel_wanted = true, finished_at = ${now} where job_id = ${jobId} and status = 'waiting'`.execute(
    tx,
  );
};
export const wantCancel = async (tx: ScopedTx, jobId: string): Promise<void> => {
  await sql`update job set cancel_wanted = true where job_id = ${jobId} and status = 'running'`.execute(tx);
};
export const wantRetry = async (tx: ScopedTx, jobId: string): Promise<void> => {
  await sql`update job set status = 'waiting', cancel_wanted = false, problem = null, done = 0, total = null, finished_at = null where job_id = ${jobId}`.execute(
    tx,
  );
};

/** What the worker needs of a job, as the maintenance role. */
export interface WorkRow {
  readonly job_id: string;
  readonly kind: string;
  readonly input_sealed: Buffer;
  readonly token_sealed: Buffer;
  readonly status: JobRow['status'];
  readonly attempt: number;
  readonly cancel_wanted: boolean;
}

/** Takes a job in hand on a connection that stays its own: the lock ends with the connection, whoever is killed. `elsewhere` while another has it. */
export const takeJob = async (client: pg.ClientBase, jobId: string, now: Date): Promise<WorkRow | 'elsewhere' | undefined> => {
  const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock(hashtextextended('job:' || $1, 0)) as mine", [jobId]);
  if (!rows[0]?.mine) return 'elsewhere';
  const taken = await client.query<WorkRow>(
    `update job set status = 'running', attempt = attempt + 1, done = 0, total = null, problem = null, started_at = $2
      where job_id = $1 and status in ('waiting', 'running')
      returning job_id, kind, input_sealed, token_sealed, status, attempt, cancel_wanted`,
    [jobId, now],
  );
  return taken.rows[0];
};

export const releaseJob = (client: pg.ClientBase, jobId: string) =>
  client.query("select pg_advisory_unlock(hashtextextended('job:' || $1, 0))", [jobId]);

/** Tells how far it came; answers whether somebody wants it stopped. */
export const tellProgress = async (client: pg.ClientBase, jobId: string, done: number, total: number | undefined): Promise<boolean> => {
  const { rows } = await client.query<{ cancel_wanted: boolean }>(
    'update job set done = $2, total = $3 where job_id = $1 returning cancel_wanted',
    [jobId, done, total ?? null],
  );
  return rows[0]?.cancel_wanted ?? true;
};

export interface Ending {
  readonly status: 'done' | 'failed' | 'cancelled' | 'waiting';
  readonly problem?: string;
  readonly done?: number;
  readonly total?: number | undefined;
  readonly result?: object;
  readonly detail?: Buffer;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: number };
  readonly now: Date;
}

/** Writes how a job ended; with its end goes the token it ran under. `waiting`: it is to be begun again. */
export const endJob = async (client: pg.ClientBase, jobId: string, end: Ending): Promise<void> => {
  await client.query(
    `update job set status = $2, problem = $3, result = $4, detail_sealed = $5, file_name = $6, file_type = $7, file_bytes = $8,
      done = coalesce($9, done), total = coalesce($11, total), finished_at = case when $2 = 'waiting' then null else $10::timestamptz end where job_id = $1`,
    [
      jobId,
      end.status,
      end.problem ?? null,
      end.result ? JSON.stringify(end.result) : null,
      end.detail ?? null,
      end.file?.name ?? null,
      end.file?.type ?? null,
      end.file?.bytes ?? null,
      end.done ?? null,
      end.now,
      end.total ?? null,
    ],
  );
  if (end.status !== 'waiting') await client.query("delete from service_session where note = 'job: ' || $1", [jobId]);
};

/**
 * Jobs whose process is gone, and jobs the queue does not know (after an import of everything): told to the queue anew. Answers how many.
 * A running job whose lock can be taken runs nowhere.
 */
export const adoptJobs = async (client: pg.ClientBase): Promise<number> => {
  const { rows } = await client.query<{ job_id: string }>(
    `select j.job_id from job j left join graphile_worker._private_jobs q on q.key = j.job_id::text
      where (j.status = 'running' and (q.id is null or q.locked_at is not null)) or (j.status = 'waiting' and (q.id is null or q.locked_at < now() - interval '1 minute'))`,
  );
  let adopted = 0;
  for (const { job_id: id } of rows) {
    const lock = await client.query<{ mine: boolean }>("select pg_try_advisory_lock(hashtextextended('job:' || $1, 0)) as mine", [id]);
    if (!lock.rows[0]?.mine) continue;
    await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now() where key = $1', [id]);
    await client.query(
      "select graphile_worker.add_job('job', json_build_object('jobId', $1::text), job_key => $1::text, max_attempts => 5) from job where job_id = $1::uuid and status in ('waiting', 'running')",
      [id],
    );
    await releaseJob(client, id);
    adopted += 1;
  }
  return adopted;
};

/** Files and details whose time is over: their places, forgotten in the rows. Rows themselves go after ninety days. */
export const expireJobs = async (client: pg.ClientBase, now: Date): Promise<{ job_id: string; attempt: number; file_bytes: string }[]> => {
  const { rows } = await client.query<{ job_id: string; attempt: number; file_bytes: string }>(
    `with gone as (select job_id, attempt, file_bytes from job where expires_at < $1 and (file_bytes is not null or detail_sealed is not null) for update skip locked)
      update job j set file_bytes = null, detail_sealed = null from gone where j.job_id = gone.job_id
      returning gone.job_id, gone.attempt, coalesce(gone.file_bytes, 0) as file_bytes`,
    [now],
  );
  await client.query("delete from job where expires_at < $1::timestamptz - interval '90 days' and file_bytes is null", [now]);
  return rows;
};
