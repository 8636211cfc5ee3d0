import { testForm } from '@tongxin/domain/collection/build.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { Change } from '@tongxin/domain/edit/schema.ts';
import type { EditAnswer, Made, NewEdit } from '@tongxin/domain/field/view.ts';
import type { PackCity } from '@tongxin/domain/pack/schema.ts';
import type { TestServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { drawSheet } from '../pack/index.ts';

/** Facts of a shop, and a checklist, for tests beside the visit of `testForm`. */
export const PREMISES_FORM: Form = testForm({
  id: 'premisesFacts',
  kind: 'premises',
  title: { zh: '场所底数', en: 'Facts of premises' },
  consent: false,
  departments: [],
  requests: [],
  sections: [
    {
      id: 'facts',
      label: { zh: '底数', en: 'Facts' },
      questions: [
        { id: 'operator', kind: 'text', label: { zh: '经营者', en: 'Run by' } },
        { id: 'staff', kind: 'integer', label: { zh: '从业人数', en: 'Staff' }, minimum: 0 },
        { id: 'photos', kind: 'photo', label: { zh: '照片', en: 'Pictures' } },
      ],
    },
  ],
});
export const PATROL_FORM: Form = testForm({
  id: 'fireChecklist',
  kind: 'patrol',
  title: { zh: '消防巡查', en: 'Fire checklist' },
  consent: false,
  departments: [{ code: 'fire', label: { zh: '消防', en: 'Fire' } }],
  requests: [],
  sections: [
    {
      id: 'checks',
      label: { zh: '检查项', en: 'Checks' },
      questions: [
        {
          id: 'charging',
          kind: 'boolean',
          label: { zh: '有无飞线充电', en: 'Charging by a wire from a window' },
          required: true,
          askedBy: ['fire'],
          finding: { is: [true], categoryId: 'utility.gasSmell' },
        },
        { id: 'note', kind: 'text', label: { zh: '说明', en: 'Note' } },
      ],
    },
  ],
});

/** Publishes the forms over the whole city of the world. */
export const publishForms = async (
  server: TestServer,
  forms: readonly Form[] = [testForm(), PREMISES_FORM, PATROL_FORM],
): Promise<void> => {
  for (const form of forms) {
    const body = { areaId: server.world.areas.city.areaId, form };
    const answer = await server.as(server.world.people.administrator, { method: 'POST', url: '/api/v1/forms', body });
    if (answer.statusCode !== 201) throw new Error(answer.body);
  }
};

/** The form of a visit of the demo city, offering a category of the world, and the four departments' sheets it fills. */
export const publishVisit = async (server: TestServer, { forms, sheets }: Pick<PackCity, 'forms' | 'sheets'>): Promise<void> => {
  await publishForms(
    server,
    forms.filter(({ kind }) => kind === 'visit').map((form) => ({ ...form, requests: ['livelihood.schooling'] })),
  );
  for (const { cells, tab, ...sheet } of sheets) {
    const workbook = (await drawSheet({ cells, tab })).toString('base64');
    const body = { ...sheet, version: 1, areaId: server.world.areas.city.areaId, workbook };
    const answer = await server.as(server.world.people.administrator, { method: 'POST', url: '/api/v1/visit-sheets', body });
    if (answer.statusCode !== 201) throw new Error(answer.body);
  }
};

export const editOf = (
  subject: { readonly kind: NewEdit['kind']; readonly id: string },
  changes: readonly Change[],
  more: Partial<NewEdit> = {},
): NewEdit => ({
  id: v7(),
  kind: subject.kind,
  subjectId: subject.id,
  baseVersion: 0,
  changes: [...changes],
  occurredAt: '2026-09-30T10:00:00.000Z',
  ...more,
});

export const sendEdit = async (
  server: TestServer,
  who: WorldPerson,
  edit: NewEdit,
): Promise<{ status: number; body: EditAnswer & { code?: string } }> => {
  const answer = await server.as(who, { method: 'POST', url: '/api/v1/field/edits', body: edit });
  return { status: answer.statusCode, body: answer.json() };
};

export const MADE: Readonly<Record<NewEdit['kind'], Made>> = {
  premises: {
    formId: 'premisesFacts',
    formVersion: 1,
    premisesKind: 'shop',
    name: '光明电动车行',
    address: '康乐路12号',
    point: { lon: 113.02, lat: 22.02 },
  },
  visit: { formId: 'doorVisit', formVersion: 1, consent: true, point: { lon: 113.02, lat: 22.02 } },
  patrol: { formId: 'fireChecklist', formVersion: 1, point: { lon: 113.02, lat: 22.02 } },
};

/** A record of the field as one of the world made it; answers its id. */
export const makeRecord = async (
  server: TestServer,
  who: WorldPerson,
  kind: NewEdit['kind'],
  values: Readonly<Record<string, Change['value']>> = {},
  more: Partial<NewEdit> = {},
): Promise<string> => {
  const id = v7();
  const changes = Object.entries(values).map(([field, value]) => ({ field, base: null, value }));
  const { status, body } = await sendEdit(server, who, editOf({ kind, id }, changes, { made: MADE[kind], ...more }));
  if (status !== 200) throw new Error(JSON.stringify(body));
  return id;
};
