import type { Operation } from '@tongxin/client/operations.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { Bundle } from '@tongxin/domain/field/view.ts';
import { DUTIES } from '@tongxin/domain/premises/data.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { type ActBody, queue, type TaskBody } from '../../lib/field/device.ts';
import { kept } from '../../lib/field/kept.ts';
import { type LocalRecord, localRecord } from '../../lib/field/records.ts';

/** Everything of one kind on this device, what was begun last first. */
export const allRecords = async (kind: SubjectKind): Promise<LocalRecord[]> => {
  const records = (await kept.all('record')).filter((record) => record.kind === kind);
  const found = await Promise.all(records.map(({ subjectId }) => localRecord(kind, subjectId)));
  return found.filter((one) => one !== undefined).sort((a, b) => (a.record.at < b.record.at ? 1 : -1));
};

export const formOf = (bundle: Bundle | undefined, id: string, version: number): Form | undefined =>
  bundle?.forms.find((form) => form.id === id && form.version === version) ?? bundle?.forms.find((form) => form.id === id);

/** Premises of the register with those that this device found and nobody brought back yet. */
export const knownPremises = async (bundle: Bundle | undefined): Promise<PremisesView[]> => {
  const listed = bundle?.premises ?? [];
  const found = (await kept.all('record')).filter(({ subjectId, premises }) => premises && !listed.some(({ id }) => id === subjectId));
  return [
    ...found.map(({ subjectId, premises, name, areaId, formId, formVersion, fields, version, at }) => ({
      ...premises!,
      id: subjectId,
      name,
      areaId: areaId ?? bundle?.area.id ?? '',
      formId,
      formVersion,
      fields,
      version,
      duties: [...DUTIES[premises!.kind]],
      updatedAt: at,
    })),
    ...listed,
  ];
};

/** The newest version of each form of a kind. */
export const formsFor = (bundle: Bundle | undefined, kind: Form['kind']): Form[] => {
  const newest = new Map<string, Form>();
  for (const form of bundle?.forms ?? [])
    if (form.kind === kind && (newest.get(form.id)?.version ?? 0) < form.version) newest.set(form.id, form);
  return [...newest.values()];
};

/** What waits to be sent on a case, in order: steps of handling, and answers to joint tasks. */
export const waitingFor = async (caseId: string): Promise<Operation<ActBody | TaskBody>[]> =>
  (await queue.all()).filter(
    ({ kind, record, state }) => (kind === 'act' || kind === 'task') && record === `case/${caseId}` && state !== 'sent',
  ) as Operation<ActBody | TaskBody>[];

export const keptCase = async (id: string) => {
  const found = await kept.get('case', id);
  if (!found) return undefined;
  const procedure: Procedure | undefined = (await kept.get('procedure', `${found.view.procedureId}/${found.view.procedureVersion}`))
    ?.procedure;
  const waits = await waitingFor(id);
  return {
    view: found.view,
    at: found.at,
    procedure,
    waiting: waits.filter(({ kind }) => kind === 'act') as Operation<ActBody>[],
    answering: waits.filter(({ kind }) => kind === 'task') as Operation<TaskBody>[],
  };
};
