import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { Me } from './service.ts';

export const MeView = Type.Object({
  personId: Uuid,
  kind: Type.Enum(['staff', 'resident', 'service']),
  language: Type.Enum(['zh', 'en']),
  /** The password was given by somebody else: until it is replaced, no post counts. */
  passwordOnce: Type.Boolean(),
  posts: Type.Array(
    Type.Object({
      postId: Uuid,
      title: Label,
      organizationId: Uuid,
      organization: Label,
      areaId: Uuid,
      area: Label,
      areaKind: Type.String(),
      role: Type.String(),
      capabilities: Type.Array(Type.String()),
    }),
  ),
});
export type MeView = Static<typeof MeView>;

export const DemoAccountView = Type.Array(Type.Object({ username: Type.String(), title: Label, organization: Label }));

export const presentMe = ({ actor, kind, language, passwordOnce, posts }: Me): MeView => ({
  personId: actor.personId!,
  kind,
  language,
  passwordOnce,
  posts: actor.posts.flatMap((held) => {
    const words = posts.find((post) => post.postId === held.postId);
    if (!words) return [];
    const { title, organization, area, areaKind } = words;
    const { postId, organizationId, areaId, role, capabilities } = held;
    return [{ postId, title, organizationId, organization, areaId, area, areaKind, role, capabilities: [...capabilities] }];
  }),
});
