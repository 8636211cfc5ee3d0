import { Receipt, Uuid } from '@tongxin/domain/case/view.ts';
import { NewRequest, VisitRow, VisitView } from '@tongxin/domain/visit/schema.ts';
import { NewSheet, SheetRow } from '@tongxin/domain/visit/sheet/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { MEDIA } from '../../platform/sheet/sheet.ts';
import { readVisit, requestService, viewVisit, visitsOf } from './service.ts';
import { fillSheet, saveSheet, sheetsOf } from './sheet/service.ts';

const duty = { capability: 'visit.record' } as const;
const VisitId = Type.Object({ id: Uuid });
const Code = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/visits',
    access: duty,
    summary: 'Visits of a grid in the last month, by place and day, without anything of a person',
    schema: {
      query: Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ visits: Type.Array(VisitRow) }),
    },
    run: async ({ deps, who, query }) => ({ visits: await visitsOf(deps, who, query.areaId) }),
  }),
  route({
    method: 'GET',
    path: '/visits/:id',
    access: duty,
    summary: 'A visit: whole for who wrote it, without anything of a person for others',
    schema: { params: VisitId, response: VisitView },
    run: ({ deps, who, params }) => viewVisit(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/visits/:id/read',
    access: duty,
    summary: 'Another worker’s visit with its personal answers, for a purpose; the reading is logged for the person concerned',
    schema: {
      params: VisitId,
      body: Type.Object({ purpose: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }),
      response: VisitView,
    },
    run: ({ deps, who, params, body }) => readVisit(deps, who, params.id, body.purpose),
  }),
  route({
    method: 'POST',
    path: '/visits/:id/requests',
    access: duty,
    summary: 'Opens a case for the visited person, who agrees, with what is known (代办)',
    schema: { params: VisitId, body: NewRequest, response: Receipt },
    run: async ({ deps, who, params, body }) => answer(await requestService(deps, who, params.id, body), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/visits/:id/sheets',
    access: duty,
    summary: 'Departments’ sheets a visit fills',
    schema: { params: VisitId, response: Type.Object({ sheets: Type.Array(SheetRow) }) },
    run: async ({ deps, who, params }) => ({ sheets: await sheetsOf(deps, who, params.id) }),
  }),
  route({
    method: 'POST',
    path: '/visits/:id/sheets/:sheetId',
    access: duty,
    summary: 'One department’s workbook filled from a finished visit',
    schema: {
      params: Type.Object({ id: Uuid, sheetId: Code }),
      body: Type.Object({ preparedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) }, { additionalProperties: false }),
      response: Bytes,
    },
    run: async ({ deps, who, params, body }) => {
      const { name, bytes } = await fillSheet(deps, who, params.id, params.sheetId, body.preparedBy);
      return bytesAnswer(bytes, MEDIA.xlsx, { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
    },
  }),
  route({
    method: 'POST',
    path: '/visit-sheets',
    access: { capability: 'form.manage' },
    summary: 'Takes a department’s sheet with the map by which visits fill it',
    schema: { body: NewSheet, response: Type.Object({ id: Type.String(), version: Type.Integer() }) },
    maxJson: 1024 * 1024,
    run: async ({ deps, who, body }) => answer(await saveSheet(deps, who, body), { status: 201 }),
  }),
];
