import { expect, test } from 'vitest';
import type { ClockState } from '../clock/schema.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { erasureOf, mayAskOf, objectionWords } from './rules.ts';

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

test('what a writer may still ask for is said with its day, from the service of the answer to the end of the window', () => {
  const window = (clock: string, part: Partial<ClockState> = {}): Record<string, ClockState> => ({
    [clock]: {
      clock,
      status: 'running',
      startedAt: '2026-12-04T02:00:00.000Z',
      limit: { amount: 30, unit: 'day' },
      extensions: [],
      pauses: [],
      dueAt: '2027-01-03T15:59:59.999Z',
      provisional: false,
      calendarVersion: 'test',
      told: [],
      ...part,
    },
  });
  expect(mayAskOf(letterProcedure, 'handling', {})).toBeUndefined();
  expect(mayAskOf(letterProcedure, 'served', window('reviewWindow'))).toEqual({
    label: { zh: '申请复查', en: 'Ask for a review' },
    until: '2027-01-03T15:59:59.999Z',
  });
  expect(mayAskOf(letterProcedure, 'reviewServed', window('reReviewWindow', { provisional: true }))).toEqual({
    label: { zh: '申请复核', en: 'Ask for a re-review' },
  });
  expect(mayAskOf(letterProcedure, 'closed', window('reviewWindow', { status: 'stopped' }))).toBeUndefined();
});
