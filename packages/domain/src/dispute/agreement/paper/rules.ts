import { instantToLocalDate } from '../../../calendar/rules.ts';
import type { Block, Paper } from '../../../document/schema.ts';
import { RESULT_NAMES, SENDER_NAMES } from '../../referral/data.ts';
import { RESULTS, type Result, type Sender } from '../../referral/schema.ts';
import { KIND_NAMES } from '../../report/data.ts';
import type { DisputeKind, DisputeOrigin } from '../../schema.ts';
import type { DisputeSession } from '../../session/schema.ts';
import { COURTS, OTHERS_HARMED } from '../data.ts';
import { agreementLines, isHeading, letterOf, obligationsOf } from '../rules.ts';
import type { AgreementText, CourtGround, DISPUTE_PAPERS, SignerProof } from '../schema.ts';

export type DisputePaper = (typeof DISPUTE_PAPERS)[number];

/** What a paper of a dispute is made of. */
export interface PaperMaterial {
  readonly sides: readonly string[];
  readonly number: string;
  readonly text?: AgreementText;
  /** Number of the printed agreement, where it was printed. */
  readonly agreementNumber?: string;
  /** Sides that signed on screen by now, when, and how it was known that it was them. */
  readonly onScreen?: readonly { readonly side: string; readonly at: string; readonly provedBy: SignerProof }[];
  readonly performed: ReadonlyMap<number, string>;
  readonly followUps: readonly { readonly on: string; readonly words: string }[];
  readonly court?: { readonly ground: CourtGround; readonly name: string };
  readonly effectiveOn?: string;
  /** As it was written down when it came. */
  readonly acceptance: {
    readonly kind: DisputeKind;
    readonly origin: DisputeOrigin;
    readonly on: string;
    readonly facts?: string;
    readonly place?: string;
  };
  /** Of a record: a session that was held. */
  readonly session?: Pick<DisputeSession, 'startsAt' | 'endsAt' | 'room' | 'aloneWith' | 'attended' | 'record' | 'result'>;
  /** Where somebody passed it on: who, and how it ended, once that may be told. */
  readonly referral?: {
    readonly sender: Sender;
    readonly body?: string;
    readonly number?: string;
    readonly receivedOn: string;
    readonly result?: Result;
  };
  /** A suit is pending, and its court entrusted the committee with it. */
  readonly inSuit?: boolean;
  readonly today: string;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const SIGN = '签名、盖章或者按指印';
const day = (date: string): string => {
  const [year, month, number] = date.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${number}日`;
};

const minute = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16);
const box = (name: string, text: string, sign = false) => ({ name, text, ...(sign ? { sign } : {}) });
const ticked = <K extends string>(names: Readonly<Record<K, string>>, which: K | undefined): string =>
  (Object.keys(names) as K[]).map((key) => `${key === which ? '☑' : '□'}${names[key]}`).join('　');
const ORIGIN_NAMES = { applied: '当事人申请', offered: '主动调解', referred: '移交委托' } as const satisfies Record<DisputeOrigin, string>;
/** As the ministry's record names them. */
const RECORD_RESULTS = { agreed: '调解成', failed: '调解不成', goesOn: '有待继续调解' } as const;

const nameOf = ({ text, sides }: PaperMaterial, index: number): string =>
  text?.parties.find(({ partyId }) => partyId === sides[index])?.name.trim() || '＿＿＿＿＿＿';
const aboutOf = ({ text, sides }: PaperMaterial, index: number): string =>
  text?.parties.find(({ partyId }) => partyId === sides[index])?.about?.trim() ?? '';

const signatures = ({ sides }: PaperMaterial, ...others: readonly string[]): Block => ({
  kind: 'signatures',
  names: [...sides.map((_, index) => `${letterOf(index)}${SIGN}`), ...others],
});

const PROVED: Readonly<Record<SignerProof, string>> = { code: '发送到本人手机的验证码', account: '本人账户' };
/** One line for each side that signed on screen: whoever reads the paper sees why its place is empty. */
const signedOnScreen = ({ sides, onScreen = [] }: PaperMaterial): Block[] =>
  sides.flatMap((side, index) => {
    const signed = onScreen.find((one) => one.side === side);
    return signed
      ? [
          paragraph(
            `${letterOf(index)}已于${day(instantToLocalDate(signed.at))} ${minute(signed.at)}声明读完全文、自愿同意，并在屏幕上签名，由${PROVED[signed.provedBy]}核实。`,
          ),
        ]
      : [];
  });

/** 权利义务告知书: what 人民调解法 gives and asks of a party, in plain words, each with its article. */
const RIGHTS: readonly string[] = [
  '人民调解不收费（第四条）。',
  '可以选择或者接受人民调解员；认为调解员与纠纷有利害关系的，可以要求更换（第二十三条）。',
  '可以接受调解、拒绝调解，也可以随时要求终止调解；退出以后，向人民法院起诉的权利不受影响（第三条、第二十三条）。',
  '可以要求公开进行或者不公开进行（第二十三条）。',
  '自主表达意愿、自愿达成协议；没有达成协议的，可以通过仲裁、行政、司法途径解决（第二十三条、第二十六条）。',
  '法院委派、委托调解或者通过法院平台在线调解的，为达成协议作出妥协而认可的事实，不在诉讼中作为对自己不利的根据，各方都同意的除外（特邀调解规定 第二十二条、在线调解规则 第十八条）。',
];
const DUTIES: readonly string[] = ['如实陈述纠纷事实。', '遵守调解现场秩序，尊重人民调解员。', '尊重对方当事人行使权利。'];
const AFTER: readonly string[] = [
  '调解协议有法律约束力，应当按约定履行；人民调解委员会监督履行（第三十一条）。',
  '对履行或者内容有争议的，可以向人民法院起诉（第三十二条）。',
];
const CONFIRM =
  '各方可以自协议生效之日起三十日内，共同向人民法院申请司法确认；确认以后，一方不履行的，对方可以申请强制执行（第三十三条）。';
/** Said where rights are told: an application asks a court for something and does not instruct others. */
const HARMED = `${OTHERS_HARMED.label.zh.replace(/。$/u, '')}（${OTHERS_HARMED.article}）。`;
const OF_SUIT = '案件由人民法院立案后委托调解的，达成协议以后，可以请该法院审查并制作调解书，或者申请撤诉（特邀调解规定 第二十条）。';
const numbered = (lines: readonly string[]): Block[] => lines.map((line, index) => paragraph(`${index + 1}．${line}`));

/** One line for each side that came, with room for whoever was beside them: a guardian, somebody who speaks for them, whoever was invited (第二十条). */
const presentOf = (material: PaperMaterial): string =>
  [
    ...material.sides.flatMap((side, index) =>
      material.session?.attended.includes(side) ? [`${letterOf(index)}：${nameOf(material, index)}`] : [],
    ),
    '监护人、代理人和其他参加人：＿＿＿＿＿＿',
  ].join('\n');

const bodies: Readonly<Record<DisputePaper, (material: PaperMaterial) => Block[]>> = {
  rightsNotice: (material) => [
    paragraph('根据《中华人民共和国人民调解法》，现将调解中的权利和义务告知如下：'),
    heading('一、权利'),
    ...numbered(RIGHTS),
    heading('二、义务（第二十四条）'),
    ...numbered(DUTIES),
    heading('三、达成协议以后'),
    ...numbered([...AFTER, ...(material.inSuit ? [OF_SUIT] : [CONFIRM, HARMED])]),
    paragraph('以上内容已向我说明，我已知晓。'),
    signatures(material),
  ],
  agreement: (material) => {
    const copies = material.sides.length + 1;
    const lines = material.text ? agreementLines(material.text, material.sides) : [];
    return [
      ...lines.map((line) => (isHeading(line) ? heading(line) : paragraph(line))),
      paragraph(
        `本协议一式${copies}份，各方当事人各执一份，本人民调解委员会留存一份。自各方当事人${SIGN}，人民调解员签名并加盖人民调解委员会印章之日起生效。`,
      ),
      paragraph(
        material.inSuit
          ? '本案由人民法院立案后委托调解，各方可以请该法院审查本协议并制作调解书，或者申请撤诉。'
          : '各方可以自本协议生效之日起三十日内，共同向有管辖权的人民法院申请司法确认。',
      ),
      ...signedOnScreen(material),
      signatures(material, '人民调解员签名', '记录人签名'),
    ];
  },
  acceptanceRegister: (material) => {
    const { kind, origin, on, facts, place } = material.acceptance;
    const { referral } = material;
    return [
      {
        kind: 'boxes',
        rows: [
          box('编号', material.number),
          box('纠纷来源', ticked(ORIGIN_NAMES, origin)),
          ...(referral
            ? [
                box(
                  '移交委托单位',
                  [SENDER_NAMES[referral.sender], referral.body, referral.number, `${day(referral.receivedOn)}收到`]
                    .filter(Boolean)
                    .join('，'),
                ),
              ]
            : []),
          box('受理时间', day(on)),
          box('纠纷类型', KIND_NAMES[kind].zh),
          box(
            '当事人',
            material.sides
              .map((_, index) => `${letterOf(index)}：${[nameOf(material, index), aboutOf(material, index)].filter(Boolean).join('，')}`)
              .join('\n'),
          ),
          ...(place ? [box('发生地点', place)] : []),
          box('纠纷简要情况', facts ?? '＿＿＿＿＿＿'),
          box('当事人签名', '', true),
          box('登记人签名', '', true),
        ],
      },
    ];
  },
  mediationRecord: (material) => {
    const { session } = material;
    if (!session) return [];
    return [
      {
        kind: 'boxes',
        rows: [
          box('时间', `${day(instantToLocalDate(session.startsAt))} ${minute(session.startsAt)}—${minute(session.endsAt)}`),
          box('地点', session.room ?? '在线进行'),
          box('事由', KIND_NAMES[material.acceptance.kind].zh),
          box('参加人', presentOf(material)),
          box('方式', session.aloneWith ? '单独谈话' : '各方一起'),
        ],
      },
      heading('调解记录'),
      paragraph('已告知参加人权利义务；调解自愿、不收费，随时可以退出，退出后向人民法院起诉的权利不受影响。'),
      ...(session.record ?? '')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(paragraph),
      heading('调解结果'),
      paragraph(ticked(RECORD_RESULTS, session.result)),
      paragraph('以上记录已向参加人宣读，与所说一致。'),
      {
        kind: 'signatures',
        names: [
          ...material.sides.flatMap((side, index) => (session.attended.includes(side) ? [`${letterOf(index)}${SIGN}`] : [])),
          '监护人、其他参加人签名',
          '人民调解员签名',
          '记录人签名',
        ],
      },
    ];
  },
  resultNotice: ({ referral, number }) => {
    if (!referral) return [];
    const { result, receivedOn } = referral;
    return [
      paragraph(
        `你单位移送的纠纷${referral.number ? `（你单位编号：${referral.number}；` : '（'}我单位编号：${number}），我单位于${day(receivedOn)}收到，经调解，结果为：`,
      ),
      ...RESULTS.map((one) => paragraph(`${one === result ? '☑' : '□'}${RESULT_NAMES[one]}`)),
      paragraph('调解过程和内容依法保密，不随本函提供。'),
      paragraph('特此函告。'),
    ];
  },
  followUpRecord: (material) => {
    const owed = material.text ? obligationsOf(material.text, material.sides, material.performed, material.today) : [];
    return [
      {
        kind: 'boxes',
        rows: [
          { name: '编号', text: material.number },
          { name: '协议书编号', text: material.agreementNumber ?? '口头协议' },
          { name: '回访时间', text: material.followUps.map(({ on }) => day(on)).join('、') },
          { name: '回访情况', text: material.followUps.map(({ on, words }) => `${day(on)}：${words}`).join('\n') },
        ],
      },
      ...(owed.length
        ? [
            heading('履行情况'),
            {
              kind: 'table',
              head: ['序号', '约定', '期限', '履行'],
              widths: [8, 40, 26, 26],
              rows: owed.map(({ no, text, term, performedOn, missed }) => [
                String(no),
                text,
                term.dueOn ? day(term.dueOn) : '',
                performedOn ? `${day(performedOn)}已履行` : missed ? '逾期未履行' : '未到期',
              ]),
            } as const,
          ]
        : []),
      paragraph('当事人意见：□满意　□基本满意　□不满意'),
      signatures(material, '回访人签名'),
    ];
  },
  confirmation: (material) => [
    ...material.sides.map((_, index) =>
      paragraph(`申请人（${letterOf(index)}）：${[nameOf(material, index), aboutOf(material, index)].filter(Boolean).join('，')}`),
    ),
    {
      kind: 'boxes',
      rows: material.sides.flatMap((_, index) => [
        { name: `${letterOf(index)}送达地址`, text: '' },
        { name: `${letterOf(index)}电话`, text: '' },
      ]),
    },
    heading('请求事项'),
    paragraph(
      `申请人于${material.effectiveOn ? day(material.effectiveOn) : '＿＿年＿＿月＿＿日'}经人民调解委员会调解，自愿达成${material.agreementNumber ?? '　　'}号调解协议，请求依法确认该协议有效。`.replace(
        '号号',
        '号',
      ),
    ),
    heading('事实和理由'),
    paragraph(material.text?.facts?.trim() || '＿＿＿＿＿＿'),
    paragraph('协议出于各方自愿，内容合法，没有损害国家、社会和其他人的利益。'),
    paragraph(
      `依照人民调解法第三十三条、民事诉讼法第二百零五条，向贵院（${
        material.court ? COURTS[material.court.ground].zh : '有管辖权的人民法院'
      }）共同提出申请。申请司法确认不收费。`,
    ),
    heading('随附材料'),
    ...numbered([
      '调解协议书原件一份；',
      '承诺书一份；',
      ...material.sides.map((_, index) => `${letterOf(index)}身份证明复印件（居民身份证，单位的营业执照和代表人证明）；`),
      '人民调解委员会备案证明复印件；',
      '与协议有关的财产权利证明复印件；',
      '代理的，授权委托书和代理人身份证明。',
    ]),
    signatures(material),
  ],
  commitment: (material) => [
    paragraph(`申请人就${material.agreementNumber ?? '＿＿＿＿＿＿'}调解协议共同申请司法确认，现承诺：`),
    ...numbered([
      '各方出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为。',
      '如果因为该协议内容给他人造成损害，愿意承担相应的民事责任和其他法律责任。',
    ]),
    signatures(material),
  ],
};

const TITLES: Readonly<Record<DisputePaper, string>> = {
  rightsNotice: '人民调解权利义务告知书',
  agreement: '人民调解协议书',
  acceptanceRegister: '人民调解受理登记表',
  mediationRecord: '人民调解记录',
  resultNotice: '关于移送纠纷调解结果的反馈函',
  followUpRecord: '人民调解回访记录',
  confirmation: '司法确认申请书',
  commitment: '承诺书',
};
/** Papers each page of which is signed. */
const EACH_PAGE: readonly DisputePaper[] = ['agreement', 'mediationRecord'];
/** Papers of the committee; others are the sides' own. */
const OF_COMMITTEE: readonly DisputePaper[] = ['acceptanceRegister', 'agreement', 'rightsNotice', 'followUpRecord', 'resultNotice'];

/** What a paper needs before it can be made; undefined when nothing lacks. */
export const paperLacks = (
  kind: DisputePaper,
  { text, court, inSuit, session, referral }: Pick<PaperMaterial, 'text' | 'court' | 'inSuit' | 'session' | 'referral'>,
): 'text' | 'court' | 'suit' | 'session' | 'referral' | 'result' | undefined => {
  if (kind === 'mediationRecord' && session?.record === undefined) return 'session';
  if (kind === 'resultNotice') return referral ? (referral.result ? undefined : 'result') : 'referral';
  if (inSuit && (kind === 'confirmation' || kind === 'commitment')) return 'suit';
  if (['agreement', 'confirmation', 'commitment'].includes(kind) && !text) return 'text';
  return kind === 'confirmation' && !court ? 'court' : undefined;
};

/** Sides that sign each page: of a record those who were there. */
const signersOf = (kind: DisputePaper, { sides, session }: PaperMaterial): string[] =>
  sides.flatMap((side, index) => (kind !== 'mediationRecord' || session?.attended.includes(side) ? [letterOf(index)] : []));

/** A paper in the layout of 司法部 2010 格式: words, room for names by hand, for thumb-prints and for the seal; nothing is signed or sealed in it. */
export const disputePaper = (kind: DisputePaper, material: PaperMaterial, office: string, number: string | undefined): Paper => {
  const toCourt = kind === 'confirmation' || kind === 'commitment';
  return {
    kind,
    redHead: false,
    organization: office,
    title: TITLES[kind],
    ...(number ? { number } : {}),
    ...(toCourt ? { addressee: material.court?.name ?? '＿＿＿＿＿＿人民法院' } : {}),
    ...(kind === 'resultNotice' && material.referral
      ? { addressee: material.referral.body ?? SENDER_NAMES[material.referral.sender] }
      : {}),
    blocks: bodies[kind](material),
    sealed: OF_COMMITTEE.includes(kind),
    ...(kind === 'agreement' ? { undated: true } : {}),
    ...(EACH_PAGE.includes(kind) ? { signers: [...signersOf(kind, material), '调解员'] } : {}),
    datedOn: material.today,
  };
};
