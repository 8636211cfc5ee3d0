import type { Department, Form, Question } from '@tongxin/domain/collection/schema.ts';
import type { PackSheet } from '@tongxin/domain/pack/schema.ts';

const label = (zh: string, en: string) => ({ zh, en });
const option = (value: string, zh: string, en: string) => ({ value, label: label(zh, en) });
const YES_NO = (id: string, zh: string, en: string, rest: Partial<Question> = {}): Question => ({
  id,
  kind: 'boolean',
  label: label(zh, en),
  ...rest,
});
const GOOD_BAD = [option('good', '正常', 'In order'), option('bad', '有隐患', 'A hazard'), option('none', '无此项', 'Not there')];

const DEPARTMENTS: Department[] = [
  { code: 'civil', label: label('民政', 'Civil affairs') },
  { code: 'fire', label: label('应急消防', 'Fire and emergency') },
  { code: 'health', label: label('卫健', 'Health') },
  { code: 'governance', label: label('综治', 'Governance centre') },
];
const ALL = DEPARTMENTS.map(({ code }) => code);

/** 高龄老人走访: one visit that four departments ask about. */
const elderVisit: Form = {
  id: 'elderVisit',
  version: 1,
  kind: 'visit',
  title: label('高龄老人走访', 'Visit to an elder'),
  purpose: label('了解生活、健康和用电用气安全，帮助办理服务', 'To see to daily life, health and safety, and help with services'),
  basis: label('本人同意；《老年人权益保障法》第三十六条', 'Consent; Law on the Rights of the Elderly, article 36'),
  retentionDays: 365,
  consent: true,
  departments: DEPARTMENTS,
  requests: ['livelihood.elderMeals'],
  sections: [
    {
      id: 'who',
      label: label('基本情况', 'Basics'),
      questions: [
        { id: 'name', kind: 'text', label: label('姓名', 'Name'), personal: true, required: true, prefill: 'visitedName', askedBy: ALL },
        {
          id: 'age',
          kind: 'integer',
          label: label('年龄', 'Age'),
          personal: true,
          minimum: 0,
          maximum: 130,
          prefill: 'previous',
          askedBy: ['civil', 'health'],
        },
        { id: 'phone', kind: 'text', label: label('联系电话', 'Telephone'), personal: true, prefill: 'visitedPhone', askedBy: ALL },
        { id: 'address', kind: 'text', label: label('住址', 'Address'), personal: true, prefill: 'visitedAddress', askedBy: ALL },
        YES_NO('alone', '是否独居', 'Lives alone', { personal: true, prefill: 'previous', askedBy: ['civil', 'governance'] }),
        {
          id: 'helper',
          kind: 'text',
          label: label('紧急联系人及电话', 'Whom to call'),
          personal: true,
          when: { all: [{ question: 'alone', is: [true] }] },
          askedBy: ['civil'],
        },
      ],
    },
    {
      id: 'health',
      label: label('健康', 'Health'),
      questions: [
        {
          id: 'systolic',
          kind: 'integer',
          label: label('收缩压', 'Systolic pressure'),
          personal: true,
          minimum: 60,
          maximum: 260,
          askedBy: ['health'],
        },
        {
          id: 'diastolic',
          kind: 'integer',
          label: label('舒张压', 'Diastolic pressure'),
          personal: true,
          minimum: 30,
          maximum: 160,
          askedBy: ['health'],
        },
        YES_NO('medicine', '是否按时服药', 'Takes medicine regularly', { personal: true, askedBy: ['health'] }),
        {
          id: 'healthNote',
          kind: 'longText',
          label: label('健康情况说明', 'Notes on health'),
          personal: true,
          askedBy: ['health', 'civil'],
        },
      ],
    },
    {
      id: 'safety',
      label: label('居家安全', 'Safety at home'),
      questions: [
        {
          id: 'wiring',
          kind: 'choice',
          label: label('电气线路', 'Wiring'),
          options: GOOD_BAD,
          askedBy: ['fire'],
          finding: { is: ['bad'] },
        },
        {
          id: 'gas',
          kind: 'choice',
          label: label('燃气灶具', 'Gas stove'),
          options: GOOD_BAD,
          askedBy: ['fire'],
          finding: { is: ['bad'] },
        },
        {
          id: 'exits',
          kind: 'choice',
          label: label('疏散通道', 'Ways out'),
          options: GOOD_BAD,
          askedBy: ['fire'],
          finding: { is: ['bad'] },
        },
        { id: 'photos', kind: 'photo', label: label('照片', 'Pictures'), most: 4, askedBy: ['fire'] },
      ],
    },
    {
      id: 'needs',
      label: label('需求', 'Wishes'),
      repeat: { least: 0, most: 5 },
      questions: [
        { id: 'need', kind: 'text', label: label('需要帮助的事', 'What is needed'), required: true, askedBy: ['civil', 'governance'] },
        YES_NO('urgent', '是否紧急', 'Urgent', { askedBy: ['civil'] }),
      ],
    },
    {
      id: 'end',
      label: label('确认', 'End'),
      questions: [
        { id: 'summary', kind: 'longText', label: label('走访小结', 'Summary'), askedBy: ['governance', 'civil'] },
        { id: 'signature', kind: 'signature', label: label('被走访人签字', 'Signature'), personal: true, askedBy: ['civil'] },
      ],
    },
  ],
};

const check = (id: string, zh: string, en: string, categoryId?: string): Question => ({
  id,
  kind: 'choice',
  label: label(zh, en),
  required: true,
  options: GOOD_BAD,
  askedBy: ['fire'],
  finding: { is: ['bad'], ...(categoryId ? { categoryId } : {}) },
});

/** 九小场所、楼栋消防巡查. */
const fireChecklist: Form = {
  id: 'fireChecklist',
  version: 1,
  kind: 'patrol',
  title: label('消防安全巡查', 'Fire safety checklist'),
  purpose: label('发现并消除火灾隐患', 'To find and remove fire hazards'),
  basis: label('《消防法》第三十二条；地方规定', 'Fire Law, article 32; local rules'),
  retentionDays: 730,
  consent: false,
  departments: [{ code: 'fire', label: label('应急消防', 'Fire and emergency') }],
  sections: [
    {
      id: 'checks',
      label: label('检查项', 'Checks'),
      questions: [
        check('exits', '疏散通道、安全出口', 'Ways out'),
        check('extinguishers', '灭火器', 'Extinguishers'),
        check('charging', '电动自行车停放充电', 'Parking and charging of e-bikes', 'safety.flyingCharge'),
        check('gas', '用气安全', 'Use of gas'),
        { id: 'photos', kind: 'photo', label: label('现场照片', 'Pictures'), most: 6 },
        { id: 'note', kind: 'longText', label: label('说明', 'Notes') },
      ],
    },
  ],
};

/** 场所底数. */
const premisesFacts: Form = {
  id: 'premisesFacts',
  version: 1,
  kind: 'premises',
  title: label('场所底数', 'Facts of premises'),
  purpose: label('掌握场所基本情况', 'To know the premises'),
  basis: label('地方规定', 'Local rules'),
  retentionDays: 3650,
  consent: false,
  departments: [],
  sections: [
    {
      id: 'facts',
      label: label('底数', 'Facts'),
      questions: [
        { id: 'operator', kind: 'text', label: label('经营单位', 'Run by') },
        { id: 'phone', kind: 'text', label: label('营业电话', 'Business telephone') },
        { id: 'staff', kind: 'integer', label: label('从业人数', 'Staff'), minimum: 0, maximum: 100_000 },
        { id: 'floors', kind: 'integer', label: label('层数', 'Floors'), minimum: 1, maximum: 120 },
        YES_NO('gas', '是否用气', 'Uses gas'),
        { id: 'photos', kind: 'photo', label: label('照片', 'Pictures') },
      ],
    },
  ],
};

export const FORMS: readonly Form[] = [elderVisit, fireChecklist, premisesFacts];

const TICK = { good: '√', bad: '×', none: '/' };
/** Below the body of a sheet: who filled it, and when. */
const signed = (row: number): PackSheet['cells'] => [
  { at: `A${row}`, text: '制表人' },
  { at: `C${row}`, text: '填报日期' },
];
const signs = (row: number) => [
  { cell: `B${row}`, sign: 'preparedBy' as const },
  { cell: `D${row}`, sign: 'preparedOn' as const },
];
const title = (text: string): PackSheet['cells'] => [{ at: 'A1', to: 'F1', text }];

/** Four departments' own sheets, as each sends them out: invented, and as unlike as such sheets are. */
export const SHEETS: readonly PackSheet[] = [
  {
    id: 'civilElder',
    department: 'civil',
    formId: 'elderVisit',
    name: label('高龄老人走访表', 'Visits to elders'),
    tab: '走访表',
    cells: [
      ...title('高龄老人走访表（民政）'),
      ...[
        ['A2', '姓名'],
        ['C2', '年龄'],
        ['A3', '住址'],
        ['A4', '联系电话'],
        ['C4', '是否独居'],
        ['A5', '紧急联系人'],
        ['A6', '健康情况'],
      ].map(([at, text]) => ({ at: at!, text: text! })),
      { at: 'B3', to: 'F3' },
      { at: 'A8', text: '序号' },
      { at: 'B8', text: '需求事项' },
      { at: 'C8', text: '是否紧急' },
      { at: 'A14', text: '紧急事项合计' },
      { at: 'C14', formula: 'COUNTIF(C9:C13,"急")' },
      ...signed(16),
    ],
    map: {
      sheet: '走访表',
      cells: [
        { cell: 'B2', question: 'name' },
        { cell: 'D2', question: 'age' },
        { cell: 'B3', question: 'address' },
        { cell: 'B4', question: 'phone' },
        { cell: 'D4', question: 'alone' },
        { cell: 'B5', question: 'helper' },
        { cell: 'B6', question: 'healthNote' },
        ...signs(16),
      ],
      list: {
        firstRow: 9,
        lastRow: 13,
        section: 'needs',
        columns: [
          { column: 'A', serial: true },
          { column: 'B', question: 'need' },
          { column: 'C', question: 'urgent', words: { true: '急', false: '缓' } },
        ],
      },
    },
  },
  {
    id: 'fireHome',
    department: 'fire',
    formId: 'elderVisit',
    name: label('居家消防安全检查表', 'Fire safety at home'),
    tab: '检查表',
    cells: [
      ...title('居家消防安全检查表（应急消防）'),
      { at: 'A2', to: 'B2', text: '检查日期：' },
      { at: 'C2', text: '户主' },
      { at: 'A3', text: '检查项目' },
      { at: 'B3', text: '结果（√/×）' },
      ...[
        ['A4', '电气线路'],
        ['A5', '燃气灶具'],
        ['A6', '疏散通道'],
      ].map(([at, text]) => ({ at: at!, text: text! })),
      { at: 'A7', text: '隐患合计' },
      { at: 'B7', formula: 'COUNTIF(B4:B6,"×")' },
      { at: 'A8', text: '现场照片' },
      ...signed(10),
    ],
    map: {
      sheet: '检查表',
      cells: [
        { cell: 'A2', sign: 'visitedOn', append: true },
        { cell: 'D2', question: 'name' },
        { cell: 'B4', question: 'wiring', words: TICK },
        { cell: 'B5', question: 'gas', words: TICK },
        { cell: 'B6', question: 'exits', words: TICK },
        { cell: 'B8', question: 'photos' },
        ...signs(10),
      ],
    },
  },
  {
    id: 'healthFollowUp',
    department: 'health',
    formId: 'elderVisit',
    name: label('老年人健康随访表', 'Health follow-up'),
    tab: '随访表',
    cells: [
      ...title('老年人健康随访表（卫健）'),
      { at: 'A2', text: '姓名' },
      { at: 'C2', text: '年龄' },
      { at: 'A3', text: '收缩压' },
      { at: 'C3', text: '舒张压' },
      { at: 'A4', text: '脉压差' },
      { at: 'B4', formula: 'B3-D3' },
      { at: 'C4', text: '按时服药' },
      { at: 'A5', text: '说明' },
      { at: 'B5', to: 'F5' },
      ...signed(7),
    ],
    map: {
      sheet: '随访表',
      cells: [
        { cell: 'B2', question: 'name' },
        { cell: 'D2', question: 'age' },
        { cell: 'B3', question: 'systolic' },
        { cell: 'D3', question: 'diastolic' },
        { cell: 'D4', question: 'medicine', words: { true: '规律', false: '不规律' } },
        { cell: 'B5', question: 'healthNote' },
        ...signs(7),
      ],
    },
  },
  {
    id: 'governanceVisit',
    department: 'governance',
    formId: 'elderVisit',
    name: label('网格走访登记表', 'Register of grid visits'),
    tab: '登记表',
    cells: [
      ...title('网格走访登记表（综治）'),
      { at: 'A2', text: '网格' },
      { at: 'C2', text: '走访单位' },
      { at: 'A3', text: '走访对象' },
      { at: 'C3', text: '联系电话' },
      { at: 'A4', text: '走访日期' },
      { at: 'A5', text: '走访情况' },
      { at: 'B5', to: 'F5' },
      ...signed(7),
    ],
    map: {
      sheet: '登记表',
      cells: [
        { cell: 'B2', sign: 'area' },
        { cell: 'D2', sign: 'organization' },
        { cell: 'B3', question: 'name' },
        { cell: 'D3', question: 'phone' },
        { cell: 'B4', sign: 'visitedOn' },
        { cell: 'B5', question: 'summary' },
        ...signs(7),
      ],
    },
  },
];
