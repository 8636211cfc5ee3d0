import type { SimilarCase } from '@tongxin/domain/case/view.ts';
import type { CallDeed, CallResult, CallView, CaseCall, LineView } from '@tongxin/domain/hotline/schema.ts';
import type { CallBackRow, CallerCase } from '@tongxin/domain/hotline/view.ts';
import type { Http } from './http.ts';

/** What somebody is telling just now, as far as it is said. */
export interface BeingTold {
  readonly text?: string;
  readonly areaId?: string;
  readonly categoryId?: string;
  readonly postId?: string;
}

/** A key of a client of the open interface; the key itself is answered once. */
export interface Open311Key {
  readonly id: string;
  readonly name: string;
  readonly ending: string;
  readonly perDay: number;
  readonly usedToday: number;
  readonly until: string;
  readonly revoked: boolean;
}

const at = encodeURIComponent;

/** Calls of the telephone's screen, and of the interfaces that let others in. */
export const hotlineCalls = (http: Http) => ({
  listCalls: (signal?: AbortSignal) => http<{ open: CallView[]; past: CallView[] }>('GET', '/hotline/calls', { signal }),
  logCall: (body: { id: string; number?: string }) => http<CallView>('POST', '/hotline/calls', { json: body, idempotent: true }),
  takeCall: (id: string) => http<CallView>('POST', `/hotline/calls/${at(id)}/take`, { json: {}, idempotent: true }),
  findCaller: async (id: string, code?: string) =>
    (
      await http<{ cases: CallerCase[] }>('POST', `/hotline/calls/${at(id)}/caller`, {
        json: code === undefined ? {} : { code },
        idempotent: true,
      })
    ).cases,
  actForCaller: (
    id: string,
    caseId: string,
    body: { commandId: string; action: string; version: number; input?: Readonly<Record<string, string>> },
  ) => http<{ version: number }>('POST', `/hotline/calls/${at(id)}/cases/${at(caseId)}/actions`, { json: body, idempotent: true }),
  bindCall: (id: string, caseId: string, deed: CallDeed) =>
    http<{ id: string }>('PUT', `/hotline/calls/${at(id)}/cases/${at(caseId)}`, { json: { deed } }),
  closeCall: (id: string, body: { result: CallResult; passedTo?: string }) =>
    http<CallView>('POST', `/hotline/calls/${at(id)}/close`, { json: body, idempotent: true }),
  caseCalls: async (id: string, signal?: AbortSignal) =>
    (await http<{ calls: CaseCall[] }>('GET', `/cases/${at(id)}/calls`, { signal })).calls,
  listCallBacks: async (signal?: AbortSignal) => (await http<{ rows: CallBackRow[] }>('GET', '/hotline/call-backs', { signal })).rows,
  callBack: (
    id: string,
    body: {
      commandId: string;
      callId: string;
      version: number;
      outcome: 'reached' | 'unanswered' | 'refused';
      input?: Readonly<Record<string, string>>;
      beganAt?: string;
    },
  ) => http<{ version: number }>('POST', `/hotline/call-backs/${at(id)}`, { json: body, idempotent: true }),
  similarToTold: async (body: BeingTold, signal?: AbortSignal) =>
    (await http<{ cases: SimilarCase[] }>('POST', '/cases/similar', { json: body, idempotent: true, signal })).cases,
  listLines: async () => (await http<{ lines: LineView[] }>('GET', '/hotline/lines')).lines,
  makeLine: (body: { id: string; organizationId: string; name: string }) =>
    http<LineView & { secret?: string }>('POST', '/hotline/lines', { json: body, idempotent: true }),
  revokeLine: (id: string) => http<LineView>('POST', `/hotline/lines/${at(id)}/revoke`, { json: {}, idempotent: true }),
  listOpen311: () => http<{ keys: Open311Key[]; listOpen: boolean }>('GET', '/open311-keys'),
  issueOpen311Key: (body: { id: string; name: string; perDay: number; days: number }) =>
    http<Open311Key & { key?: string }>('POST', '/open311-keys', { json: body, idempotent: true }),
  revokeOpen311Key: (id: string) => http<Open311Key>('POST', `/open311-keys/${at(id)}/revoke`, { json: {}, idempotent: true }),
  openOpen311List: (listOpen: boolean) => http<{ listOpen: boolean }>('PUT', '/open311-list', { json: { listOpen } }),
});
