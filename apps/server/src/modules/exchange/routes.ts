import { Uuid } from '@tongxin/domain/case/view.ts';
import { COLUMNS, SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import { MOST_TAKEN, RegisterMap, Taken } from '@tongxin/domain/exchange/register/schema.ts';
import { EXPORT_SOURCES, ExportFormat, ExportSource, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { CaseMap } from '@tongxin/domain/import/schema.ts';
import { Question } from '@tongxin/domain/inbox/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { startExport } from './export/service.ts';
import {
  JobDetailView,
  JobView,
  presentDetail,
  presentJob,
  presentTemplate,
  presentTemplateDetail,
  TemplateDetailView,
  TemplateView,
} from './present.ts';
import { cancelMine, fileNameOf, myJob, myJobs, openJobFile, retryMine } from './service.ts';
import { MAX_TABLE_BYTES, startImport, takeTable } from './table/service.ts';
import { MAX_TEMPLATE_BYTES, myTemplates, openTemplate, retire, saveTemplate, startFilling, takeTemplate } from './template/service.ts';

const Id = Type.Object({ id: Uuid });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** Of which area and days figures are taken. */
const Figures = Type.Object(
  { areaId: Type.Optional(Uuid), from: Type.Optional(Day), to: Type.Optional(Day) },
  { additionalProperties: false },
);
const TableMap = Type.Union([CaseMap, RegisterMap]);

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
        columns: COLUMNS[id]
          .filter(({ inward }) => !inward)
          .map(({ id: column, label, usual, personal }) => ({
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
          filter: Type.Optional(Question),
          figures: Type.Optional(Figures),
          columns: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 40 })),
          purpose: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
      response: JobView,
    },
    run: async ({ deps, who, body, language }) => answer(presentJob(await startExport(deps, who, body, language)), { status: 201 }),
  }),
  // Which post is needed depends on what the table is brought in as: the service asks (case.import, or what the register's own form asks for).
  route({
    method: 'PUT',
    path: '/uploads/:id',
    access: { signedIn: true },
    summary: 'Takes a table in, of cases or of a register: answers its header, first rows and how its columns may be read',
    schema: {
      params: Id,
      query: Type.Object({ as: Type.Optional(ImportRegister) }, { additionalProperties: false }),
      response: Type.Object({
        id: Uuid,
        header: Type.Array(Type.String()),
        samples: Type.Array(Type.Array(Type.String())),
        map: Type.Optional(TableMap),
        remembered: Type.Boolean(),
      }),
    },
    maxBytes: MAX_TABLE_BYTES + 1,
    run: async ({ deps, who, params, query, bytes, header }) =>
      answer(await takeTable(deps, who, { id: params.id, kind: query.as ?? 'cases', name: fileNameOf(header('x-name'), 'table'), bytes }), {
        status: 201,
      }),
  }),
  route({
    method: 'POST',
    path: '/imports',
    access: { signedIn: true },
    summary:
      'Starts the import of a table that was taken in, or a rehearsal that writes nothing; of a register, with the conflicts in which the table’s side is taken',
    schema: {
      body: Type.Object(
        {
          id: Uuid,
          uploadId: Uuid,
          map: TableMap,
          dryRun: Type.Boolean(),
          take: Type.Optional(Type.Array(Taken, { maxItems: MOST_TAKEN })),
        },
        { additionalProperties: false },
      ),
      response: JobView,
    },
    run: async ({ deps, who, body, language }) => answer(presentJob(await startImport(deps, who, body, language)), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/templates',
    access: { capability: 'statistics.read' },
    summary: 'Forms of the superior that the caller’s bodies fill',
    schema: { response: Type.Object({ templates: Type.Array(TemplateView) }) },
    run: async ({ deps, who }) => ({ templates: (await myTemplates(deps, who)).map(presentTemplate) }),
  }),
  route({
    method: 'PUT',
    path: '/templates/:id/file',
    access: { capability: 'statistics.read' },
    summary: 'Takes a form in as a workbook, or a newer file of it',
    schema: { params: Id, response: TemplateDetailView },
    maxBytes: MAX_TEMPLATE_BYTES + 1,
    run: async ({ deps, who, params, bytes, header }) =>
      answer(presentTemplateDetail(await takeTemplate(deps, who, params.id, bytes, fileNameOf(header('x-name'), 'form'))), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/templates/:id',
    access: { capability: 'statistics.read' },
    summary: 'A form with its sheets and how it is filled',
    schema: { params: Id, response: TemplateDetailView },
    run: async ({ deps, who, params }) => presentTemplateDetail(await openTemplate(deps, who, params.id)),
  }),
  route({
    method: 'POST',
    path: '/templates/:id',
    access: { capability: 'statistics.read' },
    summary: 'Saves how a form is filled, as a new version',
    schema: {
      params: Id,
      body: Type.Object(
        { version: Type.Integer({ minimum: 1 }), name: Type.String({ minLength: 1, maxLength: 120 }), map: TemplateMap },
        { additionalProperties: false },
      ),
      response: TemplateDetailView,
    },
    run: async ({ deps, who, params, body }) => presentTemplateDetail(await saveTemplate(deps, who, params.id, body)),
  }),
  route({
    method: 'POST',
    path: '/templates/:id/retire',
    access: { capability: 'statistics.read' },
    summary: 'Takes a form out of use; what was filled stays',
    schema: { params: Id, response: Id },
    run: ({ deps, who, params }) => retire(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/templates/:id/fill',
    access: { capability: 'statistics.read' },
    summary: 'Starts the filling of a form for a month',
    schema: {
      params: Id,
      body: Type.Object(
        {
          id: Uuid,
          month: Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' }),
          preparedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
        },
        { additionalProperties: false },
      ),
      response: JobView,
    },
    run: async ({ deps, who, params, body, language }) =>
      answer(presentJob(await startFilling(deps, who, params.id, body, language)), { status: 201 }),
  }),
];
