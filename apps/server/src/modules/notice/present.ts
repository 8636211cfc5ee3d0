import { Uuid } from '@tongxin/domain/case/view.ts';
import { type Static, Type } from 'typebox';
import type { NoticePage } from './service.ts';

export const NoticesView = Type.Object({
  notices: Type.Array(
    Type.Object({
      id: Uuid,
      /** Stable code; also the i18n key `notice.<kind>`. */
      kind: Type.String(),
      caseId: Type.Optional(Uuid),
      params: Type.Record(Type.String(), Type.Unknown()),
      at: Type.String(),
      readAt: Type.Optional(Type.String()),
    }),
  ),
  /** Exact to 99; 100 means 100 or more. */
  unread: Type.Integer(),
  before: Type.Optional(Type.String()),
});
export type NoticesView = Static<typeof NoticesView>;

export const presentNotices = ({ rows, unread }: NoticePage, limit: number): NoticesView => {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    notices: rows.map(({ noticeId, caseId, kind, params, createdAt, readAt }) => ({
      id: noticeId,
      kind,
      ...(caseId ? { caseId } : {}),
      params: { ...params },
      at: createdAt.toISOString(),
      ...(readAt ? { readAt: readAt.toISOString() } : {}),
    })),
    unread,
    ...(last ? { before: last.createdAt.toISOString() } : {}),
  };
};
