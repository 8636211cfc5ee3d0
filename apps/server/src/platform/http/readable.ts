import type { CaseView } from '@tongxin/domain/case/view.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatEntered, formatInstant, formatTime } from '@tongxin/ui/time.ts';

/**
 * Pages of the portal as words, made by the server: what a slow network shows first, and what is left where no script runs. Links work, a code can be looked
 * up, and a receipt can be read; the app in the browser then takes the place.
 */
const WORDS = {
  zh: {
    name: '同心',
    title: '您要办什么？',
    report: '报一件事',
    track: '查进度',
    letter: '写信',
    reception: '领导接待日',
    noReception: '近期还没有公布接待时间。',
    left: '还有 {n} 个号',
    full: '已约满',
    books: '要预约，请在能打开的浏览器里打开这一页，或者打电话、到窗口约。',
    emergency: '紧急情况请直接拨打：',
    needsScript: '正在打开……如果一直打不开，请换一个浏览器，或者打电话、到窗口说。',
    code: '查询码',
    find: '查',
    now: '现在到哪一步',
    who: '谁在办',
    nobody: '正在安排办理单位',
    by: '什么时候答复',
    before: '{day}以前',
    next: '接下来',
    wellThen: '顺利的话：{step}',
    late: '原定{day}以前，已经过了。我们在催办。',
    happened: '已经做了什么',
    what: '您说的事',
    number: '编号',
    erased: '内容已按规定删除',
    unknown: '没有找到这个查询码。请看看有没有输错。',
    later: '现在看不了，请过一会儿再试。',
    acts: '要补充材料或者评价，请在能打开的浏览器里打开这一页。',
    yes: '是',
    no: '否',
    colon: '：',
  },
  en: {
    name: 'Tongxin',
    title: 'What can we do for you?',
    report: 'Report something',
    track: 'See progress',
    letter: 'Write a letter',
    reception: 'Reception hours',
    noReception: 'No hours are published yet.',
    left: 'Turns left: {n}',
    full: 'All taken',
    books: 'To book, open this page in a browser that runs it, telephone, or come to the window.',
    emergency: 'In an emergency, call:',
    needsScript: 'Opening… If nothing comes, try another browser, telephone, or come to the window.',
    code: 'Query code',
    find: 'Find',
    now: 'Where it stands',
    who: 'Who has it',
    nobody: 'A body is being chosen',
    by: 'When you will hear',
    before: 'before the end of {day}',
    next: 'What comes next',
    wellThen: 'If all goes well: {step}',
    late: 'It was due by {day}. We are pressing for it.',
    happened: 'What has been done',
    what: 'What you told us',
    number: 'Number',
    erased: 'Erased by rule',
    unknown: 'No such query code. Please look whether it is typed rightly.',
    later: 'It cannot be shown now. Please try again in a while.',
    acts: 'To add something or to rate, open this page in a browser that runs it.',
    yes: 'Yes',
    no: 'No',
    colon: ': ',
  },
} as const;

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replaceAll(/[&<>"']/gu, (mark) => MARKS[mark]!);

const paragraphs = (text: string): string => `<p class="words">${safe(text)}</p>`;

/** The form that finds a case by its code: an address of this server, so it works without any script. */
const lookUp = (language: Language): string => {
  const words = WORDS[language];
  return `<form action="/track" method="get"><div class="field"><label for="code">${words.code}</label><input id="code" name="code" type="text" autocomplete="off" required></div><button class="primary wide" type="submit">${words.find}</button></form>`;
};

const ways = (language: Language): string => {
  const words = WORDS[language];
  const way = (to: string, text: string): string => `<a class="way" href="${to}"><strong>${text}</strong></a>`;
  return `<nav class="ways" aria-label="${words.title}">${way('/report', words.report)}${way('/track', words.track)}${way('/letter', words.letter)}${way('/reception', words.reception)}</nav>`;
};

/** A receipt as its holder may read it: the presenter has left out what is not theirs. */
const receiptWords = (view: CaseView, language: Language): string => {
  const words = WORDS[language];
  const l = (label: Label): string => safe(inLanguage(label, language));
  const clock = view.clocks.find(({ status, dueAt, window }) => status === 'running' && dueAt && !window);
  const windows = view.clocks.filter(({ status, dueAt, window }) => status === 'running' && dueAt && window);
  const who = view.leadOrganizationLabel ?? view.receivingOrganizationLabel;
  const answer = ({ value, valueLabel }: CaseView['record'][number]['answers'][number]): string => {
    if (valueLabel) return l(valueLabel);
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    return typeof value === 'string' || typeof value === 'number' ? safe(formatEntered(String(value), language)) : '–';
  };
  const day = clock?.dueAt ? safe(formatDay(clock.dueAt, language)) : '';
  const steps = view.record
    .toReversed()
    .map(
      (entry) =>
        `<li><time datetime="${safe(entry.at)}">${safe(formatInstant(entry.at, language))}</time><strong>${l(entry.label)}</strong>${
          entry.by ? `<div>${l(entry.by)}</div>` : ''
        }${entry.erased ? `<p class="hint">${words.erased}</p>` : ''}${entry.answers
          .map((one) => `<p class="words">${l(one.label)}${words.colon}${answer(one)}</p>`)
          .join('')}</li>`,
    );
  return `<h1>${safe(view.title)}</h1><p>${words.number}${words.colon}${safe(view.number)}</p><section class="notice"><h2>${words.now}</h2><p class="stage">${l(
    view.stageLabel,
  )}</p><dl><dt>${words.who}</dt><dd>${who ? l(who) : words.nobody}</dd>${
    day && !view.ended ? `<dt>${words.by}</dt><dd>${words[clock!.overdue ? 'late' : 'before'].replace('{day}', day)}</dd>` : ''
  }${windows
    .map(({ label, dueAt }) => `<dt>${l(label)}</dt><dd>${words.before.replace('{day}', safe(formatDay(dueAt!, language)))}</dd>`)
    .join('')}${
    view.nextLabel ? `<dt>${words.next}</dt><dd>${words.wellThen.replace('{step}', () => l(view.nextLabel!))}</dd>` : ''
  }</dl></section><h2>${words.happened}</h2><ol class="steps">${steps.join('')}</ol>${
    view.text ? `<h2>${words.what}</h2>${paragraphs(view.text)}` : ''
  }<noscript><p>${words.acts}</p></noscript>`;
};

/** Hours in which offices receive. */
const receptionWords = (sessions: readonly SessionView[], language: Language): string => {
  const words = WORDS[language];
  const l = (label: Label): string => safe(inLanguage(label, language));
  const rows = sessions.map(
    ({ startsAt, endsAt, organizationLabel, postLabel, place, matters, free }) =>
      `<li><p><strong>${safe(formatDay(startsAt, language))} ${safe(formatTime(startsAt, language))}–${safe(formatTime(endsAt, language))}</strong><br>${l(
        organizationLabel,
      )} ${l(postLabel)}<br><small>${[place, matters].flatMap((one) => (one ? [safe(one)] : [])).join(' · ')}</small><br><small>${
        free.length ? words.left.replace('{n}', String(free.length)) : words.full
      }</small></p></li>`,
  );
  return `<h1>${words.reception}</h1>${rows.length ? `<ul class="list">${rows.join('')}</ul>` : `<p>${words.noReception}</p>`}<noscript><p>${words.books}</p></noscript>`;
};

/** What the server was asked for a receipt and what it answered. */
export interface ReceiptAnswer {
  readonly status: number;
  readonly view?: CaseView;
}

/** The words of a page, to stand where the app will; `receipt` where its address names one, `sessions` where it lists them. */
export const readablePage = (path: string, language: Language, receipt?: ReceiptAnswer, sessions?: readonly SessionView[]): string => {
  const words = WORDS[language];
  const titles: Readonly<Record<string, string>> = { '/report': words.report, '/letter': words.letter, '/track': words.track };
  const main = receipt
    ? receipt.view
      ? receiptWords(receipt.view, language)
      : `<h1>${words.track}</h1><p class="wrong">${receipt.status === 404 ? words.unknown : words.later}</p>${lookUp(language)}`
    : sessions
      ? receptionWords(sessions, language)
      : path === '/track'
        ? `<h1>${words.track}</h1>${lookUp(language)}`
        : path === '/'
          ? `<h1>${words.title}</h1>${ways(language)}`
          : `<h1>${titles[path] ?? words.name}</h1><p>${words.needsScript}</p>`;
  const numbers = ['110', '119', '120'].map((number) => `<a href="tel:${number}">${number}</a>`).join(' ');
  return `<header class="top"><a class="brand" href="/">${words.name}</a></header><main id="main">${main}</main><footer class="foot"><p>${words.emergency} ${numbers}</p></footer>`;
};
