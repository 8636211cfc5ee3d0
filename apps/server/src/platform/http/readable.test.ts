import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { SessionView } from '@tongxin/domain/reception/schema.ts';
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

test('the time in which a review may be asked for is told as what it is, and not as when an answer comes', () => {
  const clocks = [
    { status: 'running', dueAt: '2027-01-04T15:59:59.999Z', window: true, label: { zh: '申请复查期限', en: 'Window for asking a review' } },
  ];
  const html = readablePage('/r/AB12CD34', 'zh', { status: 200, view: { ...view, clocks } as unknown as CaseView });
  expect(html).toContain('<dt>申请复查期限</dt><dd>1月4日');
  expect(html).not.toContain('什么时候答复');
});

test('reception hours are read without a script: when, who, where, and how many turns are left', () => {
  const session = {
    startsAt: '2026-10-09T01:00:00.000Z',
    endsAt: '2026-10-09T03:00:00.000Z',
    organizationLabel: { zh: '甲镇信访办', en: 'Letters Office A' },
    postLabel: { zh: '主任', en: 'Head' },
    place: '<b>一楼</b>',
    free: [1, 3],
  } as unknown as SessionView;
  const html = readablePage('/reception', 'zh', undefined, [session, { ...session, free: [] }]);
  for (const words of ['10月9日', '09:00–11:00', '甲镇信访办 主任', '&lt;b&gt;一楼', '还有 2 个号', '已约满'])
    expect(html).toContain(words);
  expect(readablePage('/reception', 'en', undefined, [])).toContain('No hours are published yet.');
});
