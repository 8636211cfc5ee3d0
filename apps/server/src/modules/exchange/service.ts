import type { Readable } from 'node:stream';
import type { Deps } from '../../platform/deps.ts';
import { notFound, Problem } from '../../platform/errors/problem.ts';
import { readSealed } from '../../platform/files/sealed-stream.ts';
import { type Answer, answer } from '../../platform/http/answer.ts';
import { cancelJob, filePlaceOf, findJob, type JobRow, listJobs, retryJob } from '../../platform/jobs/jobs.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';

const LISTED = 50;

export const myJobs = (deps: Deps, who: Who): Promise<JobRow[]> => withScope(deps.pools.app, who, ({ tx }) => listJobs(tx, LISTED));

export const myJob = (deps: Deps, who: Who, id: string): Promise<JobRow> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const job = await findJob(tx, id);
    if (!job) throw notFound();
    return job;
  });

export const cancelMine = (deps: Deps, who: Who, id: string): Promise<JobRow> =>
  withScope(deps.pools.app, who, (scope) => cancelJob(deps, scope, id));
export const retryMine = (deps: Deps, who: Who, id: string): Promise<JobRow> =>
  withScope(deps.pools.app, who, (scope) => retryJob(deps, scope, id));

/** One range of bytes (RFC 9110 14.1.2); undefined where the header asks for none we give: then the whole is answered. */
const rangeOf = (header: string | undefined, bytes: number): { from: number; to: number } | undefined | 'beyond' => {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return from >= bytes || to < from || (first === '' && Number(last) === 0) ? 'beyond' : { from, to };
};

/** What a job made, whole or from any byte on: a broken download goes on where it stopped, as long as it is the same file (`If-Range`). */
export const openJobFile = async (
  deps: Deps,
  who: Who,
  id: string,
  header: (name: string) => string | undefined,
): Promise<Answer<Buffer | Readable>> => {
  const job = await myJob(deps, who, id);
  if (job.file_bytes === null || !job.file_name || !job.file_type)
    throw new Problem(job.status === 'done' ? 410 : 404, job.status === 'done' ? 'fileGone' : 'notFound');
  const bytes = Number(job.file_bytes);
  const etag = `"${job.job_id}-${job.attempt}"`;
  const ifRange = header('if-range');
  const range = ifRange === undefined || ifRange === etag ? rangeOf(header('range'), bytes) : undefined;
  const headers = {
    etag,
    'accept-ranges': 'bytes',
    'content-type': job.file_type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(job.file_name)}`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  };
  if (range === 'beyond') throw new Problem(416, 'rangeUnfit', { bytes });
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  const body = bytes === 0 ? Buffer.alloc(0) : readSealed(deps, filePlaceOf(job.job_id, job.attempt), { from, to });
  return answer(body, {
    status: range ? 206 : 200,
    headers: { ...headers, 'content-length': String(to - from + 1), ...(range ? { 'content-range': `bytes ${from}-${to}/${bytes}` } : {}) },
  });
};

/** Header values are ASCII: a file's name arrives percent-encoded. */
export const fileNameOf = (name: string | undefined, otherwise: string): string => {
  try {
    return (
      decodeURIComponent(name ?? '')
        .replace(/[\\/\p{Cc}]/gu, ' ')
        .trim() || otherwise
    );
  } catch {
    return otherwise;
  }
};
