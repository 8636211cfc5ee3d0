import { makeSignIn } from '@tongxin/client/api.ts';
import { makeFieldApi } from '@tongxin/client/field.ts';
import { makeHttp, type Seen } from '@tongxin/client/http.ts';
import { aloneInBrowser, makeOperations, type Operation } from '@tongxin/client/operations.ts';
import { outboxStore } from '@tongxin/client/outbox-store.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import type { CaseView, NewAction, NewCase } from '@tongxin/domain/case/view.ts';
import type { SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { Bundle, EditAnswer, NewEdit } from '@tongxin/domain/field/view.ts';
import { inLanguage } from '@tongxin/domain/label/schema.ts';
import type { NewFinding } from '@tongxin/domain/patrol/schema.ts';
import type { NewSos } from '@tongxin/domain/sos/schema.ts';
import type { NewRequest } from '@tongxin/domain/visit/schema.ts';
import { currentLanguage } from '../i18n/i18n.tsx';
import { kept } from './kept.ts';

const online = (): boolean => navigator.onLine;
export const fieldApi = makeFieldApi(makeHttp({ base: '/api/v1', language: currentLanguage, online }));
export const signIn = makeSignIn(makeHttp({ base: '/api/auth', language: currentLanguage, online }));

/** Who the device belongs to now; known before anything is sent. */
let ownerId: string | undefined;
export const setOwner = (personId: string | undefined): void => {
  ownerId = personId;
};

/** Bodies of operations, as they stand in the queue. */
export interface EditBody {
  readonly edit: Omit<NewEdit, 'after' | 'baseVersion'> & Partial<Pick<NewEdit, 'after' | 'baseVersion'>>;
  readonly name: string;
}
export interface ActBody {
  readonly caseId: string;
  readonly action: Omit<NewAction, 'version'> & { readonly version?: number };
  /** The operation whose answer says the version: an action before it, or the filing. */
  readonly follows?: string;
  readonly label: { readonly zh: string; readonly en?: string };
  readonly number: string;
  /** Where the case stands once it is done. */
  readonly to?: string;
}
export interface TaskBody {
  readonly caseId: string;
  readonly taskId: string;
  readonly status: 'acknowledged' | 'done' | 'returned';
  readonly words?: string;
  readonly number: string;
}
export interface CaseBody {
  readonly filing: NewCase;
}
export interface FindingBody {
  readonly patrolId: string;
  readonly finding: NewFinding;
}
export interface SosBody {
  readonly call: NewSos;
  /** By the device's clock: only for showing. */
  readonly pressedAt: string;
}
export interface RequestBody {
  readonly visitId: string;
  readonly request: NewRequest;
}

export const recordKey = (kind: SubjectKind, id: string): string => `${kind}/${id}`;

const keepAnswer = async ({ edit, name }: EditBody, answer: EditAnswer): Promise<void> => {
  const at = new Date().toISOString();
  const key = recordKey(edit.kind, edit.subjectId);
  const record = await kept.get('record', key);
  if (record)
    await kept.put('record', key, {
      ...record,
      fields: answer.fields,
      version: answer.version,
      lastSent: edit.id,
      status: answer.status === 'kept' ? 'none' : answer.status,
    });
  if (edit.decides) await kept.remove('conflict', edit.decides);
  if (edit.undoes) {
    const undone = await kept.get('edit', edit.undoes);
    if (undone) await kept.put('edit', edit.undoes, { ...undone, undone: true });
  }
  const about = { editId: edit.id, kind: edit.kind, subjectId: edit.subjectId, name, at };
  if (answer.applied.length > 0 && !edit.made) await kept.put('edit', edit.id, { ...about, applied: answer.applied });
  if (answer.conflicts.length > 0) await kept.put('conflict', edit.id, { ...about, conflicts: answer.conflicts });
};

const keepVersion = async (operationId: string, version: number): Promise<void> => kept.put('version', operationId, { version }, 'quiet');
const keepCase = async (view: CaseView): Promise<void> => kept.put('case', view.id, { view, at: new Date().toISOString() });
/** A case as its filing leaves it. */
const FIRST_VERSION = 1;
const filed = async ({ id }: Operation): Promise<'forget'> => {
  await keepVersion(id, FIRST_VERSION);
  return 'forget';
};

/** Everything a worker does, kept until the server has it. */
export const queue = makeOperations({
  store: outboxStore('tongxin-field-outbox'),
  owner: () => ownerId,
  alone: aloneInBrowser('tongxin-field-outbox'),
  upload: fieldApi.upload,
  senders: {
    edit: {
      prepare: async ({ body }) => {
        const { edit, name } = body as EditBody;
        const record = await kept.get('record', recordKey(edit.kind, edit.subjectId));
        const follows = record?.lastSent ? { after: record.lastSent } : {};
        return { name, edit: { ...edit, ...follows, baseVersion: record?.version ?? 0 } } satisfies EditBody;
      },
      send: ({ body }) => fieldApi.sendEdit((body as EditBody).edit as NewEdit),
      answered: async ({ body }, answer) => {
        await keepAnswer(body as EditBody, answer as EditAnswer);
        return 'forget';
      },
      // Two wrote the same field: nothing is lost, both values are here, and the person decides.
      refused: async ({ body }, problem) => {
        if (problem.code !== 'editConflict') return false;
        await keepAnswer(body as EditBody, problem.body as EditAnswer);
        return true;
      },
    },
    act: {
      prepare: async ({ body }) => {
        const { follows, action, ...rest } = body as ActBody;
        const before = follows ? await kept.get('version', follows) : undefined;
        return {
          ...rest,
          ...(follows ? { follows } : {}),
          action: { ...action, version: before?.version ?? action.version ?? FIRST_VERSION },
        };
      },
      send: ({ body }) => fieldApi.act((body as ActBody).caseId, (body as ActBody).action as NewAction),
      answered: async ({ id }, answer) => {
        const view = answer as CaseView;
        await keepVersion(id, view.version);
        await keepCase(view);
        return 'forget';
      },
    },
    task: {
      send: ({ id, body }) => {
        const { caseId, taskId, status, words } = body as TaskBody;
        return fieldApi.answerTask(caseId, taskId, { commandId: id, status, ...(words ? { words } : {}) });
      },
      answered: async ({ id, body }, answer) => {
        await keepVersion(id, (answer as { version: number }).version);
        // What it is now: without it the kept copy would still ask.
        await keepWholeCase((body as TaskBody).caseId).catch(() => undefined);
        return 'forget';
      },
    },
    fileCase: { send: ({ body }) => fieldApi.fileCase((body as CaseBody).filing), answered: filed },
    finding: { send: ({ body }) => fieldApi.openFinding((body as FindingBody).patrolId, (body as FindingBody).finding), answered: filed },
    request: {
      send: ({ body }) => fieldApi.openRequest((body as RequestBody).visitId, (body as RequestBody).request),
      answered: async () => 'forget',
    },
    // Kept: whoever called looks at it until it is answered.
    sos: { first: true, send: ({ body }) => fieldApi.pressSos((body as SosBody).call) },
  },
});

/** Who works here: from the server, or without a network from the device. Nobody: undefined. Somebody else's things are erased first. */
export const whoWorksHere = async () => {
  const known = await kept.get('me');
  try {
    const me = await fieldApi.getMe();
    if (known && known.me.personId !== me.personId) await eraseDevice();
    setOwner(me.personId);
    await kept.put('me', '', { me }, 'quiet');
    return { me, signedIn: true };
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem;
    if (!known) {
      if (problem.status === 401) return undefined;
      throw problem;
    }
    setOwner(known.me.personId);
    // A session that ended: what is on the device stays at hand, sending waits until the same person signs in.
    return { me: known.me, signedIn: problem.status !== 401 };
  }
};

const eraseDevice = async (): Promise<void> => {
  const known = await kept.get('me');
  await queue.forget(({ ownerId: whose }) => whose !== undefined && (!known || whose === known.me.personId));
  await kept.erase();
};

/** Signs out and leaves nothing on the device. Without a network the session itself ends at the server later, by its age. */
export const leaveDevice = async (): Promise<void> => {
  await eraseDevice();
  setOwner(undefined);
  await signIn.signOut().catch(() => undefined);
};

const MOST_CASES = 60;

/** The bundle of an area. One that is no more (a re-zoning took its grid) is that of the worker's post. */
const fetchBundle = async (areaId: string | undefined, etag: string | undefined): Promise<Seen<Bundle>> => {
  try {
    return await fieldApi.bundle(areaId, etag);
  } catch (problem) {
    if (areaId === undefined || !(problem instanceof ApiProblem) || problem.status !== 404) throw problem;
    return fieldApi.bundle(undefined, etag);
  }
};

/** Brings what a day without signal needs onto the device; what is here already is not brought again. Throws where there is no network. */
export const takeAlong = async (areaId?: string): Promise<void> => {
  const before = await kept.get('bundle');
  const { value, etag } = await fetchBundle(areaId, before?.etag);
  const at = new Date().toISOString();
  const bundle = value ?? before!.bundle;
  if (value) await keepRecords(value, at);
  await kept.put('bundle', '', { bundle, ...(etag ? { etag } : {}), at });
  for (const { id, version } of bundle.cases.slice(0, MOST_CASES)) {
    const here = await kept.get('case', id);
    if (here?.view.version === version) continue;
    await keepWholeCase(id).catch(() => undefined);
  }
};

const keepRecords = async (bundle: Bundle, at: string): Promise<void> => {
  for (const { kind, ...one } of [
    ...bundle.premises.map((row) => ({ ...row, kind: 'premises' as const, title: row.name, status: 'none' as const })),
    ...bundle.visits.map((row) => ({ ...row, kind: 'visit' as const, status: row.status === 'erased' ? ('none' as const) : row.status })),
    ...bundle.patrols.map((row) => ({ ...row, kind: 'patrol' as const })),
  ]) {
    const key = recordKey(kind, one.id);
    const before = await kept.get('record', key);
    const title = typeof one.title === 'string' ? one.title : inLanguage(one.title, currentLanguage());
    await kept.put(
      'record',
      key,
      {
        kind,
        subjectId: one.id,
        formId: one.formId,
        formVersion: one.formVersion,
        name: before?.name ?? title,
        areaId: one.areaId,
        ...('premisesId' in one && one.premisesId ? { premisesId: one.premisesId } : {}),
        ...(before?.consent === undefined ? {} : { consent: before.consent }),
        fields: one.fields,
        version: one.version,
        ...(before?.lastSent ? { lastSent: before.lastSent } : {}),
        status: one.status,
        at: before?.at ?? at,
      },
      'quiet',
    );
  }
};

/** A case with the procedure that says what may follow, for when there is no signal. */
export const keepWholeCase = async (id: string): Promise<CaseView> => {
  const view = await fieldApi.getCase(id);
  const name = `${view.procedureId}/${view.procedureVersion}`;
  if (!(await kept.get('procedure', name)))
    await kept.put('procedure', name, { procedure: await fieldApi.getProcedure(view.procedureId, view.procedureVersion) }, 'quiet');
  await keepCase(view);
  return view;
};

let started = false;
/** Sends what waits whenever there may be a network; between those moments the queue tries by itself. */
export const startQueue = (): void => {
  if (started) return;
  started = true;
  const flush = (): void => void queue.flush();
  addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flush();
  });
  // Asks the browser not to clear what waits when the phone is full.
  void navigator.storage?.persist?.().catch(() => false);
  flush();
};
