/**
 * One well-formed request for every route: who asks, where, with what. `bad-input.test.ts` spoils each in one place at a time and sends it;
 * a route without an entry fails the suite. The well-formed request itself is never sent.
 */

/** What the requests are about: a case that its lead body has in hand, somebody else's case, and the resident's receipt. */
export interface Subject {
  readonly id: string;
  readonly partyId: string;
  readonly fileId: string;
  readonly code: string;
}

export interface Good {
  /** Who of the world asks; must be somebody who gets through the door. */
  readonly as?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Takes bytes instead of JSON. */
  readonly bytes?: true;
  /** Parts of the path that are ids or codes: each is spoilt in turn. */
  readonly ids?: readonly string[];
  /** Fields of the body that may be left out. */
  readonly optional?: readonly string[];
  /** Takes no question at all; what is asked is not looked at (pages, probes). */
  readonly asksNothing?: true;
}

const uuid = (n: number): string => `badbad00-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A well-formed id of nothing. */
export const NOWHERE = uuid(0);

const AREA = 'a0000000-0000-8000-8000-000000000002';
const BODY = '0b000000-0000-8000-8000-000000000010';

const action = ({ fileId }: Subject) => ({
  commandId: uuid(1),
  action: 'acknowledge',
  version: 3,
  input: {},
  fileIds: [fileId],
  occurredAt: '2026-09-30T10:00:00Z',
});
const PAPER = { title: '关于路灯的交办单', body: '请办理。', datedOn: '2026-09-30' };
const OPTIONAL_OF_ACTION = ['input', 'fileIds', 'occurredAt', 'postId'];

const v1: Readonly<Record<string, (subject: Subject) => Good>> = {
  'POST /cases': () => ({
    path: '/cases',
    as: 'residentA',
    body: {
      id: uuid(3),
      procedure: 'order',
      channel: 'portal',
      demandKind: 'help',
      categoryId: 'municipal.lampOut',
      text: '路灯不亮',
      point: { lon: 113.02, lat: 22.02 },
      address: '一号楼前',
      areaId: AREA,
      facilityId: 'fa000000-0000-8000-8000-000000000001',
      reporter: { name: '陈某', phone: '13800138000', protected: true, callBackWanted: true },
      behalfOf: { name: '李某', phone: '13800138001', by: 'family', consent: true },
      respondentOrganizationId: BODY,
      fileIds: [],
      occurredAt: '2026-09-30T10:00:00Z',
    },
    optional: [
      'procedure',
      'channel',
      'demandKind',
      'categoryId',
      'point',
      'address',
      'areaId',
      'facilityId',
      'reporter',
      'behalfOf',
      'respondentOrganizationId',
      'fileIds',
      'occurredAt',
    ],
  }),
  'GET /cases': () => ({
    path: '/cases',
    as: 'dispatcherA',
    query: {
      areaId: AREA,
      level: 'town',
      view: 'area',
      stage: 'received',
      light: 'green',
      open: 'true',
      limit: '20',
      count: 'true',
      cursor: Buffer.from(`2026-09-30T10:00:00.000Z~${NOWHERE}`).toString('base64url'),
    },
  }),
  'GET /cases/:id': ({ id }) => ({ path: `/cases/${id}`, as: 'handlerA', ids: [id] }),
  'POST /cases/:id/actions': (subject) => ({
    path: `/cases/${subject.id}/actions`,
    as: 'handlerA',
    ids: [subject.id],
    body: action(subject),
    optional: OPTIONAL_OF_ACTION,
  }),
  'POST /cases/:id/notes': ({ id }) => ({
    path: `/cases/${id}/notes`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(4), words: '已电话联系' },
  }),
  'GET /cases/:id/documents': ({ id }) => ({ path: `/cases/${id}/documents`, as: 'handlerA', ids: [id] }),
  'GET /cases/:id/documents/draft': ({ id }) => ({
    path: `/cases/${id}/documents/draft`,
    as: 'handlerA',
    ids: [id],
    query: { kind: 'assignment' },
  }),
  'POST /cases/:id/documents/preview': ({ id }) => ({
    path: `/cases/${id}/documents/preview`,
    as: 'handlerA',
    ids: [id],
    body: { kind: 'assignment', draft: PAPER },
  }),
  'POST /cases/:id/documents': ({ id }) => ({
    path: `/cases/${id}/documents`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(60), documentId: uuid(61), kind: 'assignment', draft: PAPER },
  }),
  'GET /cases/:id/documents/:documentId/:format': ({ id }) => ({
    path: `/cases/${id}/documents/${uuid(62)}/pdf`,
    as: 'handlerA',
    ids: [id, uuid(62)],
  }),
  'POST /cases/:id/documents/:documentId/signed': ({ id, fileId }) => ({
    path: `/cases/${id}/documents/${uuid(63)}/signed`,
    as: 'handlerA',
    ids: [id, uuid(63)],
    body: { commandId: uuid(64), fileIds: [fileId] },
  }),
  'POST /cases/:id/tasks': ({ id }) => ({
    path: `/cases/${id}/tasks`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(5), taskId: uuid(6), organizationId: BODY, words: '请协助' },
  }),
  'POST /cases/:id/tasks/:taskId': ({ id }) => ({
    path: `/cases/${id}/tasks/${uuid(7)}`,
    as: 'handlerA',
    ids: [id, uuid(7)],
    body: { commandId: uuid(8), status: 'acknowledged', words: '收到' },
    optional: ['words'],
  }),
  'POST /cases/:id/parties/:partyId/read': ({ id, partyId }) => ({
    path: `/cases/${id}/parties/${partyId}/read`,
    as: 'handlerA',
    ids: [id, partyId],
    body: { purpose: '电话核实', fields: ['phone'] },
  }),
  'POST /cases/:id/erase': ({ id, partyId }) => ({
    path: `/cases/${id}/erase`,
    as: 'administrator',
    ids: [id],
    body: { commandId: uuid(9), ground: 'byRequest', eventNos: [1], partyId, fileIds: [uuid(10)] },
    optional: ['eventNos', 'partyId', 'fileIds'],
  }),
  'PUT /cases/:id/files/:fileId': ({ id }) => ({
    path: `/cases/${id}/files/${uuid(11)}`,
    as: 'handlerA',
    bytes: true,
    query: { keepPlace: 'true', seenBy: 'reporter' },
    ids: [id, uuid(11)],
  }),
  'GET /cases/:id/files/:fileId': ({ id, fileId }) => ({ path: `/cases/${id}/files/${fileId}`, as: 'handlerA', ids: [id, fileId] }),
  'GET /receipts/:code': ({ code }) => ({ path: `/receipts/${code}`, ids: [code] }),
  'GET /receipts/:code/access-log': ({ code }) => ({
    path: `/receipts/${code}/access-log`,
    ids: [code],
    query: { before: '2026-09-30T10:00:00Z' },
  }),
  'POST /receipts/:code/actions': (subject) => ({
    path: `/receipts/${subject.code}/actions`,
    ids: [subject.code],
    body: { ...action(subject), action: 'addInformation' },
    optional: OPTIONAL_OF_ACTION,
  }),
  'PUT /receipts/:code/files/:fileId': ({ code }) => ({ path: `/receipts/${code}/files/${uuid(12)}`, bytes: true, ids: [code, uuid(12)] }),
  'GET /receipts/:code/files/:fileId': ({ code, fileId }) => ({ path: `/receipts/${code}/files/${fileId}`, ids: [code, fileId] }),
  'GET /me': () => ({ path: '/me', as: 'residentA', asksNothing: true }),
  'POST /me/language': () => ({ path: '/me/language', as: 'residentA', body: { language: 'en' } }),
  'GET /me/access-log': () => ({ path: '/me/access-log', as: 'residentA', query: { before: '2026-09-30T10:00:00Z' } }),
  'GET /me/details': () => ({ path: '/me/details', as: 'residentA', asksNothing: true }),
  'GET /notices': () => ({ path: '/notices', as: 'residentA', query: { before: '2026-09-30T10:00:00Z', unread: 'true' } }),
  'POST /notices/:id/read': () => ({ path: `/notices/${NOWHERE}/read`, as: 'residentA', ids: [NOWHERE], asksNothing: true }),
  'GET /demo/accounts': () => ({ path: '/demo/accounts', asksNothing: true }),
  'GET /live': () => ({ path: '/live', as: 'dispatcherA', asksNothing: true }),
  'GET /statistics/cases': () => ({
    path: '/statistics/cases',
    as: 'leaderA',
    query: { measure: 'standing', by: 'stage', areaId: AREA, from: '2026-09-01', to: '2026-09-30', procedureId: 'order' },
  }),
  'GET /statistics/durations': () => ({
    path: '/statistics/durations',
    as: 'leaderA',
    query: { areaId: AREA, from: '2026-09-01', to: '2026-09-30', procedureId: 'order', categoryId: 'municipal' },
  }),
  'GET /statistics/late': () => ({
    path: '/statistics/late',
    as: 'leaderA',
    query: { areaId: AREA, from: '2026-09-01', to: '2026-09-30', limit: '20' },
  }),
  'GET /areas': () => ({ path: '/areas', query: { parentId: AREA } }),
  'GET /areas/resolve': () => ({ path: '/areas/resolve', query: { lon: '113.02', lat: '22.02' } }),
  'GET /areas/:id': () => ({ path: `/areas/${AREA}`, ids: [AREA] }),
  'GET /facilities': () => ({ path: '/facilities', query: { bbox: '113,22,113.1,22.1', areaId: AREA, kind: 'lamp' } }),
  'GET /categories': () => ({ path: '/categories', asksNothing: true }),
  'GET /procedures': () => ({ path: '/procedures', asksNothing: true }),
  'GET /procedures/:id': () => ({ path: '/procedures/order', ids: ['order'] }),
  'GET /procedures/:id/:version': () => ({ path: '/procedures/order/2', ids: ['order', '2'] }),
  'GET /procedures/:id/diagram.svg': () => ({ path: '/procedures/order/diagram.svg', query: { version: '1' }, ids: ['order'] }),
  'GET /procedure-uses': () => ({ path: '/procedure-uses', query: { procedureId: 'order' } }),
  'POST /procedure-uses': () => ({
    path: '/procedure-uses',
    as: 'administrator',
    body: { id: uuid(20), procedureId: 'order', version: 2, areaId: AREA, from: '2026-10-01', note: '试行' },
  }),
  'DELETE /procedure-uses/:id': () => ({ path: `/procedure-uses/${uuid(20)}`, as: 'administrator', ids: [uuid(20)], asksNothing: true }),
  'GET /procedure-drafts': () => ({ path: '/procedure-drafts', as: 'administrator', asksNothing: true }),
  'GET /procedure-drafts/:id': () => ({ path: `/procedure-drafts/${uuid(21)}`, as: 'administrator', ids: [uuid(21)], asksNothing: true }),
  'PUT /procedure-drafts/:id': () => ({
    path: `/procedure-drafts/${uuid(21)}`,
    as: 'administrator',
    ids: [uuid(21)],
    body: { version: 3, procedureId: 'order', baseVersion: 2, areaId: AREA, change: { title: { zh: '甲镇工单' } } },
  }),
  'DELETE /procedure-drafts/:id': () => ({
    path: `/procedure-drafts/${uuid(21)}`,
    as: 'administrator',
    ids: [uuid(21)],
    query: { version: '1' },
  }),
  'POST /procedure-drafts/:id/publish': () => ({
    path: `/procedure-drafts/${uuid(21)}/publish`,
    as: 'administrator',
    ids: [uuid(21)],
    body: { version: 1, note: '试行', from: '2026-10-01' },
  }),
  'GET /organizations': () => ({ path: '/organizations', as: 'handlerA', query: { areaId: AREA, deep: 'true', kind: 'department' } }),
  'GET /posts': () => ({ path: '/posts', as: 'handlerA', query: { areaId: AREA, organizationId: BODY, role: 'handler' } }),
  'GET /organizations/:id/shifts': () => ({
    path: `/organizations/${BODY}/shifts`,
    as: 'handlerA',
    ids: [BODY],
    query: { from: '2026-09-01', days: '7' },
  }),
  'GET /duty-lists': () => ({ path: '/duty-lists', as: 'handlerA', query: { areaId: AREA, kind: 'catalogue' } }),
  'GET /jobs': () => ({ path: '/jobs', as: 'handlerA', asksNothing: true }),
  'GET /jobs/:id': () => ({ path: `/jobs/${uuid(70)}`, as: 'handlerA', ids: [uuid(70)] }),
  'POST /jobs/:id/cancel': () => ({ path: `/jobs/${uuid(70)}/cancel`, as: 'handlerA', ids: [uuid(70)] }),
  'POST /jobs/:id/retry': () => ({ path: `/jobs/${uuid(70)}/retry`, as: 'handlerA', ids: [uuid(70)] }),
  'GET /jobs/:id/file': () => ({ path: `/jobs/${uuid(70)}/file`, as: 'handlerA', ids: [uuid(70)] }),
  'GET /exports/columns': () => ({ path: '/exports/columns', as: 'handlerA', asksNothing: true }),
  'POST /exports': () => ({
    path: '/exports',
    as: 'dispatcherA',
    body: { id: uuid(71), source: 'cases', format: 'csv', filter: { view: 'area' }, columns: ['number'], purpose: '核对台账' },
    optional: ['filter', 'columns', 'purpose'],
  }),
  'PUT /uploads/:id': () => ({ path: `/uploads/${uuid(72)}`, as: 'administrator', bytes: true, ids: [uuid(72)] }),
  'POST /imports': () => ({
    path: '/imports',
    as: 'administrator',
    body: { id: uuid(73), uploadId: uuid(72), map: { kind: 'cases', sourceSystem: 'ledger', text: ['内容'] }, dryRun: true },
  }),
  'GET /templates': () => ({ path: '/templates', as: 'leaderA', asksNothing: true }),
  'PUT /templates/:id/file': () => ({ path: `/templates/${uuid(74)}/file`, as: 'leaderA', bytes: true, ids: [uuid(74)] }),
  'GET /templates/:id': () => ({ path: `/templates/${uuid(74)}`, as: 'leaderA', ids: [uuid(74)] }),
  'POST /templates/:id': () => ({
    path: `/templates/${uuid(74)}`,
    as: 'leaderA',
    ids: [uuid(74)],
    body: { version: 1, name: '月报', map: { sheet: '月报', cells: [{ cell: 'A1', value: 'month' }] } },
  }),
  'POST /templates/:id/retire': () => ({ path: `/templates/${uuid(74)}/retire`, as: 'leaderA', ids: [uuid(74)] }),
  'POST /templates/:id/fill': () => ({
    path: `/templates/${uuid(74)}/fill`,
    as: 'leaderA',
    ids: [uuid(74)],
    body: { id: uuid(75), month: '2026-08', preparedBy: '王工' },
    optional: ['preparedBy'],
  }),
  'GET /webhooks': () => ({ path: '/webhooks', as: 'administrator', asksNothing: true }),
  'POST /webhooks': () => ({
    path: '/webhooks',
    as: 'administrator',
    body: { id: uuid(76), organizationId: BODY, areaId: AREA, url: 'https://example.org/hook', events: ['case.filed'] },
    optional: ['areaId'],
  }),
  'POST /webhooks/:id': () => ({
    path: `/webhooks/${uuid(76)}`,
    as: 'administrator',
    ids: [uuid(76)],
    body: { url: 'https://example.org/hook', events: ['case.filed'], on: true },
    optional: ['url', 'events', 'on'],
  }),
  'POST /webhooks/:id/secret': () => ({ path: `/webhooks/${uuid(76)}/secret`, as: 'administrator', ids: [uuid(76)] }),
  'POST /webhooks/:id/test': () => ({ path: `/webhooks/${uuid(76)}/test`, as: 'administrator', ids: [uuid(76)] }),
  'POST /webhooks/:id/remove': () => ({ path: `/webhooks/${uuid(76)}/remove`, as: 'administrator', ids: [uuid(76)] }),
  'GET /webhooks/:id/deliveries': () => ({ path: `/webhooks/${uuid(76)}/deliveries`, as: 'administrator', ids: [uuid(76)] }),
  'GET /api-tokens': () => ({ path: '/api-tokens', as: 'administrator', asksNothing: true }),
  'POST /api-tokens': () => ({
    path: '/api-tokens',
    as: 'administrator',
    body: { id: uuid(77), organizationId: BODY, name: '城建系统', days: 30 },
  }),
  'POST /api-tokens/:id/revoke': () => ({ path: `/api-tokens/${uuid(77)}/revoke`, as: 'administrator', ids: [uuid(77)] }),
  'GET /department/cases': () => ({ path: '/department/cases', as: 'handlerA', query: { cursor: 'eyJ9', limit: '10' } }),
  'POST /department/cases': () => ({
    path: '/department/cases',
    as: 'handlerA',
    body: {
      sourceNumber: 'CJ-1',
      text: '路灯不亮',
      demandKind: 'help',
      categoryId: 'municipal.lampOut',
      point: { lon: 113.02, lat: 22.02 },
      address: '一号楼前',
      areaId: AREA,
      reporter: { name: '陈某', phone: '13800138000', protected: true, callBackWanted: true },
      occurredAt: '2026-09-30T10:00:00Z',
    },
    optional: ['demandKind', 'categoryId', 'point', 'address', 'areaId', 'reporter', 'occurredAt'],
  }),
  'GET /openapi.json': () => ({ path: '/openapi.json', asksNothing: true }),
};

const own = (path: string, body: Good['body']) => (): Good => ({ path, as: 'residentA', body });
const signIn = (path: string, body: Good['body']) => (): Good => ({ path, body });

/** Sign-in. A body of no fields has nothing that could be missing. */
const auth: Readonly<Record<string, (subject: Subject) => Good>> = {
  'POST /sign-in/username': signIn('/sign-in/username', { username: 'nobody', password: 'not the password' }),
  'POST /two-factor/verify-totp': signIn('/two-factor/verify-totp', { code: '123456' }),
  'POST /two-factor/verify-backup-code': signIn('/two-factor/verify-backup-code', { code: 'abcde-fghij' }),
  'POST /phone-number/send-otp': signIn('/phone-number/send-otp', { phoneNumber: '13800138000' }),
  'POST /phone-number/verify': signIn('/phone-number/verify', { phoneNumber: '13800138000', code: '123456' }),
  'POST /sign-out': signIn('/sign-out', {}),
  'POST /two-factor/enable': own('/two-factor/enable', { password: 'not the password' }),
  'POST /two-factor/disable': own('/two-factor/disable', { password: 'not the password' }),
  'POST /change-password': own('/change-password', { currentPassword: 'not the password', newPassword: 'a new one of length' }),
  'POST /revoke-other-sessions': own('/revoke-other-sessions', {}),
};

const prefixed = (prefix: string, rows: Readonly<Record<string, (subject: Subject) => Good>>) =>
  Object.entries(rows).map(([name, good]): [string, (subject: Subject) => Good] => {
    const [method, path] = name.split(' ') as [string, string];
    return [
      `${method} ${prefix}${path}`,
      (subject) => {
        const made = good(subject);
        return { ...made, path: `${prefix}${made.path}` };
      },
    ];
  });

export const GOOD: Readonly<Record<string, (subject: Subject) => Good>> = Object.fromEntries([
  ...prefixed('/api/v1', v1),
  ...prefixed('/api/auth', auth),
]);
