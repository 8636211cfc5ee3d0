import { Uuid } from '@tongxin/domain/case/view.ts';
import { type Static, Type } from 'typebox';
import type { NoticePage } from './service.ts';

export const NoticesView = Type.Object({
  notices: Type.Array(
    Type.Object({
      id: Uuid,
      /** Stable code; also the i18n key `notice.<kind>`. `digest` stands for several: `params` says how many of which kinds. */
      kind: Type.String(),
      caseId: Type.Optional(Uuid),
      params: Type.Record(Type.String(), Type.Unknown()),
      /** A matter of the urgent class. */
      urgent: Type.Boolean(),
      /** When it happened. */
      at: Type.String(),
      /** When the person was told: later where quiet hours or a digest held it. */
      toldAt: Type.String(),
      readAt: Type.Optional(Type.String()),
    }),
  ),
  /** Exact to 99; 100 means 100 or more. */
  unread: Type.Integer(),
  next: Type.Optional(Type.String()),
});
export type NoticesView = Static<typeof NoticesView>;

export const presentNotices = ({ rows, unread, next }: NoticePage): NoticesView => ({
  notices: rows.map(({ noticeId, caseId, kind, params, urgent, createdAt, toldAt, readAt }) => ({
    id: noticeId,
    kind,
    ...(caseId ? { caseId } : {}),
    params: { ...params },
    urgent,
    at: createdAt.toISOString(),
    toldAt: toldAt.toISOString(),
    ...(readAt ? { readAt: readAt.toISOString() } : {}),
  })),
  unread,
  ...(next ? { next } : {}),
});
