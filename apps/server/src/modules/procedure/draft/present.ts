import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import type { VariantChange } from '@tongxin/domain/variant/schema.ts';
import { type Static, Type } from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import type { DraftRow } from './repo.ts';

/** What a draft changes has a shape of its own; the answer carries it as it was saved. */
const Change = Type.Unsafe<VariantChange>({ type: 'object', additionalProperties: true });

export const DraftView = Type.Object({
  id: Uuid,
  version: Type.Integer(),
  procedureId: Type.String(),
  baseVersion: Type.Integer(),
  areaId: Uuid,
  area: Type.Optional(Label),
  change: Change,
  updatedAt: Type.String(),
  post: Type.Optional(Label),
  publishedVersion: Type.Optional(Type.Integer()),
});
export type DraftView = Static<typeof DraftView>;

export const presentDraft = (deps: Deps, row: DraftRow): DraftView => {
  const [area, post] = [deps.directory.area(row.areaId), deps.directory.post(row.postId)];
  return {
    id: row.draftId,
    version: row.version,
    procedureId: row.procedureId,
    baseVersion: row.baseVersion,
    areaId: row.areaId,
    ...(area ? { area: area.label } : {}),
    change: row.change,
    updatedAt: row.updatedAt.toISOString(),
    ...(post ? { post: post.label } : {}),
    ...(row.publishedVersion === null ? {} : { publishedVersion: row.publishedVersion }),
  };
};
