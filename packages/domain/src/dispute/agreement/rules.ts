import { isDate } from '../../calendar/rules.ts';
import type { Label } from '../../label/schema.ts';
import type { DisputeKind } from '../kind/schema.ts';
import type { Sender } from '../referral/schema.ts';
import { BARRED, CLAUSES, COURTS, type LendingRates, LPR, VAGUE } from './data.ts';
import {
  type AgreementText,
  type AgreementView,
  BARRED_MATTERS,
  type CourtGround,
  DISPUTE_PAPERS,
  type Finding,
  MEDIATOR,
  type Obligation,
  type Offer,
  SEAL,
  type Signature,
  type Term,
} from './schema.ts';

const CONTENTS = '人民调解法 第二十九条';
const UNCLEAR = '法释〔2011〕5号 第七条';
const LETTERS = '甲乙丙丁戊己庚辛壬癸';

/** 甲方, 乙方, … in the order in which the sides were written down. */
export const letterOf = (index: number): string => `${LETTERS[index] ?? index + 1}方`;

/** The same with a name for readers of English. */
export const sideLabel = (index: number): Label => ({ zh: letterOf(index), en: `Party ${String.fromCharCode(65 + index)}` });

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/** Four figures in capitals: 1020 → 壹仟零贰拾. */
const groupWords = (group: number): string => {
  const digits = String(group).padStart(4, '0').split('').map(Number);
  return digits
    .map((digit, i) => (digit ? `${DIGITS[digit]}${UNITS[3 - i]}` : '零'))
    .join('')
    .replace(/零+/gu, '零')
    .replace(/零$/u, '');
};

/** 大写金额 of whole fen: 480000 → 肆仟捌佰元整 (票据法 usage: 元 without 角 and 分 ends in 整). */
export const amountInWords = (fen: number): string => {
  const yuan = Math.floor(fen / 100);
  const [jiao, rest] = [Math.floor((fen % 100) / 10), fen % 10];
  const groups = String(yuan)
    .padStart(12, '0')
    .match(/\d{4}/gu)!
    .map(Number)
    .map((group, i) => (group ? `${groupWords(group)}${GROUPS[2 - i]}` : '零'))
    .join('')
    .replace(/零+/gu, '零')
    .replace(/^零|零$/gu, '');
  const whole = yuan ? `${groups}元` : '';
  const parts = `${jiao ? `${DIGITS[jiao]}角` : rest && yuan ? '零' : ''}${rest ? `${DIGITS[rest]}分` : ''}`;
  return `${whole}${parts || '整'}`;
};

/** 4800元, 4800.50元. */
export const yuan = (fen: number): string => `${fen % 100 ? (fen / 100).toFixed(2) : fen / 100}元`;

const dayInWords = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${day}日`;
};

type Naming = (partyId: string | undefined) => string;

/** One term as the clause library writes it. */
export const termText = (term: Term, name: Naming): string => {
  const said = term.words?.trim() ?? '';
  const parts: Readonly<Record<string, string>> = {
    by: name(term.by),
    to: term.to ? name(term.to) : '对方',
    due: term.dueOn ? `于${dayInWords(term.dueOn)}（含当日）前` : '',
    amount: term.amount ? `${yuan(term.amount)}（大写：${amountInWords(term.amount)}）` : '＿＿＿元',
    words: said && !/[。；！]$/u.test(said) ? `${said}。` : said,
  };
  return CLAUSES[term.kind].zh.replace(/\{(\w+)\}/gu, (_, key: string) => parts[key]!);
};

const namingOf = (sides: readonly string[]): Naming => {
  return (partyId) => letterOf(Math.max(0, sides.indexOf(partyId ?? '')));
};

const linesOf = (words: string | undefined): string[] => (words ?? '').trim().split('\n');

/**
 * The agreement, line by line, in the order of 人民调解法 第二十九条: the sides, the facts and what is in dispute with each one's responsibility, the
 * terms with their way and time. This is what is printed, read out, hashed and signed.
 */
export const agreementLines = (text: AgreementText, sides: readonly string[]): string[] => {
  const name = namingOf(sides);
  const known = new Map(text.parties.map((party) => [party.partyId, party]));
  return [
    ...sides.map((id, index) => {
      const party = known.get(id);
      return `${letterOf(index)}：${[party?.name.trim() || '＿＿＿＿', party?.about?.trim()].filter(Boolean).join('，')}`;
    }),
    '一、纠纷主要事实、争议事项',
    ...linesOf(text.facts),
    '二、各方当事人的责任',
    ...linesOf(text.responsibility),
    '三、经调解，自愿达成如下协议',
    ...text.terms.map((term, index) => `${index + 1}．${termText(term, name)}`),
    ...(text.total ? [`以上款项共计人民币${yuan(text.total)}（大写：${amountInWords(text.total)}）。`] : []),
    '四、履行方式、期限',
    ...linesOf(text.way),
  ];
};

/** Whether a line of the agreement is a heading. */
export const isHeading = (line: string): boolean => /^[一二三四]、/u.test(line);

/** The first words of an agreement, from the terms all sides accepted. Names and facts stay to be written. */
export const draftOf = (offer: Pick<Offer, 'terms'> | undefined, sides: readonly string[], facts: string): AgreementText => {
  const terms = offer?.terms ?? [];
  const sums = terms.flatMap(({ kind, amount }) => (kind === 'pay' && amount ? [amount] : []));
  return {
    parties: sides.map((partyId) => ({ partyId, name: '' })),
    ...(facts.trim() ? { facts } : {}),
    terms: [...terms],
    ...(sums.length ? { total: sums.reduce((sum, amount) => sum + amount, 0) } : {}),
    matters: [],
    touchesOthers: false,
    answers: {},
  };
};

/** From this day on a loan's cap is known from the day it was made; before it the interest up to then may follow the rule of its time (第三十一条). */
const NEW_RULE = '2020-08-20';

/**
 * The highest rate for a loan between persons made on a day, in hundredths of a per cent: four times the LPR of that day. 法释〔2020〕17号 第二十五条.
 * Undefined where the table does not reach, and for older loans, whose interest has two parts with a rule each (第三十一条).
 */
export const lendingCap = (since: string, table: LendingRates = LPR): number | undefined => {
  if (since < NEW_RULE || since > table.knownTo) return undefined;
  const known = table.rates.filter(({ from }) => from <= since).at(-1);
  return known && known.rate * 4;
};

const blank = (words: string | undefined): boolean => !words?.trim();
/** Kinds that are a sum of money. */
const ofMoney = ({ kind }: Term): boolean => kind === 'pay' || kind === 'costs';

const contents = (text: AgreementText, sides: readonly string[]): Finding[] => {
  const missing: [boolean, string][] = [
    [sides.some((id) => blank(text.parties.find(({ partyId }) => partyId === id)?.name)), 'partiesMissing'],
    [blank(text.facts), 'factsMissing'],
    [blank(text.responsibility), 'responsibilityMissing'],
    [text.terms.length === 0, 'termsMissing'],
    [blank(text.way), 'wayMissing'],
  ];
  return missing.filter(([is]) => is).map(([, code]) => ({ level: 'error', code, article: CONTENTS }));
};

const ofTerm = (term: Term, index: number, sides: readonly string[], today: string): Finding[] => {
  const at = (code: string, level: Finding['level'] = 'error', article = UNCLEAR): Finding => ({ level, code, article, term: index + 1 });
  const lasting = CLAUSES[term.kind].lasting;
  return [
    ...(sides.includes(term.by) && (!term.to || sides.includes(term.to)) && term.to !== term.by
      ? []
      : [at('sideUnknown', 'error', CONTENTS)]),
    ...(ofMoney(term) && !term.amount ? [at('amountMissing')] : []),
    ...(ofMoney(term) && !term.to ? [at('payeeMissing')] : []),
    ...(['other', 'move', 'repair', 'boundary'].includes(term.kind) && blank(term.words) ? [at('wordsMissing')] : []),
    ...(!lasting && !(term.dueOn && isDate(term.dueOn)) ? [at('dateMissing')] : []),
    ...(term.dueOn && isDate(term.dueOn) && term.dueOn < today ? [at('datePast')] : []),
    ...(VAGUE.test(term.words ?? '') ? [at('vagueWords', 'warning')] : []),
  ];
};

const ofSum = ({ terms, total }: AgreementText): Finding[] => {
  const payments = terms.filter(({ kind, amount }) => kind === 'pay' && amount);
  const sum = payments.reduce((all, { amount }) => all + (amount ?? 0), 0);
  if (total !== undefined && total !== sum) return [{ level: 'error', code: 'totalDiffers', article: UNCLEAR }];
  if (payments.length > 1 && total === undefined) return [{ level: 'error', code: 'totalMissing', article: UNCLEAR }];
  return [];
};

const ofLoan = ({ loan }: AgreementText, table: LendingRates): Finding[] => {
  if (!loan) return [];
  const cap = lendingCap(loan.since, table);
  if (loan.since < NEW_RULE) return [{ level: 'warning', code: 'rateOldRule', article: '法释〔2020〕17号 第三十一条' }];
  const article = '法释〔2020〕17号 第二十五条';
  if (cap === undefined) return [{ level: 'warning', code: 'rateUnknown', article }];
  return loan.rate > cap ? [{ level: 'error', code: 'rateAboveCap', article }] : [];
};

/** What in the words sounds like a matter that may not be mediated: asked, for words alone prove nothing. */
const ofWords = (text: AgreementText): Finding[] => {
  const all = [text.facts, text.responsibility, text.way, ...text.terms.map(({ words }) => words)].join('\n');
  return BARRED_MATTERS.filter((matter) => !text.matters.includes(matter) && BARRED[matter].named.test(all)).map((matter) => ({
    level: 'warning',
    code: `${matter}Named`,
    article: BARRED[matter].article,
  }));
};

/** What stands in the way of an agreement (errors), and what must be answered before it is put in writing (warnings). `today` is the day in China. */
export const findingsOf = (text: AgreementText, sides: readonly string[], today: string, table: LendingRates = LPR): Finding[] => {
  const found: Finding[] = [
    ...text.matters.map((matter): Finding => ({ level: 'error', code: `${matter}Barred`, article: BARRED[matter].article })),
    ...contents(text, sides),
    ...text.terms.flatMap((term, index) => ofTerm(term, index, sides, today)),
    ...ofSum(text),
    ...ofLoan(text, table),
    ...(text.touchesOthers ? [{ level: 'warning', code: 'othersTouched', article: UNCLEAR } as const] : []),
    ...ofWords(text),
  ];
  return found.map((finding) => (finding.level === 'warning' ? { ...finding, answered: !blank(text.answers[finding.code]) } : finding));
};

/** What keeps a draft from being put in writing: errors, and warnings nobody answered. */
export const hindrances = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level, answered }) => level === 'error' || !answered);

/** An offer that every other side accepted and nobody refused. */
export const isAccepted = ({ by, accepted, refused }: Pick<Offer, 'by' | 'accepted' | 'refused'>, sides: readonly string[]): boolean =>
  refused.length === 0 && sides.every((side) => side === by || accepted.includes(side));

/** Who has not signed: every side, the mediator, and the committee's seal. 人民调解法 第三十条. */
export const missingSigners = (sides: readonly string[], signatures: readonly Pick<Signature, 'signer'>[]): string[] =>
  [...sides, MEDIATOR, SEAL].filter((signer) => !signatures.some((one) => one.signer === signer));

/** What is owed, numbered as in the agreement. What lasts (silence, a boundary) is kept, never done with. */
export const obligationsOf = (
  text: AgreementText,
  sides: readonly string[],
  performed: ReadonlyMap<number, string>,
  today: string,
): Obligation[] =>
  text.terms.flatMap((term, index): Obligation[] => {
    if (CLAUSES[term.kind].lasting) return [];
    const performedOn = performed.get(index + 1);
    const missed = performedOn === undefined && term.dueOn !== undefined && term.dueOn < today;
    return [{ no: index + 1, term, text: termText(term, namingOf(sides)), ...(performedOn ? { performedOn } : {}), missed }];
  });

/** The day of the next performance that is still owed; undefined when all is done. */
export const nextDue = (obligations: readonly Obligation[]): string | undefined =>
  obligations
    .filter(({ performedOn }) => !performedOn)
    .map(({ term }) => term.dueOn)
    .filter((day) => day !== undefined)
    .sort()[0];

/** What a court has to do with a mediation: it invited the committee before a suit was filed (委派), or entrusted it with a suit of its own (委托). */
export const courtRole = (sender: Sender | undefined): 'invited' | 'entrusted' | undefined => {
  if (sender === 'courtBeforeFiling') return 'invited';
  return sender === 'courtOrdinary' || sender === 'courtSummary' ? 'entrusted' : undefined;
};

/** Kinds that often belong before an intermediate court, among them patents (民事诉讼法 (2023) 第十九条 and what the Supreme Court says of them). */
const SPECIALISED: readonly DisputeKind[] = ['intellectualProperty'];

/**
 * The courts that both may ask to confirm it: the inviting one alone where a court invited the committee; else a basic court of one of three places, or the
 * intermediate court where the matter belongs before one, which is offered first where that is likely (民事诉讼法 (2023) 第二百零五条). None where a suit is
 * pending, for that court makes a 调解书 of it or the suit is withdrawn (特邀调解规定 第二十条; 法释〔2011〕5号 第十三条).
 */
export const courtsFor = (
  role: ReturnType<typeof courtRole>,
  kind: DisputeKind,
): { readonly ground: CourtGround; readonly label: Label }[] => {
  if (role === 'entrusted') return [];
  const basic: readonly CourtGround[] = ['home', 'subject', 'committee'];
  const free: readonly CourtGround[] = SPECIALISED.includes(kind) ? ['intermediate', ...basic] : [...basic, 'intermediate'];
  return (role === 'invited' ? (['invited'] as const) : free).map((ground) => ({ ground, label: COURTS[ground] }));
};

interface Way {
  readonly label: Label;
  readonly article: string;
}

const SUE: Way = { label: { zh: '就调解协议向人民法院起诉', en: 'Sue on the agreement' }, article: '人民调解法 第三十二条' };

/** What whoever was promised something may do when it was not kept, by what the court made of the agreement. */
export const waysAfterBreach = (confirmation: string): Way[] => {
  if (confirmation === 'suit')
    return [
      {
        label: {
          zh: '法院作出调解书的，向第一审法院或者被执行财产所在地法院申请强制执行',
          en: 'Where the court made a mediation decree, ask the court of first instance, or the one where the property is, to enforce it',
        },
        article: '民事诉讼法 (2023) 第二百三十五条、第二百四十七条',
      },
      SUE,
    ];
  return confirmation === 'confirmed'
    ? [
        {
          label: {
            zh: '向作出确认裁定的法院或者被执行财产所在地法院申请强制执行',
            en: 'Ask the court that confirmed it, or the one where the property is, to enforce it',
          },
          article: '民事诉讼法 (2023) 第二百三十五条、第二百四十七条',
        },
        {
          label: {
            zh: '两年内申请，从履行期限的最后一天起算；分期的，从每一期的最后一天起算',
            en: 'Within two years from the last day for performing; of instalments, from the last day of each',
          },
          article: '民事诉讼法 (2023) 第二百五十条',
        },
      ]
    : [
        SUE,
        {
          label: { zh: '只是付钱的，可以凭协议申请支付令', en: 'Where only money is owed, ask for a payment order' },
          article: '民事诉讼法 (2023) 第二百二十五条',
        },
      ];
};

/** Papers worth offering: nothing is confirmed where a suit is pending, nobody is told the result of what nobody passed on. */
export const offeredPapers = ({
  confirmation,
  referred,
}: {
  readonly confirmation: Pick<AgreementView['confirmation'], 'grounds'>;
  readonly referred?: true | undefined;
}): (typeof DISPUTE_PAPERS)[number][] =>
  DISPUTE_PAPERS.filter((kind) => {
    if (kind === 'confirmation' || kind === 'commitment') return confirmation.grounds.length > 0;
    return kind !== 'resultNotice' || referred === true;
  });
