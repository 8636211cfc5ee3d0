import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { type Static, Type } from 'typebox';
import type { Deps, VersionInUse } from '../../../platform/deps.ts';

export const UseView = Type.Object({
  id: Uuid,
  procedureId: Type.String(),
  version: Type.Integer(),
  areaId: Uuid,
  area: Type.Optional(Label),
  from: Type.String(),
  note: Type.String(),
  setAt: Type.String(),
  post: Type.Optional(Label),
});
export type UseView = Static<typeof UseView>;

export const presentUse = (deps: Pick<Deps, 'directory'>, use: VersionInUse): UseView => {
  const [area, post] = [deps.directory.area(use.areaId), use.postId ? deps.directory.post(use.postId) : undefined];
  return {
    id: use.useId,
    procedureId: use.procedureId,
    version: use.version,
    areaId: use.areaId,
    ...(area ? { area: area.label } : {}),
    from: use.from,
    note: use.note,
    setAt: use.setAt.toISOString(),
    ...(post ? { post: post.label } : {}),
  };
};
