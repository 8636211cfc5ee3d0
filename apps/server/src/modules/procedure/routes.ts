import { procedureSvg } from '@tongxin/domain/diagram/rules.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import type { Deps } from '../../platform/deps.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { draftRoutes } from './draft/routes.ts';
import { migrateRoutes } from './migrate/routes.ts';
import { presentSummary } from './present.ts';
import { useRoutes } from './use/routes.ts';

const id = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' });
const version = Type.Integer({ minimum: 1 });
const rules = { public: 'the rules of the house are for everybody to read, and for phones to judge by offline' } as const;

/** Everything in a definition is public; its own schema says what may be in it. */
const Definition = Type.Unsafe<Procedure>({ type: 'object', additionalProperties: true });

const Summary = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  title: Label,
  source: Type.String(),
  confidential: Type.Boolean(),
  confided: Type.Optional(Type.Literal(true)),
  stages: Type.Integer(),
  actions: Type.Integer(),
  publishedAt: Type.String(),
  extends: Type.Optional(Type.Object({ id: Type.String(), version: Type.Integer() })),
  areaId: Type.Optional(Type.String()),
  area: Type.Optional(Label),
  post: Type.Optional(Label),
  note: Type.Optional(Type.String()),
});

const latest = (deps: Deps, procedureId: string): Procedure => {
  const definition = deps.procedures.latest(procedureId);
  if (!definition) throw notFound();
  return definition;
};

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/procedures',
    access: rules,
    summary: 'Published procedures, every version',
    schema: { response: Type.Object({ procedures: Type.Array(Summary) }) },
    run: ({ deps }) => ({ procedures: deps.procedures.published().map((row) => presentSummary(deps, row)) }),
  }),
  route({
    method: 'GET',
    path: '/procedures/:id',
    access: rules,
    summary: 'The newest version in force everywhere, whole',
    schema: { params: Type.Object({ id }), response: Definition },
    run: ({ deps, params }) => {
      const definition = latest(deps, params.id);
      return answer(definition, { version: `${definition.id}-${definition.version}` });
    },
  }),
  route({
    method: 'GET',
    path: '/procedures/:id/:version',
    access: rules,
    summary: 'One version, whole: what a running case follows',
    schema: { params: Type.Object({ id, version }), response: Definition },
    run: ({ deps, params }) => {
      const definition = deps.procedures.get(params.id, params.version);
      if (!definition) throw notFound();
      return answer(definition, {
        version: `${definition.id}-${definition.version}`,
        headers: { 'cache-control': 'public, max-age=3600' },
      });
    },
  }),
  route({
    method: 'GET',
    path: '/procedures/:id/diagram.svg',
    access: rules,
    summary: 'The procedure as a picture, in the language asked for',
    schema: {
      params: Type.Object({ id }),
      query: Type.Object({ version: Type.Optional(version) }, { additionalProperties: false }),
      response: Bytes,
    },
    run: ({ deps, params, query, language }) => {
      const definition = query.version === undefined ? latest(deps, params.id) : deps.procedures.get(params.id, query.version);
      if (!definition) throw notFound();
      return bytesAnswer(Buffer.from(procedureSvg(definition, language)), 'image/svg+xml; charset=utf-8', {
        'cache-control': 'public, max-age=300',
        'content-language': language,
        vary: 'accept-language',
      });
    },
  }),
  ...draftRoutes,
  ...useRoutes,
  ...migrateRoutes,
];
