import { expect, test } from 'vitest';
import { erasureOf, objectionWords } from './rules.ts';

test('whoever gives an account up is told what goes and what stays, by what is there', () => {
  expect(erasureOf({ open: 0, ended: 0 })).toMatchObject({ kept: ['records', 'readings'] });
  expect(erasureOf({ open: 0, ended: 0 }).erased).not.toContain('endedContacts');
  const both = erasureOf({ open: 1, ended: 2 });
  expect([both.erased.at(-1), both.kept[0]]).toEqual(['endedContacts', 'openContacts']);
});

test('an objection says which reading it is about, by the clock of China', () => {
  const reading = {
    at: '2026-09-30T17:40:00.000Z',
    by: [{ zh: '甲镇综治中心', en: 'Centre A' }, { zh: '调度员' }],
    fields: ['name', 'phone'],
    purpose: '电话核实地点',
  };
  expect(objectionWords(reading, '没有人打过电话', 'zh')).toBe(
    '对查看个人信息提出异议。查看时间：2026-10-01 01:40。查看者：甲镇综治中心 调度员。内容：姓名、电话。所说用途：电话核实地点。异议理由：没有人打过电话',
  );
  expect(objectionWords(reading, 'nobody called', 'en')).toContain('By: Centre A 调度员. What: name, telephone.');
});
