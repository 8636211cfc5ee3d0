/** Words of sos: they come with its pages. */
export const words = {
  'sos.hint': '一线人员按下求助按钮后在这里显示。请先说“已去”，再联系当事人；紧急时拨打 110、119、120。',
  'sos.none': '最近一天没有求助。',
  'sos.open': '等待响应',
  'sos.onTheWay': '已有人去',
  'sos.ended': '已结束',
  'sos.told': '已通知 {n} 人',
  'sos.answeredBy': '{post} {at} 响应',
  'sos.place': '在地图上看位置',
  'sos.acknowledge': '我们已去',
  'sos.end': '结束求助',
} as const;
export type Catalogue = Readonly<Record<keyof typeof words, string>>;
