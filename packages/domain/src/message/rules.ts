import { DAY_MS, dateOfDay, dayOfInstant, instantOfMs, MINUTE_MS, msOfDay } from '../calendar/rules.ts';
import type { CaseState, EventHeader, EventType } from '../case/schema.ts';
import type { Instant } from '../clock/schema.ts';
import { inLanguage, type Label, type Language } from '../label/schema.ts';
import { tellAt } from '../notice/delivery/rules.ts';
import { DEFAULT_SETTINGS } from '../notice/schema.ts';
import { stageShown } from '../procedure/rules.ts';
import type { Procedure } from '../procedure/schema.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** Pauses after the first, second, … try that failed; after the last of them a message is given up, about a day after it was first tried. */
export const PAUSES_MS = [1, 5, 15].map((n) => n * MINUTE_MS).concat([1, 3, 6, 12].map((n) => n * HOUR_MS));

/** When a message that was tried so often is tried again; undefined where it is given up. A receiver may ask for a longer pause, of a day at most. */
export const nextTry = (tries: number, now: Instant, afterMs = 0): Instant | undefined => {
  const pause = PAUSES_MS[tries - 1];
  return pause === undefined ? undefined : instantOfMs(Date.parse(now) + Math.max(pause, Math.min(afterMs, DAY_MS)));
};

/** From nine in the evening until eight nobody's telephone rings for a matter that can wait. */
const NIGHT = { ...DEFAULT_SETTINGS, quiet: { from: 21 * 60, to: 8 * 60 } };
export const awakeAt = (now: Instant): Instant => tellAt(NIGHT, { kind: 'progress', urgent: false }, now)!;

/** A step that a reporter would want to be called for: taken up, answered, taken up again, refused, ended. Steps between offices are read on the page. */
const isMilestone = (procedure: Procedure, { from, to, set, duty }: EventHeader): boolean =>
  from === procedure.start || set?.answered !== undefined || duty === 'refuse' || procedure.stages[to!]?.end !== undefined;

/**
 * What a reporter is told of an event outside the house: the procedure's own public words for where the matter now stands. Nothing of what a
 * party did itself. `merged`: to the reporter of a case that was joined with this one, who is told what concerns both.
 */
export const toldOutside = (
  procedure: Procedure,
  { type, header }: { readonly type: EventType; readonly header: EventHeader },
  merged: boolean,
): Label | undefined => {
  if (type !== 'case.acted' || header.action === undefined || header.to === undefined || header.to === header.from) return undefined;
  const action = procedure.actions[header.action];
  if (!action?.told || action.partyAct || action.duty === 'party' || (merged && action.personal)) return undefined;
  // Under the name it is shown: why a matter ended may be nobody's to read.
  return isMilestone(procedure, header) ? procedure.stages[stageShown(procedure, header.to)]?.told : undefined;
};

/**
 * Words of a message: a subject and a text of one line. What leads to the matter stands behind it. Whoever is a side of a matter did not report it,
 * or not alone.
 */
export const progressWords = (
  told: Label,
  number: string,
  language: Language,
  reader: 'reporter' | 'side' = 'reporter',
): { readonly subject: string; readonly text: string } => {
  const words = inLanguage(told, language);
  if (reader === 'side')
    return language === 'en'
      ? { subject: `A matter that concerns you, ${number}`, text: `A matter that concerns you, ${number}: ${words}.` }
      : { subject: `与您有关的事项 ${number}`, text: `与您有关的事项（${number}）：${words}。` };
  return language === 'en'
    ? { subject: `Your matter ${number}`, text: `Your matter ${number}: ${words}.` }
    : { subject: `您反映的事项 ${number}`, text: `您反映的事项（${number}）：${words}。` };
};

/** Of a time somebody is invited to: that there is something to look at, and nothing else. Not what about, with whom, where or when. */
export const appointmentWords = (what: 'changed' | 'soon', language: Language): { readonly subject: string; readonly text: string } => {
  if (language === 'en')
    return what === 'soon'
      ? {
          subject: 'A time you agreed on is near',
          text: 'A time you agreed on is near. Please sign in, or look it up by your query code. ',
        }
      : { subject: 'A time was set or changed', text: 'A time was set or changed. Please sign in, or look it up by your query code. ' };
  return what === 'soon'
    ? { subject: '约定的时间快到了', text: '您有一项约定的时间快到了，请登录或凭查询码查看。' }
    : { subject: '您的一项时间安排有更新', text: '您的一项时间安排有更新，请登录或凭查询码查看。' };
};

/** Of a period in which somebody may ask for something: that it is near its end or over, and nothing else. */
export const periodWords = (what: 'soon' | 'over', language: Language): { readonly subject: string; readonly text: string } => {
  if (language === 'en')
    return what === 'soon'
      ? {
          subject: 'A period of yours is near its end',
          text: 'A period of yours is near its end. Please sign in, or look it up by your query code. ',
        }
      : { subject: 'A period of yours is over', text: 'A period of yours is over. Please sign in, or look it up by your query code. ' };
  return what === 'soon'
    ? { subject: '您的一项期限快到了', text: '您有一项期限快到了，请登录或凭查询码查看。' }
    : { subject: '您的一项期限已到', text: '您有一项期限已到，请登录或凭查询码查看。' };
};

/**
 * What the sides of a confided matter are told outside of its clocks: where the ladder of a period names them and it still runs, or has just run out.
 * Nothing of any other step. Where several rungs were due at once, as of an agreement that was written down weeks later, only the last of them speaks.
 */
export const periodTold = (
  procedure: Pick<Procedure, 'confided' | 'clocks'>,
  clocks: CaseState['clocks'],
  { type, header }: { readonly type: EventType; readonly header: EventHeader },
): 'soon' | 'over' | undefined => {
  if (type !== 'clock.told' || !procedure.confided) return undefined;
  const { clock, rung: id, tell } = header.codes as { clock: string; rung: string; tell: readonly string[] };
  const rung = procedure.clocks[clock]?.ladder.find((one) => one.id === id);
  if (!rung || !tell.includes('reporter')) return undefined;
  const told = clocks[clock]?.told ?? [];
  const after = told.includes(id) ? told.slice(told.indexOf(id) + 1) : [];
  if (procedure.clocks[clock]!.ladder.some((one) => after.includes(one.id) && one.tell.includes('reporter'))) return undefined;
  if (rung.when === 'at' || rung.when === 'after') return 'over';
  return clocks[clock]?.status === 'running' ? 'soon' : undefined;
};

/** By the clock of China. */
const clockTime = (at: Instant): string => {
  const day = dayOfInstant(at);
  const minutes = Math.floor((Date.parse(at) - msOfDay(day)) / MINUTE_MS);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${dateOfDay(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** Of a reception one booked: its time and place, never what about. */
const receptionWords = (kind: 'receptionSoon' | 'receptionCalledOff', params: Readonly<Record<string, unknown>>, language: Language) => {
  const at = clockTime(String(params.at));
  const place = String(params.place);
  const next = typeof params.next === 'string' ? clockTime(params.next) : undefined;
  if (kind === 'receptionSoon')
    return language === 'en'
      ? { subject: 'Your reception hour', text: `You are expected at ${at}, ${place}. If you cannot come, please cancel on your page.` }
      : { subject: '预约接待提醒', text: `您预约的接待：${at}，${place}。来不了，请在“我的”里取消。` };
  return language === 'en'
    ? {
        subject: 'A reception hour was called off',
        text: `The reception at ${at}, ${place}, is not held; we are sorry. ${next ? `The next one is at ${next}: book` : 'See'} on your page.`,
      }
    : {
        subject: '预约的接待取消了',
        text: `您预约的${at}（${place}）的接待取消了，对不起。${next ? `下一场：${next}，请在“我的”里改约。` : '请在“我的”里查看。'}`,
      };
};

const NOTICE_WORDS: Readonly<Record<string, Label>> = {
  sos: { zh: '一线人员求助，请立即查看', en: 'A field worker calls for help, please look at once' },
  arrived: { zh: '有事项待您办理', en: 'A case is waiting for you' },
  urged: { zh: '事项被催办', en: 'A case was urged' },
  supervised: { zh: '收到督办', en: 'A supervision order has come' },
  instructed: { zh: '有领导批示', en: "There is a leader's instruction" },
  extension: { zh: '延期申请或答复', en: 'An extension was asked for or decided' },
  news: { zh: '事项有新情况', en: 'There is news of a case' },
  taken: { zh: '事项已由他人接手、收回或终止', en: 'A case was taken over, taken back or ended' },
  dueSoon: { zh: '事项临期', en: 'A case is due soon' },
  overdue: { zh: '事项超期', en: 'A case is overdue' },
  escalate: { zh: '事项超期，已逐级上报', en: 'A case is overdue and was escalated' },
  screeningSoon: {
    zh: '本月排查报告快到期了，没有发现也要报',
    en: 'The monthly screening is due soon; report it also when nothing was found',
  },
  screeningOverdue: { zh: '月排查报告逾期未报', en: 'A monthly screening report is overdue' },
};
const OTHER: Label = { zh: '有新的提醒', en: 'There is something new' };

/** What a notice says outside the desk: its kind and a number, or how many a digest stands for. Never whose, what or where. */
export const noticeWords = (
  kind: string,
  params: Readonly<Record<string, unknown>>,
  language: Language,
): { readonly subject: string; readonly text: string } => {
  const { n, cases, number } = params;
  if (kind === 'digest' && typeof n === 'number' && typeof cases === 'number')
    return language === 'en'
      ? { subject: `${n} notices`, text: `${n} notices about ${cases} cases.` }
      : { subject: `提醒汇总（${n} 条）`, text: `提醒汇总：共 ${n} 条，涉及 ${cases} 件事。` };
  if (kind === 'receptionSoon' || kind === 'receptionCalledOff') return receptionWords(kind, params, language);
  const words = inLanguage(NOTICE_WORDS[kind] ?? OTHER, language);
  const of = typeof number === 'string' ? number : undefined;
  return language === 'en'
    ? { subject: words, text: `${words}${of ? `: ${of}` : ''}.` }
    : { subject: words, text: `${words}${of ? `：${of}` : ''}。` };
};

export const confirmWords = (code: string, language: Language): { readonly subject: string; readonly text: string } =>
  language === 'en'
    ? {
        subject: 'Your code for notices by e-mail',
        text: `Your code is ${code}. Enter it in your notice settings, and notices come to this address. If it was not you, nothing needs to be done.`,
      }
    : { subject: '邮件提醒确认码', text: `确认码：${code}。在“提醒设置”里填入后，提醒会发到这个邮箱。不是您本人操作的，不必理会。` };

/** A one-time code by mail, for signing in or for proving the address. */
export const codeWords = (code: string, language: Language): { readonly subject: string; readonly text: string } =>
  language === 'en'
    ? {
        subject: `${code} is your code`,
        text: `Your code is ${code}. It is good for five minutes. If it was not you, nothing needs to be done.`,
      }
    : { subject: `验证码 ${code}`, text: `验证码：${code}，五分钟内有效。不是您本人操作的，不必理会。` };

/** Enough of a telephone to know one's own by. */
export const maskedPhone = (phone: string): string => `${phone.slice(0, -8)}****${phone.slice(-4)}`;

/** Enough of a mail address to know one's own by. */
export const maskedMail = (address: string): string => {
  const [name = '', host = ''] = address.split('@');
  return `${[...name].slice(0, 2).join('')}***@${host}`;
};
