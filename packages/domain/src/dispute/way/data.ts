import type { Label } from '../../label/schema.ts';

/** What is told of a way: in words, and by which article. Each was held against the text of its law (docs/decisions/0015). */
export interface Told {
  readonly words: Label;
  readonly source?: string;
}

/** A way to settle a quarrel, with what a person asks of it. */
export interface Way {
  readonly id: string;
  readonly label: Label;
  readonly fits: Told;
  readonly costs: Told;
  readonly takes: Told;
  readonly binds: Told;
}

const told = (zh: string, en: string, source?: string): Told => ({
  words: { zh, en },
  ...(source ? { source } : {}),
});

const LABOUR = '劳动争议调解仲裁法 (2008)';
const LAND = '农村土地承包经营纠纷调解仲裁法 (2010)';
const SUIT = '民事诉讼法 (2023)';

/** What holds on a day. Whoever changes a sentence sets the day anew. */
export const WAYS: { readonly asOf: string; readonly ways: readonly Way[] } = {
  asOf: '2026-11-27',
  ways: [
    {
      id: 'mediation',
      label: { zh: '人民调解', en: 'Mediation' },
      fits: told('各方都愿意谈的民间纠纷', 'Private quarrels where all sides want to talk', '人民调解法 (2010) 第十七条'),
      costs: told('不收费', 'Nothing', '人民调解法 (2010) 第四条'),
      takes: told('由当地规定，一般不超过一个月', 'As the locality says; as a rule within a month'),
      binds: told(
        '协议有约束力；三十日内可共同申请司法确认，确认后可强制执行',
        'The agreement binds; within thirty days both may ask a court to confirm it, and then it can be enforced',
        '人民调解法 (2010) 第三十一条、第三十三条',
      ),
    },
    {
      id: 'labour',
      label: { zh: '劳动仲裁', en: 'Labour arbitration' },
      fits: told(
        '劳动报酬、工伤、解除合同等劳动争议；起诉之前先仲裁，一般一年内申请',
        'Pay, injury at work, dismissal: before a suit, and as a rule within a year',
        `${LABOUR} 第五条、第二十七条`,
      ),
      costs: told('不收费', 'Nothing', `${LABOUR} 第五十三条`),
      takes: told('受理后四十五日，可延长十五日', '45 days from acceptance, 15 more at most', `${LABOUR} 第四十三条`),
      binds: told(
        '小额的劳动报酬、工伤医疗费、补偿金，以及工时、休假、社会保险争议，一裁终局，劳动者不服仍可起诉；其他裁决，不服的一般十五日内起诉',
        'Of small sums of pay, of hours, leave and insurance the award is final, though the worker may sue; of others either may sue, as a rule within fifteen days',
        `${LABOUR} 第四十七条、第四十八条、第五十条`,
      ),
    },
    {
      id: 'land',
      label: { zh: '农村土地承包仲裁', en: 'Rural land arbitration' },
      fits: told('农村土地承包经营纠纷', 'Disputes over contracted rural land'),
      costs: told('不收费', 'Nothing', `${LAND} 第五十二条`),
      takes: told('受理后一般六十日，可延长三十日', 'As a rule 60 days from acceptance, 30 more at most', `${LAND} 第四十七条`),
      binds: told(
        '不服的，一般三十日内起诉；不起诉则生效',
        'One may sue, as a rule within thirty days; otherwise it takes effect',
        `${LAND} 第四十八条`,
      ),
    },
    {
      id: 'ruling',
      label: { zh: '行政裁决', en: 'Administrative ruling' },
      fits: told('法律规定由行政机关裁决的，如土地、林地权属', 'What the law leaves to an authority, as who owns land or woods'),
      costs: told('请问承办机关', 'Ask the authority'),
      takes: told('各地规定不同，请问承办机关', 'Differs; ask the authority'),
      binds: told(
        '有约束力。认为决定侵犯自己已经取得的土地、林地等自然资源权利的，先申请行政复议，再起诉；其他的，一般可以复议或者起诉',
        'Binds. Where it touches rights to land or woods that one has, one asks for reconsideration first and sues after; of others either is open as a rule',
        '行政复议法 (2023) 第二十三条第一款第二项',
      ),
    },
    {
      id: 'review',
      label: { zh: '行政复议', en: 'Reconsideration' },
      fits: told('不服行政机关的决定，六十日内申请', 'A decision of an authority, within sixty days', '行政复议法 (2023) 第二十条'),
      costs: told('不收费', 'Nothing', '行政复议法 (2023) 第八十七条'),
      takes: told(
        '受理后六十日，可延长三十日；简易程序三十日',
        '60 days from acceptance, 30 more at most; 30 in summary procedure',
        '行政复议法 (2023) 第六十二条',
      ),
      binds: told('决定有约束力；不服的，一般可以起诉', 'Binds; as a rule one may sue'),
    },
    {
      id: 'suit',
      label: { zh: '起诉', en: 'Suit' },
      fits: told('谈不成，或者不想谈', 'Where talking failed or is not wanted'),
      costs: told(
        '一般按标的交诉讼费，由败诉方承担；困难的可申请缓交、减交、免交',
        'As a rule fees by the sum, borne by whoever loses; they may be deferred, lowered or waived',
        '诉讼费用交纳办法 (2007) 第二十九条、第四十四条',
      ),
      takes: told(
        '立案后，简易程序一般三个月，普通程序一般六个月，可以延长',
        'From filing, as a rule three months in summary procedure, six in ordinary; more is possible',
        `${SUIT} 第一百五十二条、第一百六十四条`,
      ),
      binds: told('生效判决可以申请强制执行', 'A judgment in force can be enforced', `${SUIT} 第二百四十七条`),
    },
    {
      id: 'aid',
      label: { zh: '法律援助', en: 'Legal aid' },
      fits: told('经济困难，或者法律规定的情形', 'Little money, or cases the law names', '法律援助法 (2022) 第三十一条、第三十二条'),
      costs: told('不收费', 'Nothing', '法律援助法 (2022) 第二条'),
      takes: told('七日内决定，三日内指派律师', 'Decided in 7 days, a lawyer in 3', '法律援助法 (2022) 第四十三条'),
      binds: told('请律师帮您走以上途径', 'A lawyer helps you on any of these ways'),
    },
  ],
};
