import type { Label } from '../../label/schema.ts';
import type { BarredMatter, ClauseKind, CourtGround } from './schema.ts';

/**
 * 条款库: what each kind of term says on paper. `{by}` `{to}` are the sides, `{amount}` the sum in figures and words, `{due}` "于…（含当日）前" or nothing,
 * `{words}` what was written to it.
 */
export const CLAUSES: Readonly<
  Record<ClauseKind, { readonly label: Label; readonly zh: string; readonly en: string; readonly lasting?: true }>
> = {
  pay: {
    label: { zh: '付款', en: 'Payment' },
    zh: '{by}{due}向{to}支付人民币{amount}。{words}',
    en: 'Pays a sum to the other side by a day; several such terms are instalments',
  },
  apologise: {
    label: { zh: '赔礼道歉', en: 'Apology' },
    zh: '{by}{due}向{to}赔礼道歉。{words}',
    en: 'Apologises to the other side by a day',
  },
  repair: {
    label: { zh: '修复', en: 'Repair' },
    zh: '{by}{due}完成修复，费用由{by}承担。{words}',
    en: 'Repairs, at their own cost, by a day',
  },
  move: {
    label: { zh: '搬移物品', en: 'Moving a thing' },
    zh: '{by}{due}将下列物品搬移，恢复原状。{words}',
    en: 'Moves a thing away and restores the place by a day',
  },
  boundary: {
    label: { zh: '界址与通行', en: 'Boundary' },
    zh: '各方确认下列界址、通行或者使用安排，自协议生效之日起共同遵守。{words}',
    en: 'All sides keep to a boundary or a way, from when it is in force',
    lasting: true,
  },
  confidential: {
    label: { zh: '保密', en: 'Confidentiality' },
    zh: '{by}对调解过程和协议内容保密，不向他人透露；法律另有规定的除外。{words}',
    en: 'Keeps what was said and agreed to themselves, save where the law asks',
    lasting: true,
  },
  costs: {
    label: { zh: '费用承担', en: 'Costs' },
    zh: '{by}{due}承担鉴定、修复等已经发生的费用人民币{amount}，付给{to}。人民调解不收费。{words}',
    en: 'Bears costs that have arisen; the mediation itself is free',
  },
  other: { label: { zh: '其他', en: 'Other' }, zh: '{by}{due}{words}', en: 'Anything else, in their own words' },
};

const EXCLUSIVE = '人民调解工作若干规定 第二十二条第一项';

/**
 * What a committee may not mediate: what the law leaves to one authority or forbids to mediate, and what a court, the police or another authority has
 * accepted or decided (人民调解工作若干规定, 司法部令第75号, 第二十二条); and what a court would not confirm (法释〔2011〕5号 第四条).
 */
export const BARRED: Readonly<Record<BarredMatter, { readonly label: Label; readonly article: string; readonly named: RegExp }>> = {
  identity: {
    label: { zh: '婚姻、收养、亲子等身份关系是否成立', en: 'Whether a marriage, an adoption or parentage exists' },
    article: '法释〔2011〕5号 第四条',
    named: /亲子关系|亲生|收养关系|婚姻(?:关系)?(?:有效|无效)|解除婚姻|断绝(?:父子|母子|父女|母女)?关系/u,
  },
  crime: {
    label: { zh: '构成犯罪、应当追究刑事责任的', en: 'A crime that is to be prosecuted' },
    article: EXCLUSIVE,
    named: /刑事责任|不(?:再)?(?:报案|报警|追诉)|撤(?:回)?报案|犯罪/u,
  },
  administrative: {
    label: { zh: '行政处罚、行政许可等行政行为', en: 'A penalty, a licence or another act of an authority' },
    article: EXCLUSIVE,
    named: /行政处罚|行政许可|撤销处罚|拘留/u,
  },
  exclusive: {
    label: { zh: '法律规定只能由专门机关处理的', en: 'What the law leaves to one authority alone' },
    article: EXCLUSIVE,
    named: /确认(?:土地|林地|宅基地)所有权|破产/u,
  },
  pending: {
    label: {
      zh: '法院、公安机关或者其他行政机关已经受理或者解决的（由其委托、移交调解的除外）',
      en: 'What a court, the police or another authority has accepted or decided, unless it passed it on itself',
    },
    article: '人民调解工作若干规定 第二十二条第二项',
    named: /已(?:经)?(?:立案|起诉|判决|裁定|仲裁|裁决)|(?:法院|公安机关|派出所|仲裁委)(?:员会)?已(?:经)?(?:受理|处理|作出)/u,
  },
};

/** Words that no court could enforce. */
export const VAGUE = /尽快|适当|合理(?:期限|费用|范围)|酌情|有钱(?:时|后)|过些(?:天|时候)|年底前后|若干|大约|左右/u;

export interface LendingRates {
  /** 一年期贷款市场报价利率, in hundredths of a per cent, each from its day on. */
  readonly rates: readonly { readonly from: string; readonly rate: number }[];
  /** The last day these are known to hold. A locality adds to the table as the centre announces. */
  readonly knownTo: string;
}

/**
 * 一年期 LPR as 中国人民银行授权全国银行间同业拆借中心 announced it, each from the day of its announcement; from the rate in force on 2020-08-20 on. After
 * `knownTo` a loan's rate is asked, not judged: no later announcement is in the table.
 */
export const LPR: LendingRates = {
  rates: [
    { from: '2020-04-20', rate: 385 },
    { from: '2021-12-20', rate: 380 },
    { from: '2022-01-20', rate: 370 },
    { from: '2022-08-22', rate: 365 },
    { from: '2023-06-20', rate: 355 },
    { from: '2023-08-21', rate: 345 },
    { from: '2024-07-22', rate: 335 },
    { from: '2024-10-21', rate: 310 },
    { from: '2025-05-20', rate: 300 },
  ],
  knownTo: '2025-11-19',
};

/** Which court, and why: 民事诉讼法 (2023) 第二百零五条. */
export const COURTS: Readonly<Record<CourtGround, Label>> = {
  invited: { zh: '邀请调解组织开展先行调解的人民法院', en: 'The court that invited the committee' },
  home: { zh: '当事人住所地基层人民法院', en: 'The basic court where a side lives' },
  subject: { zh: '标的物所在地基层人民法院', en: 'The basic court where the matter lies' },
  committee: { zh: '调解组织所在地基层人民法院', en: 'The basic court where the committee is' },
  intermediate: {
    zh: '相应的中级人民法院（应当由中级人民法院管辖的纠纷）',
    en: 'The intermediate court, where the matter belongs before one',
  },
};

/**
 * Whoever is no side of it and is harmed by a confirmed agreement. The year is that of 法释〔2011〕5号; what was said later of rulings in special procedure
 * leaves less, so nobody is told to wait.
 */
export const OTHERS_HARMED = {
  label: {
    zh: '其他人认为确认的协议损害自己权益的，可以自知道或者应当知道之日起一年内，向作出裁定的法院申请撤销；后来的规定可能更短，请尽早提出。',
    en: 'Whoever else is harmed by a confirmed agreement may ask the court that confirmed it to set it aside, within a year of when they knew or should have known; later rules may leave less time, so ask early.',
  },
  article: '法释〔2011〕5号 第十条；民事诉讼法司法解释 第三百七十二条',
} as const;
