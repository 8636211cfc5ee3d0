import type { Column } from '../../exchange/schema.ts';
import type { Label } from '../../label/schema.ts';
import type { DisputeKind } from '../schema.ts';

const number = (id: string, zh: string, en: string): Column => ({ id, label: { zh, en }, type: 'number', width: 10 });

/** 人民调解工作月报: how its columns and kinds are called. Which columns a county asks for is local; these are the usual ones (an assumption). */
export const REPORT_TITLE: Label = { zh: '人民调解工作月报', en: 'Monthly report of mediation' };
export const REPORT_COLUMNS: readonly Column[] = [
  { id: 'committee', label: { zh: '调解组织', en: 'Committee' }, type: 'text', width: 26 },
  { id: 'kind', label: { zh: '纠纷类型', en: 'Kind' }, type: 'text', width: 16 },
  number('accepted', '受理', 'Accepted'),
  number('applied', '当事人申请', 'Applied for'),
  number('offered', '主动调解', 'Offered'),
  number('referred', '移交委托', 'Referred'),
  number('parties', '涉及当事人', 'Parties'),
  number('settled', '调解成功', 'Settled'),
  number('oral', '口头协议', 'By word of mouth'),
  number('written', '书面协议', 'In writing'),
  number('performed', '已履行', 'Performed'),
  number('broken', '未履行', 'Not performed'),
  number('unsettled', '调解不成或者终止', 'Not settled or ended'),
  number('confirmation', '申请司法确认', 'Confirmation applied for'),
];
export const KIND_NAMES = {
  family: { zh: '婚姻家庭', en: 'Family' },
  neighbour: { zh: '邻里', en: 'Neighbours' },
  homestead: { zh: '宅基地', en: 'Homestead land' },
  property: { zh: '物业', en: 'Property management' },
  labour: { zh: '劳动争议', en: 'Labour' },
  traffic: { zh: '交通事故', en: 'Traffic accident' },
  medical: { zh: '医疗', en: 'Medical' },
  consumer: { zh: '消费', en: 'Consumers' },
  finance: { zh: '金融', en: 'Finance' },
  environment: { zh: '环境', en: 'Environment' },
  intellectualProperty: { zh: '知识产权', en: 'Intellectual property' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<DisputeKind, Label>;

/** Kinds one after another, in both languages. */
export const kindNames = (kinds: readonly DisputeKind[]): { zh: string; en: string } => ({
  zh: kinds.map((kind) => KIND_NAMES[kind].zh).join('、'),
  en: kinds.map((kind) => KIND_NAMES[kind].en).join(', '),
});
/** The line below all. */
export const REPORT_TOTAL: Label = { zh: '合计', en: 'Total' };
