import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewCase } from '@tongxin/domain/case/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { NewFinding } from '@tongxin/domain/patrol/schema.ts';
import type { NewSos } from '@tongxin/domain/sos/schema.ts';
import type { NewRequest } from '@tongxin/domain/visit/schema.ts';
import {
  type ActBody,
  type CaseBody,
  type FindingBody,
  queue,
  type RequestBody,
  recordKey,
  type SosBody,
  type TaskBody,
} from '../../lib/field/device.ts';
import { labelOf } from '../../lib/field/words/use-words.ts';
import { waitingFor } from './queries.ts';

const toCase = (caseId: string, files: readonly UploadFile[]) => files.map((file) => ({ ...file, folder: `/cases/${caseId}/files` }));

/** How a matter that was just seen goes on: it is dispatched, kept for the record, or was settled on the spot. */
export type Outcome = 'report' | 'record' | 'settled';
const ACTION = { record: 'fileForRecord', settled: 'settleOnSpot' } as const;
const ANSWER = { record: 'note', settled: 'result' } as const;

interface Ending {
  readonly outcome: Outcome;
  readonly words: string;
  /** Proof that it was settled. */
  readonly files: readonly UploadFile[];
}

/** What follows a filing in the queue of the same record: it ends there and then, or goes its way. */
const endCase = async (record: string, caseId: string, filingId: string, { outcome, words, files }: Ending): Promise<void> => {
  if (outcome === 'report') return;
  const commandId = uuidv7();
  const body: ActBody = {
    caseId,
    follows: filingId,
    label: labelOf(`outcome.${outcome}`),
    number: '',
    action: {
      commandId,
      action: ACTION[outcome],
      input: { [ANSWER[outcome]]: words },
      ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
    },
  };
  await queue.add<ActBody>({ id: commandId, kind: 'act', record, body, files: toCase(caseId, files) });
};

/** A matter seen outside. */
export const fileEvent = async (
  filing: Omit<NewCase, 'id' | 'channel' | 'fileIds'>,
  files: readonly UploadFile[],
  ending: Ending,
): Promise<string> => {
  const id = uuidv7();
  const body: CaseBody = {
    filing: { id, channel: 'patrol', ...filing, ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}) },
  };
  const record = `case/${id}`;
  await queue.add<CaseBody>({ id, kind: 'fileCase', record, body, files: toCase(id, files) });
  await endCase(record, id, id, ending);
  return id;
};

/** What a checklist found: goes after the patrol it belongs to. */
export const fileFinding = async (
  patrolId: string,
  finding: Omit<NewFinding, 'id' | 'fileIds'>,
  files: readonly UploadFile[],
  ending: Ending,
): Promise<string> => {
  const id = uuidv7();
  const body: FindingBody = {
    patrolId,
    finding: { id, ...finding, ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}) },
  };
  const record = recordKey('patrol', patrolId);
  await queue.add<FindingBody>({ id, kind: 'finding', record, body, files: toCase(id, files) });
  await endCase(record, id, id, ending);
  return id;
};

/** A service asked for at a visit: goes after the visit. */
export const openRequest = async (visitId: string, request: Omit<NewRequest, 'id'>): Promise<void> => {
  const id = uuidv7();
  await queue.add<RequestBody>({
    id,
    kind: 'request',
    record: recordKey('visit', visitId),
    body: { visitId, request: { id, ...request } },
  });
};

interface Acting {
  readonly caseId: string;
  readonly number: string;
  readonly version: number;
  readonly action: string;
  readonly label: Label;
  readonly to?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadFile[];
}

/** One step of a case, after those of it that wait already. */
export const act = async ({ caseId, number, version, action, label, to, input, files }: Acting): Promise<void> => {
  const before = (await waitingFor(caseId)).at(-1);
  const commandId = uuidv7();
  const body: ActBody = {
    caseId,
    number,
    label: { zh: label.zh, ...(label.en ? { en: label.en } : {}) },
    ...(to ? { to } : {}),
    ...(before ? { follows: before.id } : {}),
    action: {
      commandId,
      action,
      ...(before ? {} : { version }),
      occurredAt: new Date().toISOString(),
      ...(Object.keys(input).length ? { input: { ...input } } : {}),
      ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
    },
  };
  await queue.add<ActBody>({ id: commandId, kind: 'act', record: `case/${caseId}`, body, files: toCase(caseId, files) });
};

/** Joint work: taken, answered or given back. */
export const answerTask = async (body: TaskBody): Promise<void> => {
  const id = uuidv7();
  const { words, ...rest } = body;
  await queue.add<TaskBody>({ id, kind: 'task', record: `case/${body.caseId}`, body: { ...rest, ...(words ? { words } : {}) } });
};

export const callForHelp = async (call: Omit<NewSos, 'id'>): Promise<string> => {
  const id = uuidv7();
  const body: SosBody = { call: { id, ...call }, pressedAt: new Date().toISOString() };
  await queue.add<SosBody>({ id, kind: 'sos', record: `sos/${id}`, body });
  return id;
};
