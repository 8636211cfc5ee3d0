import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../edit/schema.ts';
import { testForm } from './build.ts';
import { flawsOf, forbiddenIn } from './policy.ts';
import { askedOf, burdenOf, findingsOf, isPersonal, misfitsOf, prefilled, questionOf, unfinishedOf } from './rules.ts';
import { Form, type Question } from './schema.ts';

const form = testForm();
const asked = (fields: Parameters<typeof askedOf>[1]): string[] => askedOf(form, fields).map(({ field }) => field);

describe('a form', () => {
  it('asks what its branches say, and nothing that hangs on what is not asked', () => {
    expect(asked({})).not.toContain('helper');
    expect(asked({ alone: true })).toContain('helper');
    const chained = testForm();
    chained.sections[0]!.questions.push({
      id: 'helperPhone',
      kind: 'text',
      label: { zh: '电话' },
      when: { all: [{ question: 'helper', answered: true }] },
    });
    expect(askedOf(chained, { alone: false, helper: '旧答案' }).map(({ field }) => field)).not.toContain('helperPhone');
  });

  it('repeats a section for each row that was made', () => {
    const fields = { 'wishes/r1': true, 'wishes/r1/urgent': true, 'wishes/r2': true } as const;
    expect(asked(fields).filter((field) => field.startsWith('wishes'))).toEqual([
      'wishes/r1/what',
      'wishes/r1/urgent',
      'wishes/r1/why',
      'wishes/r2/what',
      'wishes/r2/urgent',
    ]);
    expect(questionOf(form, 'wishes/r1')).toBe('row');
    expect(questionOf(form, 'wishes/r1/nothing')).toBeUndefined();
    expect(questionOf(form, 'what')).toBeUndefined();
  });

  it('takes a half-filled answer and refuses one that does not fit', () => {
    expect(misfitsOf(form, { name: '陈某', alone: null })).toEqual([]);
    const wrong: Fields = {
      name: 5,
      alone: 'yes',
      wiring: 'melted',
      photos: ['no id'],
      unknown: 'x',
      'wishes/r1': 'x',
      phone: 'x'.repeat(201),
    };
    expect(misfitsOf(form, wrong)).toEqual([
      { field: 'name', why: 'notText' },
      { field: 'alone', why: 'notYesOrNo' },
      { field: 'wiring', why: 'notOffered' },
      { field: 'photos', why: 'notFiles' },
      { field: 'unknown', why: 'unknownField' },
      { field: 'wishes/r1', why: 'notYesOrNo' },
      { field: 'phone', why: 'tooLong' },
    ]);
  });

  it('says what is missing before it is finished', () => {
    expect(unfinishedOf(form, { alone: true }).map(({ field }) => field)).toEqual(['name', 'helper']);
    expect(unfinishedOf(form, { name: '陈某' })).toEqual([]);
    const rows = Object.fromEntries(
      ['a', 'b', 'c', 'd'].flatMap((row) => [
        [`wishes/${row}`, true],
        [`wishes/${row}/what`, '助餐'],
      ]),
    );
    expect(unfinishedOf(form, { name: '陈某', ...rows })).toEqual([{ field: 'wishes', why: 'tooManyRows' }]);
  });

  it('asks nothing twice: what is known stands there', () => {
    expect(prefilled(form, { visitedName: '陈某', visitedPhone: 'x'.repeat(300) })).toEqual({ name: '陈某' });
  });

  it('finds what a checklist calls wrong', () => {
    expect(findingsOf(form, { wiring: 'good' })).toEqual([]);
    expect(findingsOf(form, { wiring: 'bad' })).toMatchObject([{ field: 'wiring', categoryId: 'utility.gasSmell' }]);
  });

  it('counts what each department asks, and once what is typed', () => {
    const { once, departments } = burdenOf(form, { name: '陈某', phone: '1', wiring: 'good' });
    expect(once.fields).toBe(3);
    expect([departments.civil?.fields, departments.fire?.fields]).toEqual([2, 2]);
    expect(departments.civil!.seconds + departments.fire!.seconds).toBeGreaterThan(once.seconds);
  });

  it('knows which fields are of a person', () => {
    expect([isPersonal(form, 'name'), isPersonal(form, 'wiring'), isPersonal(form, 'wishes/r1/what')]).toEqual([true, false, false]);
  });
});

const withQuestion = (question: Partial<Question>): Form => {
  const changed = testForm();
  changed.sections[1]!.questions.push({ id: 'added', kind: 'text', label: { zh: '补充' }, ...question });
  return changed;
};

describe('no form asks', () => {
  it.each([
    ['belief', { label: { zh: '宗教信仰' } }],
    ['belief', { label: { zh: '宗 教 信 仰' } }],
    ['belief', { label: { zh: '去向', en: 'Goes to church' } }],
    ['belief', { id: 'religiousBelief' }],
    ['belief', { label: { zh: '备注' }, hint: { zh: '如为信徒请注明' } }],
    ['nationality', { label: { zh: '民族' } }],
    ['politics', { label: { zh: '政治面貌' } }],
    ['politics', { label: { zh: '思想动态' } }],
    ['petition', { label: { zh: '是否有上访史' } }],
    ['petition', { id: 'petitionHistory' }],
    ['watched', { label: { zh: '人员类别' }, kind: 'choice', options: [{ value: 'key', label: { zh: '重点人员' } }] }],
    ['watched', { label: { zh: '类别', en: 'Key person' } }],
    ['watched', { label: { zh: '有无前科' } }],
    ['score', { label: { zh: '文明积分' } }],
    ['score', { label: { zh: '风险评分' } }],
    ['score', { label: { zh: '结果', en: 'Score' } }],
    ['face', { label: { zh: '人脸采集' } }],
    ['face', { id: 'faceScan' }],
    ['whereabouts', { label: { zh: '近期行踪' } }],
  ] as const)('of %s: %j', (kind, question) => {
    expect(forbiddenIn(withQuestion(question as Partial<Question>)).map((one) => one.kind)).toEqual([kind]);
  });

  it('and what it may ask is not refused', () => {
    for (const zh of ['信箱是否完好', '表面有无裂缝', '楼道照明', '血压', '助餐需求', '灭火器压力', '教育需求', '面积'])
      expect([zh, forbiddenIn(withQuestion({ label: { zh, en: 'Surface condition, underscore, interface' } }))]).toEqual([zh, []]);
    expect(forbiddenIn(form)).toEqual([]);
  });

  it('in its title or a section either', () => {
    expect(forbiddenIn(testForm({ title: { zh: '重点人员走访表' } })).map(({ id }) => id)).toEqual(['doorVisit']);
    const section = testForm();
    section.sections[2]!.label = { zh: '信教情况' };
    expect(forbiddenIn(section)).toEqual([{ id: 'wishes', kind: 'belief' }]);
  });
});

describe('a form that cannot be filled', () => {
  it('is told where it is wrong', () => {
    expect(flawsOf(form)).toEqual([]);
    expect(flawsOf(withQuestion({ when: { all: [{ question: 'nowhere', answered: true }] } }))).toEqual([
      { id: 'added', why: 'branchOnUnknown' },
    ]);
    expect(flawsOf(withQuestion({ id: 'name' }))).toEqual([{ id: 'name', why: 'twice' }]);
    expect(flawsOf(withQuestion({ kind: 'choice' }))).toEqual([{ id: 'added', why: 'options' }]);
    expect(flawsOf(withQuestion({ askedBy: ['nobody'] }))).toEqual([{ id: 'added', why: 'departmentUnknown' }]);
    expect(flawsOf(testForm({ kind: 'premises' })).map(({ why }) => why)).toContain('personalOfPremises');
  });

  it('does not fit the schema where it has a field nobody knows', () => {
    const checks = Compile(Form);
    expect(checks.Check(form)).toBe(true);
    expect(checks.Check({ ...form, score: 1 })).toBe(false);
  });
});
