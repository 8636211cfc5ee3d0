import type { Label } from '../label/schema.ts';

/**
 * Kinds of what stands in public space, by the large classes of the city components standard (GB/T 47678.5): public utilities, roads and traffic,
 * sanitation, greenery, house and land, and what people look for. A locality's own kind is `other`, told by its name.
 */
export const FACILITY_LABELS = {
  lamp: { zh: '路灯', en: 'Street lamp' },
  manhole: { zh: '井盖', en: 'Manhole cover' },
  rainGrate: { zh: '雨水箅子', en: 'Rain grate' },
  hydrant: { zh: '消防栓', en: 'Hydrant' },
  valve: { zh: '阀门', en: 'Valve' },
  pole: { zh: '立杆', en: 'Pole' },
  powerBox: { zh: '电力设施', en: 'Power supply box' },
  telecomBox: { zh: '通信交接箱', en: 'Telecoms cabinet' },
  camera: { zh: '监控设备', en: 'Camera' },
  lift: { zh: '电梯', en: 'Lift' },
  charging: { zh: '充电桩', en: 'Charging post' },
  fitness: { zh: '健身设施', en: 'Fitness equipment' },
  noticeBoard: { zh: '宣传栏', en: 'Notice board' },
  busStop: { zh: '公交站', en: 'Bus stop' },
  signal: { zh: '交通信号灯', en: 'Traffic light' },
  sign: { zh: '标志牌', en: 'Road sign' },
  barrier: { zh: '护栏', en: 'Barrier' },
  bridge: { zh: '桥梁', en: 'Bridge' },
  culvert: { zh: '涵洞', en: 'Culvert' },
  parking: { zh: '停车场', en: 'Car park' },
  toilet: { zh: '公共厕所', en: 'Public toilet' },
  bin: { zh: '垃圾箱', en: 'Bin' },
  wasteStation: { zh: '垃圾收集站', en: 'Waste station' },
  tree: { zh: '古树名木', en: 'Protected tree' },
  park: { zh: '公园绿地', en: 'Park' },
  school: { zh: '学校', en: 'School' },
  clinic: { zh: '卫生站', en: 'Clinic' },
  market: { zh: '市场', en: 'Market' },
  shelter: { zh: '应急避难场所', en: 'Emergency shelter' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Readonly<Record<string, Label>>;

export type FacilityKind = keyof typeof FACILITY_LABELS;
export const FACILITY_KINDS = Object.keys(FACILITY_LABELS) as readonly FacilityKind[];

/** Words for a kind; one that a pack brought and nobody here knows is itself. */
export const facilityKindLabel = (kind: string): Label =>
  Object.hasOwn(FACILITY_LABELS, kind) ? FACILITY_LABELS[kind as FacilityKind] : { zh: kind };
