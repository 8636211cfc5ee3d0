import type { PremisesDuty, PremisesKind } from './schema.ts';

const FIRE: PremisesDuty = {
  who: 'operator',
  words: { zh: '保持消防设施完好、疏散通道畅通', en: 'Keep fire equipment working and ways out clear' },
  source: '消防法 第十六条',
};
const NO_CHARGING_INDOORS: PremisesDuty = {
  who: 'operator',
  words: { zh: '不在室内和楼道停放充电电动自行车', en: 'No charging of electric bicycles indoors or in stairways' },
  source: '高层民用建筑消防安全管理规定 第三十七条',
};
const COMMON_PARTS: PremisesDuty = {
  who: 'property',
  words: { zh: '巡查共用部位，制止违章并报告', en: 'Look after common parts, stop what is not allowed and report it' },
  source: '物业管理条例 第四十五条、第四十六条',
};

/** Duties of whoever runs or owns premises of a kind, as the worker reads them out. A locality's list may say more; it is no legal advice. */
export const DUTIES: Readonly<Record<PremisesKind, readonly PremisesDuty[]>> = {
  shop: [FIRE, NO_CHARGING_INDOORS],
  restaurant: [
    FIRE,
    {
      who: 'operator',
      words: { zh: '使用燃气应安装可燃气体报警装置', en: 'Where gas is used, a gas alarm is installed' },
      source: '安全生产法 第三十六条',
    },
    { who: 'operator', words: { zh: '食品经营许可证公示', en: 'Show the food licence' }, source: '食品安全法 第三十五条' },
  ],
  workshop: [
    FIRE,
    {
      who: 'operator',
      words: { zh: '开展安全培训，建立隐患排查台账', en: 'Train staff and keep a list of hazards' },
      source: '安全生产法 第二十八条、第四十一条',
    },
  ],
  warehouse: [FIRE, { who: 'owner', words: { zh: '仓库内不得住人', en: 'Nobody lives in the warehouse' }, source: '消防法 第十九条' }],
  rentedBuilding: [
    FIRE,
    NO_CHARGING_INDOORS,
    { who: 'owner', words: { zh: '出租房屋应符合安全要求', en: 'Rented rooms are safe to live in' }, source: '住房租赁条例 第七条' },
  ],
  lodging: [
    FIRE,
    { who: 'operator', words: { zh: '疏散示意图张贴到房间', en: 'A plan of ways out in each room' }, source: '消防法 第十六条' },
  ],
  school: [
    FIRE,
    { who: 'operator', words: { zh: '定期组织疏散演练', en: 'Practise leaving the building regularly' }, source: '消防法 第十六条' },
  ],
  clinic: [
    FIRE,
    { who: 'operator', words: { zh: '医疗废物分类存放', en: 'Keep medical waste apart' }, source: '医疗废物管理条例 第十六条' },
  ],
  entertainment: [
    FIRE,
    { who: 'operator', words: { zh: '营业时不得锁闭安全出口', en: 'Exits stay unlocked while open' }, source: '消防法 第二十八条' },
  ],
  chargingStation: [FIRE, { who: 'operator', words: { zh: '充电设施定期检测', en: 'Have chargers tested regularly' } }],
  publicBuilding: [FIRE],
  residentialBuilding: [COMMON_PARTS, { ...NO_CHARGING_INDOORS, who: 'property' }],
  other: [FIRE],
};
