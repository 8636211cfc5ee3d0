import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { Copy } from './service.ts';

const WORDS = {
  zh: {
    title: '我的信息副本',
    copiedAt: '生成时间',
    details: '我的资料',
    signIn: '登录方式',
    cases: '我反映的事项',
    readings: '谁看过我的信息',
    notices: '通知地址',
    bookings: '预约的接待',
    follows: '我关注的事',
    none: '没有',
    name: '姓名',
    phone: '电话',
    mail: '邮箱',
    purpose: '用途',
    by: '查看者',
    stage: '进展',
  },
  en: {
    title: 'A copy of my data',
    copiedAt: 'Made at',
    details: 'About me',
    signIn: 'Ways of signing in',
    cases: 'My matters',
    readings: 'Who read my data',
    notices: 'Where I am told',
    bookings: 'Receptions I booked',
    follows: 'What I follow',
    none: 'Nothing',
    name: 'Name',
    phone: 'Telephone',
    mail: 'Mail',
    purpose: 'Purpose',
    by: 'Read by',
    stage: 'Now',
  },
} as const satisfies Record<Language, Record<string, string>>;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (words: string): string => words.replace(/[&<>"]/gu, (sign) => SIGNS[sign]!);

/** The same copy as a page that needs nothing else: no script, no picture, no foreign address. */
export const pageOf = (copy: Copy, language: Language): string => {
  const t = WORDS[language];
  const word = (key: string): string => (t as Readonly<Record<string, string>>)[key] ?? key;
  const l = (label: Label | undefined): string => (label ? inLanguage(label, language) : '');
  const when = (at: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
  const list = (lines: readonly string[]): string =>
    lines.length ? `<ul>${lines.map((one) => `<li>${one}</li>`).join('')}</ul>` : `<p>${t.none}</p>`;
  const plain = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.map((one) =>
          safe(
            typeof one === 'object'
              ? Object.values(one as object)
                  .map(String)
                  .join(' · ')
              : String(one),
          ),
        )
      : Object.entries((value ?? {}) as object).map(
          ([key, one]) => `${safe(word(key))}: ${safe(typeof one === 'object' ? JSON.stringify(one) : String(one))}`,
        );
  const matters = copy.cases.map(({ summary, view }) => {
    const record = view.record.map(
      (entry) =>
        `${when(entry.at)} ${safe(l(entry.label))}${entry.by ? ` · ${safe(l(entry.by))}` : ''}${entry.answers
          .map((one) => `<br>${safe(l(one.label))}: ${safe(one.valueLabel ? l(one.valueLabel) : String(one.value))}`)
          .join('')}`,
    );
    return `<b>${safe(summary.number)}</b> ${when(summary.filedAt)}<br>${safe(view.text ?? summary.title)}<br>${t.stage}: ${safe(l(summary.stageLabel))}${list(record)}`;
  });
  const readings = copy.readings.map(
    (one) =>
      `${when(one.at)} · ${t.by}: ${safe([l(one.organization), l(one.post)].join(' ').trim())} · ${safe(one.fields.map(word).join(', '))} · ${t.purpose}: ${safe(one.purpose)}`,
  );
  const part = (title: string, body: string): string => `<h2>${title}</h2>${body}`;
  return [
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t.title}</title>`,
    `<h1>${t.title}</h1><p>${t.copiedAt}: ${when(copy.copiedAt)}</p>`,
    part(t.details, list(plain(copy.details))),
    part(t.signIn, list(plain(copy.signIn))),
    part(t.cases, list(matters)),
    part(t.readings, list(readings)),
    ...Object.entries(copy.parts).map(([name, value]) => part(word(name), list(plain(value)))),
    '</html>',
  ].join('\n');
};
