import type { Changed, ChangePage } from '@tongxin/domain/administration/view.ts';
import type { CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import type { CalendarPreview, KnownYear } from '@tongxin/domain/calendar/view.ts';
import type { CategoryVersion, Question } from '@tongxin/domain/category/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { DutyEffect, DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { FacilityDetail, FacilityPage } from '@tongxin/domain/facility/schema.ts';
import type { ArticlePage, ArticleView } from '@tongxin/domain/knowledge/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import type { FirstPassword, StaffPage } from '@tongxin/domain/staff/view.ts';
import type { SuccessionView, WaitingView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import type { Http } from './http.ts';

/** The client's key of a change: the same again changes nothing. */
interface Command {
  readonly commandId: string;
}
interface Appointment extends Command {
  readonly holdingId: string;
  readonly postId: string;
  readonly from?: string;
  readonly to?: string;
}
export interface BodyForm {
  readonly kind: string;
  readonly name: Label;
  readonly areaId: string;
  readonly parentId?: string;
  readonly mark?: string;
  readonly respondent: boolean;
}
export interface PostForm {
  readonly title: Label;
  readonly responsibility?: number;
}
interface ClauseForm {
  readonly id: string;
  readonly clause: string;
  readonly title: Label;
  readonly categoryId?: string;
  readonly organizationId?: string;
  readonly from?: string;
}
export interface ShiftView {
  readonly id: string;
  readonly organizationId: string;
  readonly postId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly kind: 'day' | 'night' | 'holiday';
}
export interface Roster {
  readonly shifts: readonly ShiftView[];
  /** Nights and days off with nobody on duty. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
}
export interface CategoryForm {
  readonly name: Label;
  readonly parentId?: string;
  readonly grade?: 'A' | 'B' | 'C' | 'D' | 'E' | 'Q';
  readonly limit?: Limit;
  readonly danger: readonly string[];
  readonly questions?: readonly Question[];
  readonly organizationId?: string;
}
export interface ArticleForm {
  readonly organizationId: string;
  readonly title: string;
  readonly body: string;
  readonly categoryIds: readonly string[];
  readonly from?: string;
  readonly to?: string;
}
export interface FacilityForm {
  readonly kind: string;
  readonly code?: string;
  readonly name: Label;
  readonly lon: number;
  readonly lat: number;
  /** Where it counts; by its place when not said. */
  readonly areaId?: string;
}
interface Page {
  readonly cursor?: string;
  readonly limit?: number;
}

const at = encodeURIComponent;

/** Calls of the administration's registers. */
export const makeAdministration = (http: Http) => {
  const read = <T>(path: string, query: object = {}, signal?: AbortSignal) =>
    http<T>('GET', path, { query: query as Record<string, string | number | boolean | undefined>, signal });
  const write = <T = Changed>(path: string, json: object) => http<T>('POST', path, { json, idempotent: true });
  return {
    log: (query: Page & { kind?: string; subjectId?: string }) => read<ChangePage>('/administration/log', query),
    staff: (query: Page & { organizationId?: string; words?: string }) => read<StaffPage>('/staff', query),
    addStaff: (body: Appointment & { personId: string; username: string; name: string; language?: 'zh' | 'en' }) =>
      write<FirstPassword>('/staff', body),
    appoint: (personId: string, body: Appointment) => write(`/staff/${at(personId)}/posts`, body),
    givePassword: (personId: string, body: Command) => write<FirstPassword>(`/staff/${at(personId)}/password`, body),
    lock: (personId: string, body: Command) => write(`/staff/${at(personId)}/lock`, body),
    workLeft: (holdingId: string) => read<WorkLeft>(`/holdings/${at(holdingId)}/work`),
    endHolding: (holdingId: string, body: Command & { to?: string; receiverId?: string; lock?: boolean }) =>
      write<SuccessionView>(`/holdings/${at(holdingId)}/end`, body),
    waiting: () => read<WaitingView>('/successions'),
    organizations: (query: Page & { areaId?: string; deep?: boolean; closed?: boolean }) =>
      read<{ organizations: OrganizationView[]; next?: string }>('/organizations', query),
    organization: (id: string) => read<OrganizationView & { version: number }>(`/organizations/${at(id)}`),
    makeBody: (body: Command & BodyForm & { id: string }) => write('/organizations', body),
    changeBody: (id: string, body: Command & BodyForm & { version: number }) => write(`/organizations/${at(id)}`, body),
    workOfBody: (id: string) => read<WorkLeft>(`/organizations/${at(id)}/work`),
    closeBody: (id: string, body: Command & { heirId?: string }) => write<SuccessionView>(`/organizations/${at(id)}/close`, body),
    posts: async (query: { organizationId?: string; areaId?: string; closed?: boolean }) =>
      (await read<{ posts: PostView[] }>('/posts', query)).posts,
    dutyLists: async (areaId: string, kind?: string) => (await read<{ lists: DutyListView[] }>('/duty-lists', { areaId, kind })).lists,
    dutyList: (id: string) => read<DutyListView & { version: number }>(`/duty-lists/${at(id)}`),
    dutyEffect: (areaId: string, categoryId: string) => read<DutyEffect>('/duty-effect', { areaId, categoryId }),
    makeList: (body: Command & { id: string; kind: string; title: Label; areaId: string; source: string }) => write('/duty-lists', body),
    changeList: (id: string, body: Command & { version: number; title: Label; source: string }) => write(`/duty-lists/${at(id)}`, body),
    endList: (id: string, body: Command) => write(`/duty-lists/${at(id)}/end`, body),
    addClause: (id: string, body: Command & ClauseForm) => write(`/duty-lists/${at(id)}/items`, body),
    changeClause: (id: string, itemId: string, body: Command & ClauseForm) => write(`/duty-lists/${at(id)}/items/${at(itemId)}`, body),
    endClause: (id: string, itemId: string, body: Command) => write(`/duty-lists/${at(id)}/items/${at(itemId)}/end`, body),
    roster: (id: string, from: string, days: number) => read<Roster>(`/organizations/${at(id)}/shifts`, { from, days }),
    addShifts: (id: string, body: Command & { shifts: readonly Omit<ShiftView, 'organizationId'>[] }) =>
      write(`/organizations/${at(id)}/shifts`, body),
    removeShifts: (id: string, body: Command & { ids: readonly string[] }) => write(`/organizations/${at(id)}/shifts/remove`, body),
    copyWeek: (id: string, body: Command & { from: string; to: string }) => write(`/organizations/${at(id)}/shifts/copy`, body),
    categoryVersions: (id: string) => read<{ versions: CategoryVersion[]; version: number }>(`/categories/${at(id)}/versions`),
    makeCategory: (body: Command & CategoryForm & { id: string }) => write('/categories', body),
    changeCategory: (id: string, body: Command & CategoryForm & { version: number }) => write(`/categories/${at(id)}`, body),
    retireCategory: (id: string, body: Command & { successorId?: string }) => write(`/categories/${at(id)}/retire`, body),
    articles: (query: Page & { q?: string; categoryId?: string; organizationId?: string; past?: boolean }) =>
      read<ArticlePage>('/articles', query),
    articleVersions: async (id: string) => (await read<{ versions: ArticleView[] }>(`/articles/${at(id)}/versions`)).versions,
    makeArticle: (body: Command & ArticleForm & { id: string }) => write('/articles', body),
    changeArticle: (id: string, body: Command & ArticleForm & { version: number; withdraw?: boolean }) =>
      write(`/articles/${at(id)}`, body),
    facilities: (query: Page & { areaId?: string | undefined; kind?: string; q?: string; closed?: boolean }) =>
      read<FacilityPage>('/facilities', query),
    facility: (id: string) => read<FacilityDetail>(`/facilities/${at(id)}`),
    makeFacility: (body: Command & FacilityForm & { id: string }) => write('/facilities', body),
    changeFacility: (id: string, body: Command & FacilityForm & { version: number }) => write(`/facilities/${at(id)}`, body),
    closeFacility: (id: string, body: Command) => write(`/facilities/${at(id)}/close`, body),
    years: async () => (await read<{ years: KnownYear[] }>('/calendar')).years,
    previewYear: (notice: CalendarYear) => http<CalendarPreview>('POST', '/calendar/preview', { json: notice, idempotent: true }),
    loadYear: (body: Command & CalendarYear & { replace?: boolean }) => write('/calendar', body),
    post: (id: string) => read<PostView & { version: number }>(`/posts/${at(id)}`),
    makePost: (body: Command & PostForm & { id: string; organizationId: string; areaId?: string; role: string }) => write('/posts', body),
    changePost: (id: string, body: Command & PostForm & { version: number }) => write(`/posts/${at(id)}`, body),
    endPost: (id: string, body: Command) => write(`/posts/${at(id)}/end`, body),
  };
};
export type Administration = ReturnType<typeof makeAdministration>;
