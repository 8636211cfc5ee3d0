import type { Result, Sender } from './schema.ts';

/** The eight endings as they are reported back (在线调解规则 (2022) 第二十五条), in their order. */
export const RESULT_NAMES = {
  agreed: '达成调解协议',
  reconciled: '自行和解',
  unreachable: '联系不到当事人',
  unwilling: '一方不愿继续调解',
  apart: '分歧较大，难以达成协议',
  expired: '调解期限届满，未达成协议',
  unsigned: '一方拒绝在协议上签字',
  other: '其他情形',
} as const satisfies Record<Result, string>;

export const SENDER_NAMES = {
  police: '公安机关',
  courtBeforeFiling: '人民法院（立案前委派）',
  courtOrdinary: '人民法院（委托，普通程序）',
  courtSummary: '人民法院（委托，简易程序）',
  labour: '人社、工会',
  petition: '信访部门',
  hotline: '热线、事件',
  gridVisit: '网格走访',
  other: '其他单位',
} as const satisfies Record<Sender, string>;
