import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { areaTile } from './area/service.ts';
import { tileAnswer } from './tile/service.ts';

const number = Type.Integer({ minimum: 0, maximum: 2 ** 24 });
const TileParams = Type.Object({ z: number, x: number, y: number });

/** Boundaries change by the month; who moves one sees it after a minute everywhere. */
const AREAS_KEPT = 60;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/map/tiles/areas/:z/:x/:y.mvt',
    access: { public: 'areas are public facts; the ground under every map' },
    summary: 'Areas and their names as a vector tile (MVT)',
    schema: { params: TileParams, response: Bytes },
    run: async ({ deps, who, params, header }) => tileAnswer(await areaTile(deps, who, params), AREAS_KEPT, header('accept-encoding')),
  }),
];
