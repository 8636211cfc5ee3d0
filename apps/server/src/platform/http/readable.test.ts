import type { CaseView } from '@tongxin/domain/case/view.ts';
import { expect, test } from 'vitest';
import { readablePage } from './readable.ts';

const view = {
  number: 'GD2026-1',
  title: '<img src=x onerror=alert(1)>',
  text: '</div><script>alert(2)</script>',
  ended: false,
  stageLabel: { zh: '办理中', en: 'In hand' },
  nextLabel: { zh: '正在核查', en: 'Being checked' },
  clocks: [{ status: 'running', dueAt: '2026-10-10T15:59:59.000Z', overdue: false }],
  record: [
    {
      at: '2026-09-30T13:40:00.000Z',
      label: { zh: '已受理', en: 'Accepted' },
      answers: [{ id: 'reply', label: { zh: '答复', en: 'Answer' }, value: `"'&<b>` }],
    },
  ],
} as unknown as CaseView;

test('a receipt says where it stands, by when and what was done, and nothing people wrote runs', () => {
  const html = readablePage('/r/AB12CD34', 'zh', { status: 200, view });
  for (const words of ['GD2026-1', '办理中', '10月10日', '已受理', '正在安排办理单位', '顺利的话：正在核查']) expect(html).toContain(words);
  expect(html).not.toMatch(/<(?:img|script|b)\b/u);
  expect(html).toContain('&quot;&#39;&amp;&lt;b&gt;');
});

test('a code nobody has is told in words, with the field to type it again', () => {
  const html = readablePage('/r/AB12CD34', 'en', { status: 404 });
  expect(html).toContain('No such query code');
  expect(html).toContain('<form action="/track" method="get">');
});
