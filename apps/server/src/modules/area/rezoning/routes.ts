import { BoundaryFileQuery, BoundaryFileView } from '@tongxin/domain/area/import/schema.ts';
import {
  AreaHistory,
  NetFindings,
  NetView,
  NewRezoning,
  REZONING_LIMITS,
  RezoningDraft,
  RezoningPreview,
  RezoningView,
} from '@tongxin/domain/area/rezoning/schema.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../../platform/http/answer.ts';
import { prove } from '../../../platform/tx/tx.ts';
import { FILE_LIMITS, readBoundaries } from '../boundary/file/service.ts';
import { historyOf } from '../history/service.ts';
import { checkNet, exportNet, viewNet } from '../net/service.ts';
import { applyRezoning, previewRezoning, rezoningsOf, viewRezoning } from './service.ts';

const MANAGE = { capability: 'area.manage' } as const;
const params = Type.Object({ id: Uuid });

export const rezoningRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/areas/:id/net',
    access: MANAGE,
    summary: 'An area and everything below it, with boundaries, for the editor',
    schema: { params, response: NetView },
    run: ({ deps, who, params: { id } }) => viewNet(deps, who, id),
  }),
  route({
    method: 'GET',
    path: '/areas/:id/findings',
    access: MANAGE,
    summary: 'Overlaps and gaps among the base areas directly below an area',
    schema: { params, response: NetFindings },
    run: ({ deps, who, params: { id } }) => checkNet(deps, who, id),
  }),
  route({
    method: 'GET',
    path: '/areas/:id/history',
    access: MANAGE,
    summary: 'When an area was what, and by which decision',
    schema: { params, response: AreaHistory },
    run: ({ deps, who, params: { id } }) => historyOf(deps, who, id),
  }),
  route({
    method: 'GET',
    path: '/areas/:id/boundaries',
    access: MANAGE,
    summary: 'Boundaries of an area and everything below it as GeoJSON, WGS-84',
    schema: { params, response: Bytes },
    run: async ({ deps, who, params: { id }, language }) => {
      const { name, bytes } = await exportNet(deps, who, id, language);
      return bytesAnswer(bytes, 'application/geo+json', {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.geojson`,
      });
    },
  }),
  route({
    method: 'POST',
    path: '/areas/boundary-files',
    access: MANAGE,
    summary: 'What a file of boundaries holds (GeoJSON, zipped shapefile, XLSX), in WGS-84; nothing is kept',
    maxBytes: FILE_LIMITS.bytes,
    schema: { query: BoundaryFileQuery, response: BoundaryFileView },
    run: async ({ deps, who, bytes, query: { format, datum } }) => {
      await prove(deps.pools.app, who);
      return readBoundaries(bytes, format, datum);
    },
  }),
  route({
    method: 'POST',
    path: '/areas/rezonings/preview',
    access: MANAGE,
    summary: 'What a re-zoning would change and move, without doing it',
    maxJson: REZONING_LIMITS.bytes,
    schema: { body: RezoningDraft, response: RezoningPreview },
    run: ({ deps, who, body }) => previewRezoning(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/areas/rezonings',
    access: MANAGE,
    summary: 'Applies a re-zoning; open cases follow by events of their own records',
    maxJson: REZONING_LIMITS.bytes,
    schema: { body: NewRezoning, response: RezoningView },
    run: async ({ deps, who, body }) => {
      const { view, repeated } = await applyRezoning(deps, who, body);
      return answer(view, { status: repeated ? 200 : 201 });
    },
  }),
  route({
    method: 'GET',
    path: '/areas/rezonings',
    access: MANAGE,
    summary: 'Re-zonings, latest first; of an area and what is below it',
    schema: {
      query: Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ rezonings: Type.Array(RezoningView) }),
    },
    run: async ({ deps, who, query }) => ({ rezonings: await rezoningsOf(deps, who, query.areaId) }),
  }),
  route({
    method: 'GET',
    path: '/areas/rezonings/:id',
    access: MANAGE,
    summary: 'A re-zoning and how far the placing of open cases is',
    schema: { params, response: RezoningView },
    run: ({ deps, who, params: { id } }) => viewRezoning(deps, who, id),
  }),
];
