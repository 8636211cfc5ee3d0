import { Uuid } from '@tongxin/domain/case/view.ts';
import { Mapping, Migrated, MigrationPreview } from '@tongxin/domain/procedure/migrate/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { migrateCases, previewMigration } from './service.ts';

const version = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const asked = {
  procedureId: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' }),
  from: version,
  to: version,
  areaId: Uuid,
  caseId: Type.Optional(Uuid),
  mapping: Mapping,
};

export const migrateRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/procedure-migrations/preview',
    access: { capability: 'procedure.vary' },
    summary: 'What would become of the open cases of a version in an area under another; changes nothing',
    schema: { body: Type.Object(asked, { additionalProperties: false }), response: MigrationPreview },
    run: ({ deps, who, body, language }) => previewMigration(deps, who, body, language),
  }),
  route({
    method: 'POST',
    path: '/procedure-migrations',
    access: { capability: 'procedure.vary' },
    summary: 'Moves open cases of a version in an area to another, at most 200 at a time; asked again with `next` it goes on',
    schema: {
      body: Type.Object({ id: Uuid, after: Type.Optional(Uuid), ...asked }, { additionalProperties: false }),
      response: Migrated,
    },
    run: ({ deps, who, body }) => migrateCases(deps, who, body),
  }),
];
