import type { Form } from './schema.ts';

/** A small form with a branch, a repeat, personal words and findings, for tests. */
export const testForm = (change: Partial<Form> = {}): Form => ({
  id: 'doorVisit',
  version: 1,
  kind: 'visit',
  title: { zh: '入户走访', en: 'Visit at home' },
  purpose: { zh: '了解生活所需，帮助办理服务', en: 'To learn what is needed and help with services' },
  basis: { zh: '本人同意', en: 'Consent' },
  retentionDays: 180,
  consent: true,
  departments: [
    { code: 'civil', label: { zh: '民政', en: 'Civil affairs' } },
    { code: 'fire', label: { zh: '消防', en: 'Fire' } },
  ],
  requests: ['livelihood.schooling'],
  sections: [
    {
      id: 'who',
      label: { zh: '基本情况', en: 'Basics' },
      questions: [
        {
          id: 'name',
          kind: 'text',
          label: { zh: '姓名', en: 'Name' },
          personal: true,
          prefill: 'visitedName',
          required: true,
          askedBy: ['civil', 'fire'],
        },
        {
          id: 'phone',
          kind: 'text',
          label: { zh: '联系电话', en: 'Telephone' },
          personal: true,
          prefill: 'visitedPhone',
          askedBy: ['civil'],
        },
        { id: 'alone', kind: 'boolean', label: { zh: '是否独居', en: 'Lives alone' }, personal: true, askedBy: ['civil'] },
        {
          id: 'helper',
          kind: 'text',
          label: { zh: '紧急联系人', en: 'Who helps' },
          personal: true,
          when: { all: [{ question: 'alone', is: [true] }] },
          required: true,
        },
      ],
    },
    {
      id: 'safety',
      label: { zh: '用电用气', en: 'Power and gas' },
      questions: [
        {
          id: 'wiring',
          kind: 'choice',
          label: { zh: '电线', en: 'Wiring' },
          options: [
            { value: 'good', label: { zh: '完好', en: 'Good' } },
            { value: 'bad', label: { zh: '老化', en: 'Worn' } },
          ],
          askedBy: ['fire'],
          finding: { is: ['bad'], categoryId: 'utility.gasSmell' },
        },
        { id: 'photos', kind: 'photo', label: { zh: '照片', en: 'Pictures' }, most: 3 },
      ],
    },
    {
      id: 'wishes',
      label: { zh: '需求', en: 'Wishes' },
      repeat: { least: 0, most: 3 },
      questions: [
        { id: 'what', kind: 'text', label: { zh: '需要什么', en: 'What is needed' }, required: true },
        { id: 'urgent', kind: 'boolean', label: { zh: '是否着急', en: 'Urgent' } },
        { id: 'why', kind: 'text', label: { zh: '为何着急', en: 'Why urgent' }, when: { all: [{ question: 'urgent', is: [true] }] } },
      ],
    },
  ],
  ...change,
});
