import type { Question } from '@tongxin/domain/category/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { PackCategory } from '@tongxin/domain/pack/schema.ts';

/** Grade → limit; local data of this synthetic city. Q is "at once": answered by the next working hour. */
export const GRADES: Readonly<Record<'A' | 'B' | 'C' | 'D' | 'E' | 'Q', Limit>> = {
  A: { amount: 2, unit: 'hour' },
  B: { amount: 24, unit: 'hour' },
  C: { amount: 3, unit: 'workingDay' },
  D: { amount: 5, unit: 'workingDay' },
  E: { amount: 15, unit: 'workingDay' },
  Q: { amount: 1, unit: 'workingHour' },
};

type Grade = keyof typeof GRADES;
/** Who handles a category when no other body is named; keys of `organizations.ts`. */
export type BodyKey =
  | 'planning'
  | 'sanitation'
  | 'enforcement'
  | 'traffic'
  | 'water'
  | 'ecology'
  | 'agriculture'
  | 'emergency'
  | 'market'
  | 'publicService'
  | 'justice'
  | 'centre'
  | 'waterSupply'
  | 'power'
  | 'gas'
  | 'telecom'
  | 'bus';

interface Second {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly grade: Grade;
  readonly danger?: readonly string[];
  /** Where it differs from the first level's. */
  readonly body?: BodyKey;
  readonly questions?: readonly Question[];
  /** A grid or community may be asked to deal with it. */
  readonly admitted?: true;
}
interface First {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly body: BodyKey;
  readonly of: readonly Second[];
}

const s = (id: string, zh: string, grade: Grade, en: string, more: Omit<Second, 'id' | 'zh' | 'en' | 'grade'> = {}): Second => ({
  id,
  zh,
  en,
  grade,
  ...more,
});

/** The two-level table of a town platform. Illustrative: departments and limits are local data. */
export const TABLE: readonly First[] = [
  {
    id: 'municipal',
    zh: '市政设施',
    en: 'Public works',
    body: 'planning',
    of: [
      s('lampOut', '路灯不亮', 'C', 'Street lamp out', {
        questions: [
          { code: 'pole', kind: 'text', required: false, label: { zh: '灯杆编号', en: 'Number on the pole' } },
          {
            code: 'extent',
            kind: 'choice',
            required: false,
            label: { zh: '多少盏不亮', en: 'How many are out' },
            options: [
              { value: 'one', label: { zh: '一盏', en: 'One' } },
              { value: 'several', label: { zh: '几盏', en: 'Several' } },
              { value: 'street', label: { zh: '整条路', en: 'The whole street' } },
            ],
          },
        ],
      }),
      s('manholeMissing', '井盖缺失', 'A', 'Manhole cover missing'),
      s('roadDamage', '路面破损', 'D', 'Damaged road surface'),
      s('tactileDamage', '盲道破损', 'D', 'Damaged tactile paving'),
      s('railingDown', '护栏倒伏', 'B', 'Railing down'),
      s('signDamage', '标志破损', 'C', 'Damaged sign'),
      s('shelterDamage', '站亭损坏', 'D', 'Damaged bus shelter'),
      s('drainBlocked', '排水口堵塞', 'B', 'Blocked drain', { body: 'water' }),
    ],
  },
  {
    id: 'sanitation',
    zh: '环境卫生',
    en: 'Cleanliness',
    body: 'sanitation',
    of: [
      s('exposedRubbish', '暴露垃圾', 'B', 'Exposed rubbish', { admitted: true }),
      s('rubble', '积存渣土', 'C', 'Heaped rubble'),
      s('binFull', '垃圾满溢', 'B', 'Overflowing bin', { admitted: true }),
      s('spill', '道路遗撒', 'B', 'Spill on the road'),
      s('dirtyToilet', '公厕脏乱', 'B', 'Dirty public toilet'),
      s('deadAnimal', '动物尸体', 'B', 'Dead animal'),
      s('stickers', '小广告', 'C', 'Illegal stickers', { admitted: true }),
      s('rubbishBurning', '焚烧垃圾', 'B', 'Burning rubbish', { danger: ['119'] }),
    ],
  },
  {
    id: 'street',
    zh: '街面秩序',
    en: 'Street order',
    body: 'enforcement',
    of: [
      s('occupyRoad', '占道经营', 'B', 'Trading on the road'),
      s('beyondShop', '店外经营', 'C', 'Trading beyond the shop'),
      s('bikesParked', '非机动车乱停', 'C', 'Badly parked bicycles', { admitted: true }),
      s('sharedBikes', '共享单车淤积', 'B', 'Heaped shared bicycles'),
      s('illegalAd', '违规广告', 'D', 'Illegal advertising'),
      s('promotionNoise', '促销噪声', 'B', 'Noise of promotions'),
      s('cookingFumes', '油烟扰民', 'D', 'Cooking fumes'),
      s('dogs', '犬只扰民', 'C', 'Nuisance dogs', { admitted: true }),
    ],
  },
  {
    id: 'traffic',
    zh: '交通出行',
    en: 'Traffic',
    body: 'traffic',
    of: [
      s('illegalParking', '违停', 'B', 'Illegal parking'),
      s('signalFault', '信号灯故障', 'A', 'Traffic light fault', { danger: ['122'] }),
      s('markingsUnclear', '标线不清', 'D', 'Faded markings'),
      s('rampBlocked', '占用无障碍通道', 'B', 'Blocked accessible way'),
      s('abandonedVehicle', '废弃车辆', 'E', 'Abandoned vehicle'),
      s('schoolJam', '校门拥堵', 'D', 'Jam at the school gate'),
      s('busRoute', '公交线路', 'D', 'Bus route', { body: 'bus' }),
      s('taxi', '出租车服务', 'D', 'Taxi service'),
    ],
  },
  {
    id: 'utility',
    zh: '公用服务',
    en: 'Utilities',
    body: 'waterSupply',
    of: [
      s('waterOff', '停水', 'B', 'No water'),
      s('pipeBurst', '爆管', 'A', 'Burst pipe'),
      s('powerOff', '停电', 'B', 'No electricity', { body: 'power' }),
      s('gasSmell', '燃气异味', 'A', 'Smell of gas', { body: 'gas', danger: ['119'] }),
      s('heatingCold', '供暖不热', 'B', 'Heating cold'),
      s('signalLost', '通信中断', 'B', 'Telephone or network down', { body: 'telecom' }),
      s('cableDown', '线缆脱落', 'A', 'Cable down', { body: 'telecom', danger: ['119'] }),
      s('billQuestion', '费用疑问', 'Q', 'Question about a bill'),
    ],
  },
  {
    id: 'housing',
    zh: '物业住房',
    en: 'Housing',
    body: 'planning',
    of: [
      s('liftTrapped', '电梯困人', 'A', 'Trapped in a lift', { body: 'emergency', danger: ['119', '120'] }),
      s('liftFault', '电梯故障', 'B', 'Lift fault', { body: 'market' }),
      s('propertyService', '服务不到位', 'D', 'Poor property service'),
      s('feePublicity', '收费公示', 'D', 'Fees not published'),
      s('commonIncome', '公共收益', 'E', 'Income of common parts'),
      s('wallFalling', '外墙脱落', 'A', 'Falling outer wall', { danger: ['119'] }),
      s('commonLeak', '公共渗漏', 'D', 'Leak in common parts'),
      s('bearingWall', '改动承重墙', 'B', 'Bearing wall altered'),
    ],
  },
  {
    id: 'building',
    zh: '违建施工',
    en: 'Building works',
    body: 'enforcement',
    of: [
      s('newIllegal', '新增违建', 'B', 'New illegal building'),
      s('oldIllegal', '存量违建', 'E', 'Old illegal building'),
      s('nightWorks', '夜间施工', 'B', 'Works at night'),
      s('siteDust', '工地扬尘', 'B', 'Dust of a site', { body: 'ecology' }),
      s('truck', '渣土车', 'C', 'Rubble lorry'),
      s('hoardingDamage', '围挡破损', 'C', 'Damaged hoarding'),
      s('greenTaken', '占绿毁绿', 'D', 'Green space taken or destroyed'),
      s('worksOnRoad', '施工占道', 'C', 'Works on the road'),
    ],
  },
  {
    id: 'ecology',
    zh: '生态农业',
    en: 'Environment and farming',
    body: 'ecology',
    of: [
      s('sewage', '污水直排', 'B', 'Sewage discharged'),
      s('blackWater', '水体黑臭', 'E', 'Black and smelly water', { body: 'water' }),
      s('floating', '河面漂浮物', 'C', 'Floating rubbish on a river', { body: 'water' }),
      s('factoryNoise', '工业噪声', 'C', 'Factory noise'),
      s('strawBurning', '秸秆焚烧', 'A', 'Burning straw', { body: 'agriculture', danger: ['119'] }),
      s('farmSmell', '养殖异味', 'D', 'Smell of a farm', { body: 'agriculture' }),
      s('canalBlocked', '灌渠堵塞', 'D', 'Blocked irrigation canal', { body: 'agriculture' }),
      s('farmPackaging', '农资包装废弃', 'D', 'Discarded farm packaging', { body: 'agriculture' }),
    ],
  },
  {
    id: 'safety',
    zh: '安全应急',
    en: 'Safety',
    body: 'emergency',
    of: [
      s('fireWayBlocked', '堵塞消防通道', 'A', 'Fire way blocked', { danger: ['119'], admitted: true }),
      s('hydrantDamage', '消防设施损坏', 'C', 'Damaged fire equipment'),
      s('flyingCharge', '飞线充电', 'B', 'Charging by a hanging wire', { admitted: true }),
      s('livedInStore', '住人仓库', 'B', 'People living in a store'),
      s('gasCylinder', '违规用气瓶', 'B', 'Unlawful gas cylinder', { danger: ['119'] }),
      s('slopeCrack', '边坡开裂', 'A', 'Cracked slope', { danger: ['119'] }),
      s('flooding', '积水内涝', 'A', 'Flooding', { danger: ['119'], body: 'water' }),
      s('dangerHouse', '危房', 'B', 'Dangerous house', { body: 'planning' }),
    ],
  },
  {
    id: 'market',
    zh: '市场消费',
    en: 'Market and consumers',
    body: 'market',
    of: [
      s('badFood', '食品变质', 'B', 'Spoiled food'),
      s('unlicensedFood', '无证餐饮', 'C', 'Unlicensed restaurant'),
      s('wrongWeight', '计量不准', 'D', 'Wrong weight or measure'),
      s('price', '价格投诉', 'D', 'Complaint about a price'),
      s('falseAdvertising', '虚假宣传', 'D', 'False advertising'),
      s('prepaidCard', '预付卡', 'D', 'Prepaid card'),
      s('fakeDrug', '假药线索', 'B', 'Hint of fake medicine'),
      s('specialEquipment', '特种设备', 'C', 'Special equipment'),
    ],
  },
  {
    id: 'livelihood',
    zh: '民生服务',
    en: 'Public services',
    body: 'publicService',
    of: [
      s('medicalInsurance', '医保咨询', 'Q', 'Question about medical insurance'),
      s('socialInsurance', '社保咨询', 'Q', 'Question about social insurance'),
      s('minimumIncome', '低保咨询', 'Q', 'Question about minimum income support'),
      s('disabilityUnpaid', '残疾补贴未到账', 'D', 'Disability benefit not paid'),
      s('elderMeals', '养老助餐', 'D', 'Meals for the elderly', { admitted: true }),
      s('schooling', '入学咨询', 'Q', 'Question about school entry'),
      s('jobs', '就业帮扶', 'D', 'Help to find work'),
      s('visit', '自愿探访', 'B', 'Visit wished for', { admitted: true }),
    ],
  },
  {
    id: 'dispute',
    zh: '矛盾法律',
    en: 'Disputes and law',
    body: 'centre',
    of: [
      s('neighbourNoise', '邻里噪声', 'C', 'Noise of neighbours', { danger: ['110'], admitted: true }),
      s('neighbourLeak', '相邻渗漏', 'D', 'Leak between neighbours', { admitted: true }),
      s('homesteadBorder', '宅基地边界', 'E', 'Border of a homestead'),
      s('propertyFee', '物业费争议', 'D', 'Dispute about property fees'),
      s('wages', '欠薪', 'C', 'Unpaid wages'),
      s('family', '婚姻家庭', 'D', 'Marriage and family', { danger: ['110'] }),
      s('accident', '交通事故赔偿', 'D', 'Compensation after an accident', { body: 'justice' }),
      s('legalQuestion', '法律咨询', 'Q', 'Legal question', { body: 'justice' }),
    ],
  },
];

const SCHEME = 'zhongshanTown';

export const categoriesOf = (): PackCategory[] =>
  TABLE.flatMap((first) => [
    { categoryId: first.id, version: 1, scheme: SCHEME, name: { zh: first.zh, en: first.en }, danger: [] },
    ...first.of.map(
      (second): PackCategory => ({
        categoryId: `${first.id}.${second.id}`,
        version: 1,
        scheme: SCHEME,
        parentId: first.id,
        name: { zh: second.zh, en: second.en },
        grade: second.grade,
        limit: GRADES[second.grade],
        danger: second.danger ?? [],
        ...(second.questions ? { questions: second.questions } : {}),
      }),
    ),
  ]);

export interface CategoryUse {
  readonly categoryId: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly body: BodyKey;
  readonly admitted: boolean;
}

/** Second-level categories with the body that handles each. */
export const usesOf = (): CategoryUse[] =>
  TABLE.flatMap((first) =>
    first.of.map((second) => ({
      categoryId: `${first.id}.${second.id}`,
      name: { zh: second.zh, en: second.en },
      body: second.body ?? first.body,
      admitted: second.admitted ?? false,
    })),
  );
