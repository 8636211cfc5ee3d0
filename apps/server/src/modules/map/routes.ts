import { Light, Uuid } from '@tongxin/domain/case/view.ts';
import { AreaCounts, FoundAreas, MapGround } from '@tongxin/domain/map/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { areaTile } from './area/service.ts';
import { caseTile } from './cases/service.ts';
import { countsOf, findAreasNamed } from './count/service.ts';
import { facilityTile } from './facility/service.ts';
import { archivePart, groundOf } from './ground/service.ts';
import { teamTile } from './team/service.ts';
import { tileAnswer } from './tile/service.ts';

const number = Type.Integer({ minimum: 0, maximum: 2 ** 24 });
const TileParams = Type.Object({ z: number, x: number, y: number });

/** Seconds a reader's browser keeps a tile. Boundaries and bodies change by the month, cases while one looks. */
const KEPT = { areas: 60, facilities: 60, teams: 60, cases: 10 } as const;

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const FILTER = {
  /** What has not ended, or all that was filed in the days named. */
  show: Type.Optional(Type.Enum(['open', 'filed'])),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  stage: Type.Optional(Type.String({ maxLength: 60 })),
  light: Type.Optional(Light),
  categoryId: Type.Optional(Type.String({ maxLength: 240 })),
};

const PUBLIC_FACTS = 'areas are public facts; the ground under every map';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/map',
    access: { public: PUBLIC_FACTS },
    summary: 'Where the map lies, and what the installation puts below it',
    schema: { response: MapGround },
    run: ({ deps, who }) => groundOf(deps, who),
  }),
  route({
    method: 'GET',
    path: '/map/base.pmtiles',
    access: { public: 'a base map holds no data of ours' },
    summary: 'A part of the installation’s base map (PMTiles), by the Range header',
    schema: { response: Bytes },
    run: ({ deps, header }) => archivePart(deps, header('range')),
  }),
  route({
    method: 'GET',
    path: '/map/tiles/areas/:z/:x/:y.mvt',
    access: { public: PUBLIC_FACTS },
    summary: 'Areas and their names as a vector tile (MVT)',
    schema: { params: TileParams, response: Bytes },
    run: async ({ deps, who, params, header }) => tileAnswer(await areaTile(deps, who, params), KEPT.areas, header('accept-encoding')),
  }),
  route({
    method: 'GET',
    path: '/map/tiles/facilities/:z/:x/:y.mvt',
    access: { public: 'lamps and lifts are public facts' },
    summary: 'Facilities as a vector tile (MVT)',
    schema: { params: TileParams, response: Bytes },
    run: async ({ deps, who, params, header }) =>
      tileAnswer(await facilityTile(deps, who, params), KEPT.facilities, header('accept-encoding')),
  }),
  route({
    method: 'GET',
    path: '/map/tiles/teams/:z/:x/:y.mvt',
    access: { signedIn: true },
    summary: 'Bodies where their area is, with posts on duty, as a vector tile (MVT)',
    schema: { params: TileParams, response: Bytes },
    run: async ({ deps, who, params, header }) => tileAnswer(await teamTile(deps, who, params), KEPT.teams, header('accept-encoding')),
  }),
  route({
    method: 'GET',
    path: '/map/tiles/cases/:z/:x/:y.mvt',
    access: { signedIn: true },
    summary: 'Cases the caller answers for as a vector tile (MVT): gathered from afar, one by one from close by',
    schema: { params: TileParams, query: Type.Object(FILTER, { additionalProperties: false }), response: Bytes },
    run: async ({ deps, who, params, query, header }) =>
      tileAnswer(await caseTile(deps, who, params, query), KEPT.cases, header('accept-encoding')),
  }),
  route({
    method: 'GET',
    path: '/map/counts',
    access: { signedIn: true },
    summary: 'Cases the caller answers for, counted by the areas directly below one',
    schema: {
      query: Type.Object({ ...FILTER, areaId: Type.Optional(Uuid), postId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: AreaCounts,
    },
    run: ({ deps, who, query }) => countsOf(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/map/areas',
    access: { public: PUBLIC_FACTS },
    summary: 'Areas by a part of their name, with their boxes',
    schema: {
      query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 60 }) }, { additionalProperties: false }),
      response: FoundAreas,
    },
    run: ({ deps, who, query }) => findAreasNamed(deps, who, query.q),
  }),
];
