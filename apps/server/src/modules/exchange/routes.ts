import { Uuid } from '@tongxin/domain/case/view.ts';
import { COLUMNS, SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import { EXPORT_SOURCES, ExportFormat, ExportSource } from '@tongxin/domain/exchange/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { CaseQuery } from '../case/index.ts';
import { startExport } from './export/service.ts';
import { JobDetailView, JobView, presentDetail, presentJob } from './present.ts';
import { cancelMine, myJob, myJobs, openJobFile, retryMine } from './service.ts';

const Id = Type.Object({ id: Uuid });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/jobs',
    access: { signedIn: true },
    summary: 'Long work the caller started: exports, imports, filled forms; latest first',
    schema: { response: Type.Object({ jobs: Type.Array(JobView) }) },
    run: async ({ deps, who }) => ({ jobs: (await myJobs(deps, who)).map(presentJob) }),
  }),
  route({
    method: 'GET',
    path: '/jobs/:id',
    access: { signedIn: true },
    summary: 'A job of the caller’s, with the words of its end',
    schema: { params: Id, response: JobDetailView },
    run: async ({ deps, who, params }) => presentDetail(deps, await myJob(deps, who, params.id)),
  }),
  route({
    method: 'POST',
    path: '/jobs/:id/cancel',
    access: { signedIn: true },
    summary: 'Stops a job; one that has ended stays as it is',
    schema: { params: Id, response: JobView },
    run: async ({ deps, who, params }) => presentJob(await cancelMine(deps, who, params.id)),
  }),
  route({
    method: 'POST',
    path: '/jobs/:id/retry',
    access: { signedIn: true },
    summary: 'Begins a failed or stopped job again',
    schema: { params: Id, response: JobView },
    run: async ({ deps, who, params }) => presentJob(await retryMine(deps, who, params.id)),
  }),
  route({
    method: 'GET',
    path: '/jobs/:id/file',
    access: { signedIn: true },
    summary: 'The file a job made; a range of it with Range and If-Range',
    schema: { params: Id, response: Bytes },
    run: ({ deps, who, params, header }) => openJobFile(deps, who, params.id, header),
  }),
  route({
    method: 'GET',
    path: '/exports/columns',
    access: { signedIn: true },
    summary: 'What can be exported, and with which columns',
    schema: {
      response: Type.Object({
        sources: Type.Array(
          Type.Object({
            id: ExportSource,
            label: Label,
            columns: Type.Array(
              Type.Object({
                id: Type.String(),
                label: Label,
                usual: Type.Optional(Type.Boolean()),
                personal: Type.Optional(Type.Boolean()),
              }),
            ),
          }),
        ),
      }),
    },
    run: () => ({
      sources: EXPORT_SOURCES.map((id) => ({
        id,
        label: SOURCE_LABELS[id],
        columns: COLUMNS[id].map(({ id: column, label, usual, personal }) => ({
          id: column,
          label,
          ...(usual ? { usual } : {}),
          ...(personal ? { personal } : {}),
        })),
      })),
    }),
  }),
  route({
    method: 'POST',
    path: '/exports',
    access: { signedIn: true },
    summary: 'Starts an export of what the caller sees of a list or register',
    schema: {
      body: Type.Object(
        {
          id: Uuid,
          source: ExportSource,
          format: ExportFormat,
          filter: Type.Optional(CaseQuery),
          columns: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 40 })),
          purpose: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
      response: JobView,
    },
    run: async ({ deps, who, body, language }) => answer(presentJob(await startExport(deps, who, body, language)), { status: 201 }),
  }),
];
