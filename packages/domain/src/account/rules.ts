import type { ClockState, Instant } from '../clock/schema.ts';
import { inLanguage, type Label, type Language } from '../label/schema.ts';
import type { Procedure } from '../procedure/schema.ts';
import type { ErasureView, OwnCase } from './schema.ts';

/** What of an account goes, and what the law keeps (personal information protection law, articles 47 and 19; archives law): said before and after. */
export const erasureOf = ({ open, ended }: { readonly open: number; readonly ended: number }): ErasureView => ({
  open,
  ended,
  erased: ['name', 'contacts', 'signIn', 'notices', 'bookings', 'follows', ...(ended > 0 ? (['endedContacts'] as const) : [])],
  kept: [...(open > 0 ? (['openContacts'] as const) : []), 'records', 'readings'],
});

/** What the writer of a matter may still ask for where it stands, by which clock that is limited: what contests an answer, within its window. */
export const mayAskOf = (
  procedure: Procedure,
  stage: string,
  clocks: Readonly<Record<string, ClockState>>,
): OwnCase['mayAsk'] | undefined => {
  for (const { from, partyAct, by, label, clocks: changes } of Object.values(procedure.actions)) {
    if (partyAct !== 'appeal' || !from.includes(stage) || !by.some(({ relation, capability }) => relation === 'reporter' && !capability))
      continue;
    const window = changes?.stop?.map((id) => clocks[id]).find((clock) => clock?.status === 'running');
    if (window) return { label, ...(window.dueAt && !window.provisional ? { until: window.dueAt } : {}) };
  }
  return undefined;
};

interface Reading {
  readonly at: Instant;
  readonly by: readonly Label[];
  readonly fields: readonly string[];
  readonly purpose: string;
}

/** The words of a case that an objection to a reading opens: which reading, as the person sees it, and why. `at` in the words of the day in China. */
export const objectionWords = ({ at, by, fields, purpose }: Reading, reason: string, language: Language): string => {
  const when = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
  const who = by.map((one) => inLanguage(one, language)).join(' ');
  const NAMES: Readonly<Record<string, Label>> = {
    name: { zh: '姓名', en: 'name' },
    phone: { zh: '电话', en: 'telephone' },
    code: { zh: '查询码', en: 'query code' },
    codeVoid: { zh: '查询码（已作废）', en: 'query code (now void)' },
    earlierDispute: { zh: '以往的纠纷由谁调解', en: 'who mediated an earlier dispute' },
  };
  const what = fields.map((field) => inLanguage(NAMES[field] ?? { zh: field }, language)).join(language === 'en' ? ', ' : '、');
  return language === 'en'
    ? `I object to a reading of my personal data. Read at: ${when}. By: ${who}. What: ${what}. Purpose given: ${purpose}. Why I object: ${reason}`
    : `对查看个人信息提出异议。查看时间：${when}。查看者：${who}。内容：${what}。所说用途：${purpose}。异议理由：${reason}`;
};
