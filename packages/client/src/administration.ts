import type { Changed, ChangePage } from '@tongxin/domain/administration/view.ts';
import type { DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { HandoverView, WaitingView, WorkLeft } from '@tongxin/domain/handover/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import type { FirstPassword, StaffPage } from '@tongxin/domain/staff/view.ts';
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
      write<HandoverView>(`/holdings/${at(holdingId)}/end`, body),
    waiting: () => read<WaitingView>('/handovers'),
    organizations: (query: Page & { areaId?: string; deep?: boolean; closed?: boolean }) =>
      read<{ organizations: OrganizationView[]; next?: string }>('/organizations', query),
    organization: (id: string) => read<OrganizationView & { version: number }>(`/organizations/${at(id)}`),
    makeBody: (body: Command & BodyForm & { id: string }) => write('/organizations', body),
    changeBody: (id: string, body: Command & BodyForm & { version: number }) => write(`/organizations/${at(id)}`, body),
    workOfBody: (id: string) => read<WorkLeft>(`/organizations/${at(id)}/work`),
    closeBody: (id: string, body: Command & { heirId?: string }) => write<HandoverView>(`/organizations/${at(id)}/close`, body),
    posts: async (query: { organizationId?: string; areaId?: string; closed?: boolean }) =>
      (await read<{ posts: PostView[] }>('/posts', query)).posts,
    dutyLists: async (areaId: string, kind?: string) => (await read<{ lists: DutyListView[] }>('/duty-lists', { areaId, kind })).lists,
    post: (id: string) => read<PostView & { version: number }>(`/posts/${at(id)}`),
    makePost: (body: Command & PostForm & { id: string; organizationId: string; areaId?: string; role: string }) => write('/posts', body),
    changePost: (id: string, body: Command & PostForm & { version: number }) => write(`/posts/${at(id)}`, body),
    endPost: (id: string, body: Command) => write(`/posts/${at(id)}/end`, body),
  };
};
export type Administration = ReturnType<typeof makeAdministration>;
