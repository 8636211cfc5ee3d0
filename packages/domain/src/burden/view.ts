import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** Fewer posts than this of a kind: nothing is shown, so that no figure is of somebody. */
export const LEAST_POSTS = 5;

const Effort = Type.Object({ fields: Type.Integer(), seconds: Type.Integer() });

/** What departments asked of kinds of posts in the field, in an area and a span of days. Sums; never of a person, never of few. */
export const BurdenView = Type.Object({
  areaId: Uuid,
  from: Type.String(),
  to: Type.String(),
  leastPosts: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      role: Type.String(),
      posts: Type.Integer(),
      /** Days on which a post finished something, over all posts: figures for a post and a day are sums over this. */
      postDays: Type.Integer(),
      /** Visits and checklists that were finished. */
      records: Type.Integer(),
      /** Filled once, for all. */
      once: Effort,
      /** What each department's own sheet asks of it. */
      departments: Type.Array(
        Type.Object({ code: Type.String(), label: Type.Optional(Label), ...Effort.properties, records: Type.Integer() }),
      ),
    }),
  ),
});
export type BurdenView = Static<typeof BurdenView>;
