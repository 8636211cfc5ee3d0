import type { OrganizationKind } from '@tongxin/domain/pack/schema.ts';
import type { Role } from '@tongxin/domain/post/policy.ts';

export interface PostPlan {
  /** Last part of the post's name and of a demo account: `石岐街道` + `dispatcher` → `shiqi-dispatcher`. */
  readonly key: string;
  readonly role: Role;
  readonly zh: string;
  readonly en: string;
  readonly responsibility?: 1 | 2 | 3;
}
export interface BodyPlan {
  readonly key: string;
  readonly kind: OrganizationKind;
  readonly zh: string;
  /** In a 街道, where it is called otherwise than in a 镇. */
  readonly zhStreet?: string;
  readonly en: string;
  readonly posts: readonly PostPlan[];
  /** Set up later than the rest. */
  readonly validFrom?: string;
}

const heads = (zh: string, en: string): PostPlan[] => [
  { key: 'head', role: 'bodyHead', zh: `${zh}主要负责人`, en: `Head, ${en}`, responsibility: 1 },
  { key: 'deputy', role: 'bodyHead', zh: `${zh}分管负责人`, en: `Deputy head, ${en}`, responsibility: 2 },
  { key: 'section', role: 'bodyHead', zh: `${zh}股室负责人`, en: `Section head, ${en}`, responsibility: 3 },
];

/** A body that handles: two handlers and three responsible persons. */
const handling = (key: string, kind: OrganizationKind, zh: string, en: string): BodyPlan => ({
  key,
  kind,
  zh,
  en,
  posts: [
    { key: '', role: 'handler', zh: `${zh}承办员`, en: `Handler, ${en}` },
    { key: 'second', role: 'handler', zh: `${zh}承办员(二)`, en: `Second handler, ${en}` },
    ...heads(zh, en),
  ],
});

const MEDIATION: BodyPlan = {
  key: 'mediation',
  kind: 'committee',
  zh: '人民调解委员会',
  en: 'Mediation Committee',
  posts: [
    { key: 'mediator', role: 'mediator', zh: '调解员', en: 'Mediator' },
    { key: 'mediator-2', role: 'mediator', zh: '调解员(二)', en: 'Second mediator' },
    { key: 'mediation-head', role: 'mediationHead', zh: '调委会主任', en: 'Head of the Mediation Committee' },
  ],
};

/** A committee by trade (行业性、专业性人民调解委员会), filed after the city's own; a quarrel whose place is unknown begins with that one. */
const byTrade = (key: string, zh: string, en: string): BodyPlan => ({
  key: `mediation-${key}`,
  kind: 'committee',
  zh: `${zh}人民调解委员会`,
  en: `${en} Mediation Committee`,
  validFrom: '2024-03-01',
  posts: [
    { key: `${key}-mediator`, role: 'mediator', zh: `${zh}调解员`, en: `Mediator, ${en}` },
    { key: `${key}-mediator-2`, role: 'mediator', zh: `${zh}调解员(二)`, en: `Second mediator, ${en}` },
    { key: `${key}-mediation-head`, role: 'mediationHead', zh: `${zh}调委会主任`, en: `Head of the committee, ${en}` },
  ],
});

/** Bodies of every town. `{town}` in front of the words is added when the pack is made. */
export const TOWN_BODIES: readonly BodyPlan[] = [
  { key: 'party', kind: 'party', zh: '党委', zhStreet: '党工委', en: 'Party Committee', posts: [] },
  {
    key: 'government',
    kind: 'government',
    zh: '人民政府',
    zhStreet: '办事处',
    en: 'Government',
    posts: [{ key: 'leader', role: 'leader', zh: '分管领导', en: 'Leader', responsibility: 1 }],
  },
  {
    key: 'centre',
    kind: 'centre',
    zh: '综治中心',
    en: 'Governance Centre',
    posts: [
      { key: 'dispatcher', role: 'dispatcher', zh: '调度员', en: 'Dispatcher' },
      { key: 'night-dispatcher', role: 'dispatcher', zh: '夜班调度员', en: 'Night dispatcher' },
      { key: 'verifier', role: 'verifier', zh: '核查员', en: 'Verifier' },
      { key: 'verifier-2', role: 'verifier', zh: '核查员(二)', en: 'Second verifier' },
      { key: 'supervisor', role: 'supervisor', zh: '督办员', en: 'Supervisor' },
      { key: 'mediation', role: 'handler', zh: '矛盾调处岗', en: 'Dispute desk' },
      { key: 'centre-head', role: 'bodyHead', zh: '综治中心主任', en: 'Head of the Governance Centre', responsibility: 1 },
      { key: 'centre-deputy', role: 'bodyHead', zh: '综治中心副主任', en: 'Deputy head of the Governance Centre', responsibility: 2 },
      { key: 'centre-section', role: 'bodyHead', zh: '综治中心值班主任', en: 'Duty head of the Governance Centre', responsibility: 3 },
    ],
  },
  handling('planning', 'department', '规划建设办', 'Planning and Construction Office'),
  handling('sanitation', 'department', '环卫所', 'Sanitation Station'),
  handling('enforcement', 'department', '综合行政执法队', 'Enforcement Team'),
  handling('traffic', 'police', '交警中队', 'Traffic Police Squadron'),
  handling('water', 'department', '水务所', 'Water Station'),
  handling('ecology', 'department', '生态办', 'Ecology Office'),
  handling('agriculture', 'department', '农业农村办', 'Agriculture Office'),
  handling('emergency', 'department', '应急消防所', 'Emergency and Fire Station'),
  handling('market', 'department', '市场监管所', 'Market Supervision Station'),
  handling('public-service', 'department', '公共服务办', 'Public Service Office'),
  handling('justice', 'justice', '司法所', 'Justice Station'),
  handling('police', 'police', '派出所', 'Police Station'),
  {
    key: 'letters',
    kind: 'department',
    zh: '信访办',
    en: 'Letters Office',
    posts: [
      { key: 'letters', role: 'letterOfficer', zh: '信访工作人员', en: 'Letters officer' },
      { key: 'letters-2', role: 'letterOfficer', zh: '信访工作人员(二)', en: 'Second letters officer' },
      { key: 'letters-head', role: 'bodyHead', zh: '信访办主任', en: 'Head of the Letters Office', responsibility: 1 },
    ],
  },
  MEDIATION,
];

/** Bodies of the city. Companies are invented and say so in their names. */
export const CITY_BODIES: readonly BodyPlan[] = [
  {
    key: 'government',
    kind: 'government',
    zh: '人民政府',
    en: 'Government',
    posts: [
      { key: 'leader', role: 'leader', zh: '分管领导', en: 'Leader', responsibility: 1 },
      { key: 'administrator', role: 'administrator', zh: '平台管理员', en: 'Platform administrator' },
    ],
  },
  {
    key: 'hotline',
    kind: 'hotline',
    zh: '12345热线中心',
    en: '12345 Hotline Centre',
    posts: [
      { key: 'operator', role: 'operator', zh: '话务员', en: 'Operator' },
      { key: 'operator-2', role: 'operator', zh: '话务员(二)', en: 'Second operator' },
      { key: 'night-operator', role: 'operator', zh: '夜班话务员', en: 'Night operator' },
      { key: 'hotline-dispatcher', role: 'dispatcher', zh: '热线派单员', en: 'Hotline dispatcher' },
      { key: 'hotline-head', role: 'bodyHead', zh: '热线中心主任', en: 'Head of the hotline', responsibility: 1 },
    ],
  },
  {
    key: 'centre',
    kind: 'centre',
    zh: '综治中心',
    en: 'Governance Centre',
    posts: [
      { key: 'dispatcher', role: 'dispatcher', zh: '调度员', en: 'Dispatcher' },
      { key: 'night-dispatcher', role: 'dispatcher', zh: '夜班调度员', en: 'Night dispatcher' },
      { key: 'verifier', role: 'verifier', zh: '核查员', en: 'Verifier' },
      { key: 'supervisor', role: 'supervisor', zh: '督办员', en: 'Supervisor' },
    ],
  },
  {
    key: 'letters',
    kind: 'department',
    zh: '信访局',
    en: 'Letters Bureau',
    posts: [
      { key: 'letters', role: 'letterOfficer', zh: '信访工作人员', en: 'Letters officer' },
      { key: 'letters-2', role: 'letterOfficer', zh: '信访工作人员(二)', en: 'Second letters officer' },
      { key: 'letters-head', role: 'bodyHead', zh: '信访局负责人', en: 'Head of the Letters Bureau', responsibility: 1 },
    ],
  },
  {
    key: 'review',
    kind: 'department',
    zh: '信访事项复查机关',
    en: 'Letters Review Body',
    posts: [
      { key: 'reviewer', role: 'letterReviewer', zh: '复查员', en: 'Reviewer' },
      { key: 'review-head', role: 'bodyHead', zh: '复查机关负责人', en: 'Head of the review body', responsibility: 1 },
    ],
  },
  {
    key: 're-review',
    kind: 'department',
    zh: '信访事项复核机关',
    en: 'Letters Re-review Body',
    posts: [
      { key: 're-reviewer', role: 'letterReviewer', zh: '复核员', en: 'Re-reviewer' },
      { key: 're-review-head', role: 'bodyHead', zh: '复核机关负责人', en: 'Head of the re-review body', responsibility: 1 },
    ],
  },
  {
    key: 'justice',
    kind: 'justice',
    zh: '司法局',
    en: 'Justice Bureau',
    posts: [{ key: 'justice-officer', role: 'justiceOfficer', zh: '调解统计员', en: 'Justice officer' }],
  },
  {
    key: 'law-firm',
    kind: 'enterprise',
    zh: '示例律师事务所',
    en: 'Demo Law Firm',
    posts: [{ key: 'lawyer', role: 'lawyer', zh: '值班律师', en: 'Lawyer on duty' }],
  },
  MEDIATION,
  byTrade('medical', '医疗纠纷', 'Medical'),
  byTrade('traffic', '道路交通事故', 'Traffic Accidents'),
  byTrade('labour', '劳动争议', 'Labour'),
  byTrade('property', '物业纠纷', 'Property Management'),
  { key: 'court', kind: 'court', zh: '示例人民法庭', en: 'Demo Court', posts: [] },
  handling('water-supply', 'utility', '示例供水公司', 'Demo Water Company'),
  handling('power', 'utility', '示例供电公司', 'Demo Power Company'),
  handling('gas', 'utility', '示例燃气公司', 'Demo Gas Company'),
  handling('telecom', 'utility', '示例通信公司', 'Demo Telecom Company'),
  handling('bus', 'utility', '示例公交公司', 'Demo Bus Company'),
];

/** Body keys of the category table → keys above (camelCase → kebab-case). */
export const bodyKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const COMMITTEE_POSTS: readonly PostPlan[] = [
  { key: 'committee', role: 'handler', zh: '工作人员', en: 'Committee worker' },
  { key: 'committee-head', role: 'bodyHead', zh: '主任', en: 'Committee head', responsibility: 1 },
];

/** The mediation committee of a community: the same people as its residents' or villagers' committee (交叉任职). */
export const COMMUNITY_MEDIATION: readonly PostPlan[] = [
  { key: 'committee', role: 'mediator', zh: '调解员', en: 'Mediator' },
  { key: 'committee-head', role: 'mediationHead', zh: '调委会主任', en: 'Head of the Mediation Committee' },
];
