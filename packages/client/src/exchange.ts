import type { RegisterMap, Taken } from '@tongxin/domain/exchange/register/schema.ts';
import type { Column, ExportFormat, ExportSource, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import type { Grid, TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import type { Http } from './http.ts';

/** Long work somebody started. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly about: Readonly<Record<string, unknown>>;
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly attempt: number;
  readonly stopping: boolean;
  readonly done: number;
  readonly total?: number;
  readonly problem?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: number; readonly url: string };
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly expiresAt: string;
}
export interface ConflictView {
  readonly line: number;
  readonly key: string;
  readonly caseId?: string;
  readonly number?: string;
  readonly earlierLine?: number;
  /** The one who imports sees what is kept. */
  readonly seen: boolean;
  /** Of a row of a register: what was looked at, to be sent back when the table's side is taken. */
  readonly kept?: string;
  readonly fields: readonly { readonly field: string; readonly before: string; readonly now: string }[];
}
/** A row that was not taken; where it would have changed what is kept, both sides. */
export interface RejectedView {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly key?: string;
  readonly fields?: ConflictView['fields'];
}
export interface JobDetail extends JobView {
  readonly detail?: {
    readonly rejected: readonly RejectedView[];
    readonly conflicts: readonly ConflictView[];
    /** Accounts that were made, with passwords to be replaced at the first sign-in. */
    readonly accounts?: readonly { readonly line: number; readonly username: string; readonly firstPassword: string }[];
  };
}
export interface NewExport {
  readonly id: string;
  readonly source: ExportSource;
  readonly format: ExportFormat;
  readonly filter?: object;
  /** Of figures: of which area and days. */
  readonly figures?: { readonly areaId?: string; readonly from?: string; readonly to?: string };
  readonly columns?: readonly string[];
  readonly purpose?: string;
}
export interface ExportChoice {
  readonly id: ExportSource;
  readonly label: Label;
  readonly columns: readonly Pick<Column, 'id' | 'label' | 'usual' | 'personal'>[];
}
/** How the columns of a table are read: as cases, or as rows of a register. */
export type TableMap = CaseMap | RegisterMap;
export interface Inspection {
  readonly id: string;
  readonly header: readonly string[];
  readonly samples: readonly (readonly string[])[];
  readonly map?: TableMap;
  readonly remembered: boolean;
}
export interface TemplateView {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly isRead: boolean;
  readonly savedAt: string;
}
export interface TemplateDetail extends TemplateView {
  readonly grids: readonly Grid[];
  readonly map: TemplateMap;
}
export interface WebhookView {
  readonly id: string;
  readonly organizationId: string;
  readonly areaId?: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly status: 'on' | 'off' | 'failed';
  readonly failingSince?: string;
}
export interface DeliveryView {
  readonly id: string;
  readonly kind: string;
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly lastStatus?: number;
  readonly lastProblem?: string;
  readonly createdAt: string;
}
export interface TokenView {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly ending: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly revokedAt?: string;
}

const at = encodeURIComponent;

const sent = (file: File) => ({
  blob: file,
  headers: { 'content-type': file.type || 'application/octet-stream', 'x-name': at(file.name) },
});

/** Export, import, forms, webhooks and tokens. */
export const exchangeCalls = (http: Http) => ({
  listJobs: async (signal?: AbortSignal) => (await http<{ jobs: JobView[] }>('GET', '/jobs', { signal })).jobs,
  getJob: (id: string, signal?: AbortSignal) => http<JobDetail>('GET', `/jobs/${at(id)}`, { signal }),
  cancelJob: (id: string) => http<JobView>('POST', `/jobs/${at(id)}/cancel`, { json: {}, idempotent: true }),
  retryJob: (id: string) => http<JobView>('POST', `/jobs/${at(id)}/retry`, { json: {} }),
  listExports: async () => (await http<{ sources: ExportChoice[] }>('GET', '/exports/columns')).sources,
  startExport: (body: NewExport) => http<JobView>('POST', '/exports', { json: body, idempotent: true }),
  bringTable: (id: string, file: File, as?: ImportRegister) =>
    http<Inspection>('PUT', `/uploads/${at(id)}${as ? `?as=${as}` : ''}`, { bytes: sent(file) }),
  startImport: (body: { id: string; uploadId: string; map: TableMap; dryRun: boolean; take?: readonly Taken[] }) =>
    http<JobView>('POST', '/imports', { json: body, idempotent: true }),
  listTemplates: async () => (await http<{ templates: TemplateView[] }>('GET', '/templates')).templates,
  bringTemplate: (id: string, file: File) => http<TemplateDetail>('PUT', `/templates/${at(id)}/file`, { bytes: sent(file) }),
  getTemplate: (id: string) => http<TemplateDetail>('GET', `/templates/${at(id)}`),
  saveTemplate: (id: string, body: { version: number; name: string; map: TemplateMap }) =>
    http<TemplateDetail>('POST', `/templates/${at(id)}`, { json: body }),
  retireTemplate: (id: string) => http<unknown>('POST', `/templates/${at(id)}/retire`, { json: {}, idempotent: true }),
  fillTemplate: (id: string, body: { id: string; month: string; preparedBy?: string }) =>
    http<JobView>('POST', `/templates/${at(id)}/fill`, { json: body, idempotent: true }),
  listWebhooks: async () => (await http<{ webhooks: WebhookView[] }>('GET', '/webhooks')).webhooks,
  makeWebhook: (body: { id: string; organizationId: string; areaId?: string; url: string; events: readonly WebhookEvent[] }) =>
    http<WebhookView & { secret?: string }>('POST', '/webhooks', { json: body }),
  switchWebhook: (id: string, on: boolean) => http<WebhookView>('POST', `/webhooks/${at(id)}`, { json: { on }, idempotent: true }),
  rotateWebhook: (id: string) => http<{ secret: string; oldUntil: string }>('POST', `/webhooks/${at(id)}/secret`, { json: {} }),
  testWebhook: (id: string) => http<{ deliveryId: string }>('POST', `/webhooks/${at(id)}/test`, { json: {} }),
  removeWebhook: (id: string) => http<unknown>('POST', `/webhooks/${at(id)}/remove`, { json: {} }),
  listDeliveries: async (id: string) => (await http<{ deliveries: DeliveryView[] }>('GET', `/webhooks/${at(id)}/deliveries`)).deliveries,
  listTokens: async () => (await http<{ tokens: TokenView[] }>('GET', '/api-tokens')).tokens,
  issueToken: (body: { id: string; organizationId: string; name: string; days: number }) =>
    http<TokenView & { token?: string }>('POST', '/api-tokens', { json: body }),
  revokeToken: (id: string) => http<TokenView>('POST', `/api-tokens/${at(id)}/revoke`, { json: {}, idempotent: true }),
});
