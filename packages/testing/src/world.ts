// long: one city, read as one; every server test names its people
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Question } from '@tongxin/domain/category/schema.ts';
import { SERVICE_ORGANIZATION, SERVICES, type ServiceName } from '@tongxin/domain/organization/schema.ts';
import type { OrganizationKind } from '@tongxin/domain/pack/schema.ts';
import { ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import { saveRoles, saveServices } from '@tongxin/server/modules/organization/index.ts';
import { handleOn, type Who } from '@tongxin/server/platform/tx/tx.ts';
import type pg from 'pg';

/**
 * A small city that every server test shares: two towns of two communities of two square grids, the bodies of a complete case, and one
 * person in each kind of post. Ids and tokens are constants, so a test may use `WORLD` before the database holds it.
 *
 *        113.0     113.1     113.2     113.3     113.4
 *   22.2  +---------+---------+---------+---------+
 *         |  A2-1   |  A2-2   |  B2-1   |  B2-2   |
 *   22.1  +---------+---------+---------+---------+
 *         |  A1-1   |  A1-2   |  B1-1   |  B1-2   |
 *   22.0  +---------+---------+---------+---------+
 *          town A              town B               a school grid lies over the middle of A1-1
 */
const id = (kind: string, n: number): string => `${kind}000000-0000-8000-8000-${String(n).padStart(12, '0')}`;

interface WorldArea {
  readonly areaId: string;
  readonly kind: 'city' | 'town' | 'community' | 'grid' | 'dedicatedGrid';
  readonly parentId?: string;
  readonly path: readonly string[];
  readonly name: { readonly zh: string; readonly en: string };
  readonly code: string;
  /** west, south, east, north */
  readonly bbox: readonly [number, number, number, number];
}

const area = (
  n: number,
  kind: WorldArea['kind'],
  parent: WorldArea | undefined,
  zh: string,
  en: string,
  code: string,
  bbox: WorldArea['bbox'],
): WorldArea => ({
  areaId: id('a0', n),
  kind,
  ...(parent ? { parentId: parent.areaId } : {}),
  path: [...(parent?.path ?? []), id('a0', n)],
  name: { zh, en },
  code,
  bbox,
});

const city = area(1, 'city', undefined, '示例市', 'Demo City', '990000', [113, 22, 113.4, 22.2]);
const townA = area(2, 'town', city, '甲镇', 'Town A', '990000101', [113, 22, 113.2, 22.2]);
const townB = area(3, 'town', city, '乙镇', 'Town B', '990000102', [113.2, 22, 113.4, 22.2]);
const communityA1 = area(4, 'community', townA, '甲一社区', 'Community A1', '990000101001', [113, 22, 113.2, 22.1]);
const communityA2 = area(5, 'community', townA, '甲二社区', 'Community A2', '990000101002', [113, 22.1, 113.2, 22.2]);
const communityB1 = area(6, 'community', townB, '乙一社区', 'Community B1', '990000102001', [113.2, 22, 113.4, 22.1]);
const communityB2 = area(7, 'community', townB, '乙二社区', 'Community B2', '990000102002', [113.2, 22.1, 113.4, 22.2]);
const gridOf = (n: number, community: WorldArea, serial: 1 | 2): WorldArea => {
  const [west, south, , north] = community.bbox;
  const from = serial === 1 ? west : west === 113 ? 113.1 : 113.3;
  const to = serial === 2 ? community.bbox[2] : west === 113 ? 113.1 : 113.3;
  return area(
    n,
    'grid',
    community,
    `${community.name.zh}第${serial}网格`,
    `${community.name.en} Grid ${serial}`,
    `${community.code}00${serial}`,
    [from, south, to, north],
  );
};
const AREAS = {
  city,
  townA,
  townB,
  communityA1,
  communityA2,
  communityB1,
  communityB2,
  gridA11: gridOf(8, communityA1, 1),
  gridA12: gridOf(9, communityA1, 2),
  gridA21: gridOf(10, communityA2, 1),
  gridA22: gridOf(11, communityA2, 2),
  gridB11: gridOf(12, communityB1, 1),
  gridB12: gridOf(13, communityB1, 2),
  gridB21: gridOf(14, communityB2, 1),
  gridB22: gridOf(15, communityB2, 2),
  schoolA: area(
    16,
    'dedicatedGrid',
    communityA1,
    '甲一社区学校专属网格',
    'School Grid A1',
    '990000101001901',
    [113.04, 22.04, 113.06, 22.06],
  ),
};

const organization = (n: number, kind: OrganizationKind, at: WorldArea, zh: string, en: string) => ({
  organizationId: id('0b', n),
  kind,
  areaId: at.areaId,
  name: { zh, en },
});
const ORGANIZATIONS = {
  hotline: organization(1, 'hotline', city, '示例市12345热线中心', 'Demo City Hotline'),
  cityGovernment: organization(2, 'government', city, '示例市人民政府', 'Demo City Government'),
  cityLetters: organization(3, 'department', city, '示例市信访局', 'Demo City Letters Bureau'),
  review: organization(4, 'department', city, '示例市复查机关', 'Demo City Review Body'),
  reReview: organization(5, 'department', city, '示例复核机关', 'Demo Re-review Body'),
  centreA: organization(6, 'centre', townA, '甲镇综治中心', 'Governance Centre A'),
  centreB: organization(7, 'centre', townB, '乙镇综治中心', 'Governance Centre B'),
  /** 规划建设办 of town A: handles lamps there. */
  bodyA: organization(8, 'department', townA, '甲镇规划建设办', 'Planning Office A'),
  bodyB: organization(9, 'department', townB, '乙镇规划建设办', 'Planning Office B'),
  /** 环卫所 of town A: a second body, for objections and joint work. */
  sanitationA: organization(10, 'department', townA, '甲镇环卫所', 'Sanitation Station A'),
  lettersA: organization(11, 'department', townA, '甲镇信访办', 'Letters Office A'),
  committeeA1: organization(12, 'committee', communityA1, '甲一社区居民委员会', "Residents' Committee A1"),
  gridTeamA1: organization(13, 'gridTeam', communityA1, '甲一社区网格组', 'Grid Team A1'),
  /** A property firm that can be complained of. */
  propertyA: organization(14, 'property', communityA1, '示例物业甲', 'Demo Property Firm A'),
  gridTeamB1: organization(15, 'gridTeam', communityB1, '乙一社区网格组', 'Grid Team B1'),
  lettersB: organization(16, 'department', townB, '乙镇信访办', 'Letters Office B'),
  mediationA: organization(17, 'committee', townA, '甲镇人民调解委员会', 'Mediation Committee A'),
  justice: organization(18, 'department', city, '示例市司法局', 'Demo City Justice Bureau'),
  lawFirm: organization(19, 'enterprise', city, '示例律师事务所', 'Demo Law Firm'),
};
type OrganizationName = keyof typeof ORGANIZATIONS;

export interface WorldPerson {
  readonly personId: string;
  readonly username: string;
  readonly authUserId: string;
  readonly token: string;
  readonly who: Extract<Who, { kind: 'person' }>;
  /** As the rules see the person: for calling `decide` without a database. */
  readonly actor: Actor;
  readonly posts: readonly (HeldPost & {
    readonly title: { readonly zh: string; readonly en: string };
    readonly responsibility?: 1 | 2 | 3;
  })[];
}

let people = 0;
const person = (
  username: string,
  at?: OrganizationName,
  role?: Role,
  zh = '',
  responsibility?: 1 | 2 | 3,
  where?: WorldArea,
): WorldPerson => {
  people += 1;
  const personId = id('9e', people);
  const token = `token-of-${username}-in-the-world`;
  const body = at ? ORGANIZATIONS[at] : undefined;
  const posts =
    body && role
      ? [
          {
            postId: id('0c', people),
            organizationId: body.organizationId,
            areaId: where?.areaId ?? body.areaId,
            role,
            capabilities: [...ROLES[role].capabilities],
            title: { zh, en: username },
            ...(responsibility ? { responsibility } : {}),
          },
        ]
      : [];
  return {
    personId,
    username,
    authUserId: `auth-${username}`,
    token,
    who: { kind: 'person', token },
    actor: { kind: 'person', personId, posts: posts.map(({ title: _title, responsibility: _responsibility, ...held }) => held) },
    posts,
  };
};

const PEOPLE = {
  dispatcherA: person('dispatcher-a', 'centreA', 'dispatcher', '甲镇调度员'),
  dispatcherA2: person('dispatcher-a-2', 'centreA', 'dispatcher', '甲镇夜班调度员'),
  dispatcherB: person('dispatcher-b', 'centreB', 'dispatcher', '乙镇调度员'),
  operator: person('operator', 'hotline', 'operator', '话务员'),
  hotlineDispatcher: person('hotline-dispatcher', 'hotline', 'dispatcher', '热线派单员'),
  handlerA: person('handler-a', 'bodyA', 'handler', '甲镇规划建设办承办员'),
  handlerA2: person('handler-a-2', 'sanitationA', 'handler', '甲镇环卫所承办员'),
  handlerB: person('handler-b', 'bodyB', 'handler', '乙镇规划建设办承办员'),
  bodyHeadA: person('body-head-a', 'bodyA', 'bodyHead', '甲镇规划建设办主任', 1),
  bodyDeputyA: person('body-deputy-a', 'bodyA', 'bodyHead', '甲镇规划建设办副主任', 2),
  bodySectionA: person('body-section-a', 'bodyA', 'bodyHead', '甲镇规划建设办股长', 3),
  verifierA: person('verifier-a', 'centreA', 'verifier', '甲镇核查员'),
  verifierB: person('verifier-b', 'centreB', 'verifier', '乙镇核查员'),
  gridWorkerA: person('grid-worker-a', 'gridTeamA1', 'gridWorker', '甲一社区网格员'),
  gridLeadA: person('grid-lead-a', 'gridTeamA1', 'gridLead', '甲一社区网格长'),
  gridWorkerB: person('grid-worker-b', 'gridTeamB1', 'gridWorker', '乙一社区网格员'),
  leaderA: person('leader-a', 'cityGovernment', 'leader', '甲镇分管领导', undefined, townA),
  supervisorA: person('supervisor-a', 'centreA', 'supervisor', '甲镇督办员'),
  administrator: person('administrator', 'cityGovernment', 'administrator', '平台管理员'),
  letterOfficerA: person('letter-officer-a', 'lettersA', 'letterOfficer', '甲镇信访工作人员'),
  letterOfficerB: person('letter-officer-b', 'lettersB', 'letterOfficer', '乙镇信访工作人员'),
  letterApproverA: person('letter-approver-a', 'lettersA', 'bodyHead', '甲镇信访办主任', 1),
  letterReviewer: person('letter-reviewer', 'review', 'letterReviewer', '复查员'),
  letterReReviewer: person('letter-re-reviewer', 'reReview', 'letterReviewer', '复核员'),
  committeeA: person('committee-a', 'committeeA1', 'handler', '甲一社区工作人员'),
  propertyA: person('property-a', 'propertyA', 'handler', '示例物业甲客服'),
  residentA: person('resident-a'),
  residentB: person('resident-b'),
  mediatorA: person('mediator-a', 'mediationA', 'mediator', '甲镇调解员'),
  /** Of the same committee, with other disputes in hand. */
  mediatorA2: person('mediator-a-2', 'mediationA', 'mediator', '甲镇第二调解员'),
  mediationHeadA: person('mediation-head-a', 'mediationA', 'mediationHead', '甲镇调委会主任'),
  justiceOfficer: person('justice-officer', 'justice', 'justiceOfficer', '司法局统计员'),
  lawyerA: person('lawyer-a', 'lawFirm', 'lawyer', '甲一社区法律顾问', undefined, communityA1),
  /** Of the same firm, for the other community. */
  lawyerA2: person('lawyer-a-2', 'lawFirm', 'lawyer', '甲二社区法律顾问', undefined, communityA2),
} satisfies Record<string, WorldPerson>;

/** Tokens of the platform's services in tests; give the same to the configuration under test. */
export const SERVICE_TOKENS: Readonly<Record<ServiceName, string>> = {
  portal: 'service-token-of-the-portal-in-tests',
  import: 'service-token-of-imports-in-tests',
  clock: 'service-token-of-the-clock-in-tests',
  open311: 'service-token-of-open311-in-tests',
};
const serviceOf = (name: ServiceName) => ({
  ...SERVICES[name],
  token: SERVICE_TOKENS[name],
  who: { kind: 'service', token: SERVICE_TOKENS[name] } as Extract<Who, { kind: 'service' }>,
});

const category = (
  categoryId: string,
  zh: string,
  en: string,
  grade?: string,
  amount?: number,
  unit?: string,
  danger: readonly string[] = [],
  questions: readonly Question[] = [],
) => ({
  category_id: categoryId,
  version: 1,
  scheme: 'world',
  parent_id: categoryId.includes('.') ? categoryId.split('.')[0] : null,
  name: { zh, en },
  grade: grade ?? null,
  limit_amount: amount ?? null,
  limit_unit: unit ?? null,
  danger,
  questions,
  valid_from: '2020-01-01',
});
const CATEGORIES = [
  category('municipal', '市政设施', 'Public works'),
  category('municipal.lampOut', '路灯不亮', 'Street lamp out', 'C', 3, 'workingDay'),
  category('sanitation', '环境卫生', 'Cleanliness'),
  category(
    'sanitation.binFull',
    '垃圾满溢',
    'Overflowing bin',
    'B',
    24,
    'hour',
    [],
    [
      { code: 'advice', kind: 'note', required: false, label: { zh: '请勿触碰散落物', en: 'Please do not touch what lies about' } },
      {
        code: 'size',
        kind: 'choice',
        required: true,
        label: { zh: '桶的大小', en: 'Size of the bin' },
        options: [
          { value: 'small', label: { zh: '小桶', en: 'Small' } },
          { value: 'large', label: { zh: '大桶', en: 'Large' } },
        ],
      },
      {
        code: 'waste',
        kind: 'choices',
        required: false,
        label: { zh: '有哪些垃圾', en: 'What is in it' },
        options: [
          { value: 'kitchen', label: { zh: '厨余', en: 'Kitchen waste' } },
          { value: 'other', label: { zh: '其他', en: 'Other' } },
        ],
      },
      { code: 'since', kind: 'instant', required: false, label: { zh: '何时发现', en: 'Seen when' } },
      { code: 'bins', kind: 'number', required: false, label: { zh: '几个桶', en: 'How many bins' }, hint: { zh: '整数', en: 'A number' } },
    ],
  ),
  category('utility', '公用服务', 'Utilities'),
  category('utility.gasSmell', '燃气异味', 'Smell of gas', 'A', 2, 'hour', ['119']),
  category('livelihood', '民生服务', 'Public services'),
  category('livelihood.schooling', '入学咨询', 'Question about school entry', 'Q', 1, 'workingHour'),
];

export const WORLD = {
  areas: AREAS,
  organizations: ORGANIZATIONS,
  people: PEOPLE,
  services: { portal: serviceOf('portal'), import: serviceOf('import'), clock: serviceOf('clock'), open311: serviceOf('open311') },
  serviceOrganizationId: SERVICE_ORGANIZATION.organizationId,
  categories: { lamp: 'municipal.lampOut', bin: 'sanitation.binFull', gas: 'utility.gasSmell', schooling: 'livelihood.schooling' },
  points: {
    inA11: { lon: 113.02, lat: 22.02 },
    inSchool: { lon: 113.05, lat: 22.05 },
    inA12: { lon: 113.15, lat: 22.05 },
    inA21: { lon: 113.05, lat: 22.15 },
    inB11: { lon: 113.25, lat: 22.05 },
    /** Exactly where A1-1, A1-2, A2-1 and A2-2 meet: belongs to the lowest code, A1-1. */
    corner: { lon: 113.1, lat: 22.1 },
    outside: { lon: 114, lat: 23 },
  },
  facilities: { lampA11: { facilityId: id('fa', 1), areaId: AREAS.gridA11.areaId, lon: 113.03, lat: 22.03 } },
} as const;
export type World = typeof WORLD;

const SINCE = '2020-01-01';
const square = ([west, south, east, north]: WorldArea['bbox']) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

type Row = Readonly<Record<string, unknown>>;

const referenceRows = (): [table: string, rows: readonly Row[]][] => {
  const areas = Object.values(AREAS);
  const staff = Object.values(PEOPLE) as WorldPerson[];
  const posts = staff.flatMap((p) => p.posts.map((held) => ({ ...held, personId: p.personId })));
  const list = (n: number, kind: string, at: WorldArea, zh: string) => ({
    duty_list_id: id('d0', n),
    kind,
    title: { zh },
    area_id: at.areaId,
    source: 'world',
    valid_from: SINCE,
  });
  const item = (n: number, of: number, clause: string, categoryId: string, body?: { organizationId: string }) => ({
    duty_item_id: id('d1', n),
    duty_list_id: id('d0', of),
    clause,
    title: { zh: clause },
    category_id: categoryId,
    organization_id: body?.organizationId ?? null,
  });
  return [
    [
      'area',
      areas.map((a) => ({
        area_id: a.areaId,
        kind: a.kind,
        parent_id: a.parentId ?? null,
        path: a.path,
        name: a.name,
        synthetic: true,
        valid_from: SINCE,
      })),
    ],
    ['area_code', areas.map((a) => ({ code: a.code, scheme: 'local', area_id: a.areaId, valid_from: SINCE }))],
    [
      'area_boundary',
      areas.map((a) => ({ area_id: a.areaId, valid_from: SINCE, geometry: square(a.bbox), bbox: a.bbox, synthetic: true })),
    ],
    [
      'facility',
      [
        {
          facility_id: id('fa', 1),
          kind: 'lamp',
          code: '99000001037000001',
          name: { zh: '路灯1号', en: 'Lamp 1' },
          area_id: AREAS.gridA11.areaId,
          lon: 113.03,
          lat: 22.03,
          synthetic: true,
        },
      ],
    ],
    [
      'organization',
      Object.values(ORGANIZATIONS).map((o) => ({
        organization_id: o.organizationId,
        kind: o.kind,
        name: o.name,
        area_id: o.areaId,
        synthetic: true,
        valid_from: SINCE,
      })),
    ],
    [
      'post',
      posts.map((p) => ({
        post_id: p.postId,
        organization_id: p.organizationId,
        area_id: p.areaId,
        role: p.role,
        title: p.title,
        responsibility: p.responsibility ?? null,
        valid_from: SINCE,
      })),
    ],
    [
      'person',
      staff.map((p) => ({
        person_id: p.personId,
        kind: p.posts.length ? 'staff' : 'resident',
        auth_user_id: p.authUserId,
        language: 'zh',
      })),
    ],
    ['post_holding', posts.map((p) => ({ holding_id: p.postId, post_id: p.postId, person_id: p.personId, valid_from: SINCE }))],
    ['category', CATEGORIES],
    [
      'duty_list',
      [
        list(1, 'dispatchCatalogue', townA, '甲镇派单目录'),
        list(2, 'dispatchCatalogue', townB, '乙镇派单目录'),
        list(3, 'admission', city, '准入事项清单'),
        list(4, 'negative', city, '不承担事项清单'),
      ],
    ],
    [
      'duty_item',
      [
        item(1, 1, '目录第1项', 'municipal.lampOut', ORGANIZATIONS.bodyA),
        item(2, 1, '目录第2项', 'sanitation.binFull', ORGANIZATIONS.sanitationA),
        item(3, 2, '目录第1项', 'municipal.lampOut', ORGANIZATIONS.bodyB),
        item(4, 3, '准入第1项', 'sanitation.binFull'),
        item(5, 4, '不承担第1项', 'utility.gasSmell'),
      ],
    ],
  ];
};

const insert = (client: pg.PoolClient, table: string, rows: readonly Row[]): Promise<unknown> => {
  const columns = Object.keys(rows[0]!)
    .map((column) => `"${column}"`)
    .join(', ');
  const text = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`;
  return client.query(text, [JSON.stringify(rows)]);
};

const inTransaction = async (pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

/** Puts the world into a migrated database (once; again changes nothing) and answers it. Sessions are live until 2100. */
export const buildWorld = async (db: { readonly pools: { readonly maintenance: pg.Pool; readonly auth: pg.Pool } }): Promise<World> => {
  await inTransaction(db.pools.maintenance, async (client) => {
    const tx = handleOn(client);
    await saveRoles(tx);
    for (const [table, rows] of referenceRows()) await insert(client, table, rows);
    await saveServices(tx, city.areaId, SERVICE_TOKENS);
  });
  await inTransaction(db.pools.auth, async (client) => {
    const all = Object.values(PEOPLE) as WorldPerson[];
    await insert(
      client,
      'auth."user"',
      all.map((p) => ({
        id: p.authUserId,
        name: p.username,
        email: `${p.username}@world.invalid`,
        emailVerified: true,
        username: p.username,
        createdAt: SINCE,
        updatedAt: SINCE,
      })),
    );
    await insert(
      client,
      'auth.session',
      all.map((p) => ({
        id: `session-${p.username}`,
        userId: p.authUserId,
        token: p.token,
        expiresAt: '2100-01-01',
        createdAt: SINCE,
        updatedAt: SINCE,
      })),
    );
  });
  return WORLD;
};
