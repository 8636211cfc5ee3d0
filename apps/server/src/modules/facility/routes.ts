import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { FACILITY_KINDS } from '@tongxin/domain/facility/data.ts';
import { FacilityDetail, FacilityPage } from '@tongxin/domain/facility/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { changeFacility, facilityOf, makeFacility, retireFacility } from './manage/service.ts';
import { facilities } from './service.ts';

const MANAGES = { capability: 'facility.manage' } as const;
const closed = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const ById = Type.Object({ id: Uuid });
const form = {
  kind: Type.Enum([...FACILITY_KINDS]),
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  name: Label,
  lon: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  areaId: Type.Optional(Uuid),
};

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/facilities',
    access: { public: 'lamps and lifts are public facts; a resident picks one before signing in' },
    summary: 'Facilities in a box (west,south,east,north), in an area, or by code, page by page; with `closed` also what was taken away',
    schema: {
      query: Type.Object(
        {
          bbox: Type.Optional(Type.String({ maxLength: 100 })),
          areaId: Type.Optional(Uuid),
          kind: Type.Optional(Type.String({ maxLength: 40 })),
          code: Type.Optional(Type.String({ maxLength: 40 })),
          q: Type.Optional(Type.String({ maxLength: 60 })),
          closed: Type.Optional(Type.Boolean()),
          cursor: Type.Optional(Type.String({ maxLength: 120 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
        },
        closed,
      ),
      response: FacilityPage,
    },
    run: ({ deps, who, query }) => facilities(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/facilities/:id',
    access: { signedIn: true },
    summary: 'One facility, and the version to change it from',
    schema: { params: ById, response: FacilityDetail },
    run: ({ deps, who, params }) => facilityOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/facilities',
    access: MANAGES,
    summary: 'A new facility; it counts in the smallest area around its place unless another there is named',
    schema: { body: Type.Object({ commandId: Uuid, id: Uuid, ...form }, closed), response: Changed },
    run: ({ deps, who, body }) => makeFacility(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/facilities/:id',
    access: MANAGES,
    summary: 'Change a facility: its kind, number, name or place',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, version: Type.Integer({ minimum: 1 }), ...form }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => changeFacility(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/facilities/:id/close',
    access: MANAGES,
    summary: 'Take a facility out of the register, today or by a day that is past; cases that name it keep it',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, on: Type.Optional(Day) }, closed), response: Changed },
    run: ({ deps, who, params, body }) => retireFacility(deps, who, params.id, body),
  }),
];
