import { describe, expect, test } from 'vitest';
import type { DisputeKind } from '../kind/schema.ts';
import type { Sender } from '../referral/schema.ts';
import { LPR } from './data.ts';
import { disputePaper, type PaperMaterial } from './paper/rules.ts';
import {
  agreementLines,
  amountInWords,
  courtRole,
  courtsFor,
  draftOf,
  findingsOf,
  hindrances,
  isAccepted,
  lendingCap,
  missingSigners,
  nextDue,
  obligationsOf,
  offeredPapers,
  waysAfterBreach,
} from './rules.ts';
import type { AgreementText, Term } from './schema.ts';

const [UP, DOWN] = ['0d000000-0000-7000-8000-000000000001', '0d000000-0000-7000-8000-000000000002'] as const;
const SIDES = [DOWN, UP];
const TODAY = '2026-10-20';
const pay = (amount: number, dueOn: string): Term => ({ kind: 'pay', by: UP, to: DOWN, amount, dueOn });
const INSTALMENTS = [pay(160_000, '2026-11-01'), pay(160_000, '2026-12-01'), pay(160_000, '2027-01-01')];
const whole = (more: Partial<AgreementText> = {}): AgreementText => ({
  ...draftOf({ terms: INSTALMENTS }, SIDES, '楼上卫生间漏水，楼下天花板污损。'),
  parties: [
    { partyId: DOWN, name: '赵甲' },
    { partyId: UP, name: '钱乙' },
  ],
  responsibility: '漏水由乙方防水层失效引起。',
  way: '银行转账。',
  ...more,
});
const codes = (text: AgreementText): string[] => findingsOf(text, SIDES, TODAY).map(({ code }) => code);

describe('an agreement is put in writing', () => {
  test('when its contents are whole (人民调解法 第二十九条), and each that lacks is named', () => {
    expect(codes(whole())).toEqual([]);
    const bare = { ...whole({ facts: ' ', responsibility: '', terms: [], way: '', parties: [] }) };
    const { total: _, ...text } = bare;
    expect(codes(text)).toEqual(['partiesMissing', 'factsMissing', 'responsibilityMissing', 'termsMissing', 'wayMissing']);
    expect(new Set(findingsOf(text, SIDES, TODAY).map(({ article }) => article))).toEqual(new Set(['人民调解法 第二十九条']));
  });

  test('not of what may not be mediated (人民调解工作若干规定 第二十二条; 法释〔2011〕5号 第四条), however it is answered', () => {
    for (const [matter, article] of [
      ['identity', '法释〔2011〕5号 第四条'],
      ['crime', '人民调解工作若干规定 第二十二条第一项'],
      ['administrative', '人民调解工作若干规定 第二十二条第一项'],
      ['exclusive', '人民调解工作若干规定 第二十二条第一项'],
      ['pending', '人民调解工作若干规定 第二十二条第二项'],
    ] as const) {
      const found = findingsOf(whole({ matters: [matter], answers: { [`${matter}Barred`]: '没关系' } }), SIDES, TODAY);
      expect(hindrances(found)).toEqual([{ level: 'error', code: `${matter}Barred`, article }]);
    }
  });

  test('words that sound like such a matter, or of somebody else’s rights (法释〔2011〕5号 第七条), wait for an answer', () => {
    const named = whole({ facts: '双方对亲子关系有争议。', touchesOthers: true });
    expect(hindrances(findingsOf(named, SIDES, TODAY)).map(({ code }) => code)).toEqual(['othersTouched', 'identityNamed']);
    expect(codes(whole({ facts: '一方称法院已经受理。' }))).toEqual(['pendingNamed']);
    const answered = { ...named, answers: { othersTouched: '房主书面同意', identityNamed: '只谈抚养费' } };
    expect(hindrances(findingsOf(answered, SIDES, TODAY))).toEqual([]);
    expect(findingsOf({ ...named, answers: { othersTouched: ' ' } }, SIDES, TODAY).every(({ answered: is }) => !is)).toBe(true);
  });

  test('not with vague sums or days (法释〔2011〕5号 第七条)', () => {
    const terms = (...list: Term[]) => {
      const { total: _, ...rest } = whole({ terms: list });
      return codes(rest);
    };
    expect(terms({ kind: 'pay', by: UP, to: DOWN, dueOn: '2026-11-01' })).toEqual(['amountMissing']);
    expect(terms({ kind: 'pay', by: UP, amount: 100, dueOn: '2026-11-01' })).toEqual(['payeeMissing']);
    expect(terms({ kind: 'apologise', by: UP, to: DOWN })).toEqual(['dateMissing']);
    expect(terms({ kind: 'apologise', by: UP, to: DOWN, dueOn: '2026-10-19' })).toEqual(['datePast']);
    expect(terms({ kind: 'apologise', by: UP, to: DOWN, dueOn: '2026-10-20' })).toEqual([]);
    expect(terms({ kind: 'repair', by: UP, dueOn: '2026-11-01', words: '尽快做好防水' })).toEqual(['vagueWords']);
    expect(terms({ kind: 'repair', by: UP, dueOn: '2026-11-01' })).toEqual(['wordsMissing']);
    expect(terms({ kind: 'confidential', by: UP })).toEqual([]);
    expect(terms({ kind: 'pay', by: UP, to: UP, amount: 100, dueOn: '2026-11-01' })).toEqual(['sideUnknown']);
    expect(terms(...INSTALMENTS)).toEqual(['totalMissing']);
    expect(codes(whole({ total: 480_001 }))).toEqual(['totalDiffers']);
  });

  test('not above four times the LPR of the day a loan was made (法释〔2020〕17号 第二十五条); a day that is not in the table is asked', () => {
    expect(lendingCap('2020-08-20')).toBe(1540);
    expect(lendingCap('2021-12-19')).toBe(1540);
    expect(lendingCap('2021-12-20')).toBe(1520);
    expect(lendingCap('2025-11-20')).toBeUndefined();
    expect(lendingCap('2030-01-01')).toBeUndefined();
    expect(lendingCap('2030-01-01', { rates: [...LPR.rates, { from: '2029-12-20', rate: 290 }], knownTo: '2030-01-19' })).toBe(1160);
    const loan = (rate: number, since = '2024-08-01') => codes(whole({ loan: { principal: 1_000_000, rate, since } }));
    expect(loan(1340)).toEqual([]);
    expect(loan(1341)).toEqual(['rateAboveCap']);
    expect(loan(2400, '2025-12-01')).toEqual(['rateUnknown']);
    // 第三十一条: what was lent before has the rule of its time up to 2020-08-19, and the rule at suit after it.
    for (const [rate, since] of [
      [2000, '2020-01-10'],
      [2400, '2018-01-01'],
      [3600, '2020-08-19'],
    ] as const)
      expect(findingsOf(whole({ loan: { principal: 1_000_000, rate, since } }), SIDES, TODAY)).toEqual([
        { level: 'warning', code: 'rateOldRule', article: '法释〔2020〕17号 第三十一条', answered: false },
      ]);
  });
});

test('its words are those of the clause library, with sums in figures and capitals', () => {
  expect(agreementLines(whole(), SIDES)).toEqual([
    '甲方：赵甲',
    '乙方：钱乙',
    '一、纠纷主要事实、争议事项',
    '楼上卫生间漏水，楼下天花板污损。',
    '二、各方当事人的责任',
    '漏水由乙方防水层失效引起。',
    '三、经调解，自愿达成如下协议',
    '1．乙方于2026年11月1日（含当日）前向甲方支付人民币1600元（大写：壹仟陆佰元整）。',
    '2．乙方于2026年12月1日（含当日）前向甲方支付人民币1600元（大写：壹仟陆佰元整）。',
    '3．乙方于2027年1月1日（含当日）前向甲方支付人民币1600元（大写：壹仟陆佰元整）。',
    '以上款项共计人民币4800元（大写：肆仟捌佰元整）。',
    '四、履行方式、期限',
    '银行转账。',
  ]);
  for (const [fen, words] of [
    [1, '壹分'],
    [50, '伍角'],
    [10_005, '壹佰元零伍分'],
    [102_000, '壹仟零贰拾元整'],
    [1_000_100, '壹万零壹元整'],
    [1_050_000_00, '壹佰零伍万元整'],
    [10_000_000_000, '壹亿元整'],
    [100_000_001_23, '壹亿零壹元贰角叁分'],
  ] as const)
    expect([fen, amountInWords(fen)]).toEqual([fen, words]);
});

test('an offer is accepted by every other side, or not at all', () => {
  const three = [...SIDES, 'third'];
  expect(isAccepted({ by: UP, accepted: [DOWN], refused: [] }, SIDES)).toBe(true);
  expect(isAccepted({ by: UP, accepted: [DOWN], refused: [] }, three)).toBe(false);
  expect(isAccepted({ by: UP, accepted: [DOWN, 'third'], refused: ['third'] }, three)).toBe(false);
});

test('it is in force when every side, the mediator and the seal are there (人民调解法 第三十条)', () => {
  const signed = [...SIDES, 'mediator', 'seal'].map((signer) => ({ signer }));
  expect(missingSigners(SIDES, signed)).toEqual([]);
  for (const { signer } of signed)
    expect(
      missingSigners(
        SIDES,
        signed.filter((one) => one.signer !== signer),
      ),
    ).toEqual([signer]);
});

test('a term is kept on its own day, and the words say so', () => {
  const owed = (today: string) => obligationsOf(whole(), SIDES, new Map(), today)[0]!;
  expect([owed('2026-11-01').missed, owed('2026-11-02').missed]).toEqual([false, true]);
  expect(owed(TODAY).text).toContain('于2026年11月1日（含当日）前');
});

test('what is owed next is the earliest that was not performed; what lasts is never done with (第三十一条)', () => {
  const text = whole({ terms: [...INSTALMENTS, { kind: 'confidential', by: DOWN }] });
  const after = (performed: [number, string][], today = TODAY) => obligationsOf(text, SIDES, new Map(performed), today);
  expect(after([]).map(({ no }) => no)).toEqual([1, 2, 3]);
  expect(nextDue(after([[1, '2026-10-30']]))).toBe('2026-12-01');
  expect(nextDue(after([[2, '2026-10-30']]))).toBe('2026-11-01');
  expect(after([[1, '2026-10-30']], '2026-12-02').map(({ missed }) => missed)).toEqual([false, true, false]);
  expect(
    nextDue(
      after([
        [1, '2026-11-01'],
        [2, '2026-12-01'],
        [3, '2027-01-01'],
      ]),
    ),
  ).toBeUndefined();
});

test('the court is the inviting one, else one of three (民事诉讼法 第二百零五条)', () => {
  const grounds = (sender?: Sender, kind: DisputeKind = 'neighbour') => courtsFor(courtRole(sender), kind).map(({ ground }) => ground);
  expect(grounds('courtBeforeFiling')).toEqual(['invited']);
  for (const sender of [undefined, 'police'] as const) expect(grounds(sender)).toEqual(['home', 'subject', 'committee', 'intermediate']);
  // 专门管辖: the intermediate court.
  expect(grounds(undefined, 'intellectualProperty')[0]).toBe('intermediate');
  // 特邀调解规定 第二十条; 法释〔2011〕5号 第十三条: of a suit the court makes a 调解书.
  for (const sender of ['courtOrdinary', 'courtSummary'] as const) expect(grounds(sender)).toEqual([]);
});

test('what is open after a breach depends on whether the court confirmed it (民事诉讼法 第二百四十七条、第二百五十条; 人民调解法 第三十二条)', () => {
  const articles = (state: string) => waysAfterBreach(state).map(({ article }) => article);
  expect(articles('confirmed').join()).toContain('第二百五十条');
  expect(articles('suit').join()).toContain('第二百四十七条');
  for (const state of ['open', 'refused', 'lapsed', 'suit']) expect(articles(state)).toContain('人民调解法 第三十二条');
});

test('papers name the articles they rest on, and none that says something else', () => {
  const printed = (kind: 'rightsNotice' | 'commitment' | 'confirmation') =>
    JSON.stringify(
      disputePaper(
        kind,
        {
          sides: SIDES,
          number: 'TJ1',
          performed: new Map(),
          acceptance: { kind: 'neighbour', origin: 'applied', on: '2026-10-01' },
          followUps: [],
          today: TODAY,
        },
        '甲镇',
        undefined,
      ),
    );
  // 法释〔2011〕5号 第三条: where a court's letters reach both, to be filled in by hand.
  expect(printed('confirmation').match(/送达地址/gu)).toHaveLength(2);
  expect(printed('rightsNotice')).toContain('特邀调解规定 第二十二条、在线调解规则 第十八条');
  expect(printed('rightsNotice')).not.toContain('第一百零七条');
  // What others may ask is told where rights are told, not in a request to the court.
  expect(printed('rightsNotice')).toContain('法释〔2011〕5号 第十条');
  expect(printed('confirmation')).not.toContain('其他人认为');
  // 第四条第二款 lists what a court does not accept.
  expect(printed('commitment')).not.toContain('法释');
});

test('the printed agreement says which side signed on screen, when, and how it was known that it was them', () => {
  const printed = (onScreen: PaperMaterial['onScreen']) =>
    JSON.stringify(
      disputePaper(
        'agreement',
        {
          sides: SIDES,
          number: 'TJ1',
          ...(onScreen ? { onScreen } : {}),
          performed: new Map(),
          acceptance: { kind: 'neighbour', origin: 'applied', on: '2026-10-01' },
          followUps: [],
          today: TODAY,
        },
        '甲镇',
        undefined,
      ),
    );
  const signed = printed([{ side: SIDES[1]!, at: '2026-10-12T16:05:00.000Z', provedBy: 'code' }]);
  expect(signed).toContain('乙方已于2026年10月13日 00:05声明读完全文、自愿同意，并在屏幕上签名，由发送到本人手机的验证码核实。');
  for (const paper of [signed.replaceAll('乙方已于', ''), printed(undefined)]) expect(paper).not.toContain('方已于');
});

test('papers are offered only where they can be made: the letter of the result to whoever passed it on, confirmation where no suit is pending', () => {
  const grounds = courtsFor(courtRole(undefined), 'neighbour');
  expect(offeredPapers({ confirmation: { grounds } })).not.toContain('resultNotice');
  expect(offeredPapers({ confirmation: { grounds } })).toEqual(expect.arrayContaining(['confirmation', 'commitment', 'agreement']));
  const inSuit = offeredPapers({ confirmation: { grounds: [] }, referred: true });
  expect(inSuit).toContain('resultNotice');
  expect(inSuit.filter((kind) => kind === 'confirmation' || kind === 'commitment')).toEqual([]);
});
