import { Uuid } from '@tongxin/domain/case/view.ts';
import { Grid, TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { type Static, Type } from 'typebox';
import type { Deps } from '../../platform/deps.ts';
import { detailOf, type JobRow } from '../../platform/jobs/jobs.ts';
import type { MadeAccount } from './register/judge/service.ts';
import type { TemplateRow } from './template/repo.ts';
import type { TemplateDetail } from './template/service.ts';

export const JobView = Type.Object({
  id: Uuid,
  kind: Type.String(),
  /** Codes: source, format, dry run, month. */
  about: Type.Record(Type.String(), Type.Unknown()),
  status: Type.Enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Which beginning this is: a killed server, or whoever pressed again, made another. */
  attempt: Type.Integer(),
  /** Somebody asked for it to stop, and it has not yet. */
  stopping: Type.Boolean(),
  done: Type.Integer(),
  total: Type.Optional(Type.Integer()),
  /** Code of why it failed; also the key of its words. */
  problem: Type.Optional(Type.String()),
  result: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  file: Type.Optional(Type.Object({ name: Type.String(), type: Type.String(), bytes: Type.Integer(), url: Type.String() })),
  createdAt: Type.String(),
  startedAt: Type.Optional(Type.String()),
  finishedAt: Type.Optional(Type.String()),
  expiresAt: Type.String(),
});
export type JobView = Static<typeof JobView>;

/** With the words of its end: rows that were not taken, conflicts. */
export const JobDetailView = Type.Intersect([JobView, Type.Object({ detail: Type.Optional(Type.Unknown()) })]);

export const presentJob = (job: JobRow): JobView => ({
  id: job.job_id,
  kind: job.kind,
  about: job.about,
  status: job.status,
  attempt: job.attempt,
  stopping: job.status === 'running' && job.cancel_wanted,
  done: Number(job.done),
  ...(job.total === null ? {} : { total: Number(job.total) }),
  ...(job.problem ? { problem: job.problem } : {}),
  ...(job.result ? { result: job.result } : {}),
  ...(job.file_bytes !== null && job.file_name && job.file_type
    ? { file: { name: job.file_name, type: job.file_type, bytes: Number(job.file_bytes), url: `/api/v1/jobs/${job.job_id}/file` } }
    : {}),
  createdAt: job.created_at.toISOString(),
  ...(job.started_at ? { startedAt: job.started_at.toISOString() } : {}),
  ...(job.finished_at ? { finishedAt: job.finished_at.toISOString() } : {}),
  expiresAt: job.expires_at.toISOString(),
});

/** First passwords follow from the commands that gave them, and are told to whoever gave them; they stand in no file and no table. */
const withPasswords = (deps: Deps, detail: object & { accounts?: readonly MadeAccount[] }): object =>
  detail.accounts
    ? {
        ...detail,
        accounts: detail.accounts.map(({ line, username, personId, commandId }) => ({
          line,
          username,
          firstPassword: deps.crypto.firstPassword(commandId, personId),
        })),
      }
    : detail;

export const presentDetail = (deps: Deps, job: JobRow): Static<typeof JobDetailView> => {
  const detail = detailOf(deps, job);
  return { ...presentJob(job), ...(detail === undefined ? {} : { detail: withPasswords(deps, detail as object) }) };
};

export const TemplateView = Type.Object({
  id: Uuid,
  version: Type.Integer(),
  name: Type.String(),
  organizationId: Uuid,
  /** Somebody has said where what goes; until then it cannot be filled. */
  isRead: Type.Boolean(),
  savedAt: Type.String(),
});
export const TemplateDetailView = Type.Intersect([TemplateView, Type.Object({ grids: Type.Array(Grid), map: TemplateMap })]);

export const presentTemplate = (row: TemplateRow): Static<typeof TemplateView> => ({
  id: row.template_id,
  version: row.version,
  name: row.name,
  organizationId: row.organization_id,
  isRead: row.map !== null,
  savedAt: row.saved_at.toISOString(),
});
export const presentTemplateDetail = ({ row, grids, map }: TemplateDetail): Static<typeof TemplateDetailView> => ({
  ...presentTemplate(row),
  grids: [...grids],
  map,
});
