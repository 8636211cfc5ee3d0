import type { NoticeView } from '@tongxin/client/shapes.ts';
import { expect, test } from 'vitest';
import { byDayAndCase } from './filter.ts';

const notice = (id: string, caseId: string | undefined, toldAt: string): NoticeView => ({
  id,
  kind: 'arrived',
  params: {},
  urgent: false,
  at: toldAt,
  toldAt,
  ...(caseId ? { caseId } : {}),
});

test('by the day in Shanghai, then by case, each in the order of its latest', () => {
  const days = byDayAndCase([
    notice('5', 'a', '2026-09-30T16:30:00.000Z'),
    notice('4', 'b', '2026-09-30T15:59:00.000Z'),
    notice('3', undefined, '2026-09-30T12:00:00.000Z'),
    notice('2', 'a', '2026-09-30T11:00:00.000Z'),
    notice('1', 'b', '2026-09-30T10:00:00.000Z'),
  ]);
  expect(days.map(({ day, groups }) => [day, groups.map(({ caseId, notices }) => [caseId, notices.map(({ id }) => id)])])).toEqual([
    ['2026-10-01', [['a', ['5']]]],
    [
      '2026-09-30',
      [
        ['b', ['4', '1']],
        [undefined, ['3']],
        ['a', ['2']],
      ],
    ],
  ]);
});
