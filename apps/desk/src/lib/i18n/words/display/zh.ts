/** Words of display: they come with its pages. */
export const words = {
  'display.intro': '大厅里的屏幕只显示一个区域的汇总数字，不显示任何事项和个人。',
  'display.open': '打开我的区域',
  'display.list': '已授权的屏幕',
  'display.none': '还没有授权的屏幕。',
  'display.new': '授权一块屏幕',
  'display.name': '屏幕名称',
  'display.nameHint': '例如：政务大厅一楼',
  'display.area': '显示的区域',
  'display.areaEmpty': '请选择市、区、镇街或社区',
  'display.make': '授权',
  'display.missing': '请填写名称并选择区域。',
  'display.made': '已授权。在那块屏幕的浏览器里打开下面的地址；地址只显示这一次。',
  'display.address': '屏幕地址',
  'display.copy': '复制地址',
  'display.copied': '已复制。',
  'display.until': '有效期至 {day}',
  'display.ended': '已收回',
  'display.revoke': '收回授权',
  'display.revokeSure': '收回后，这块屏幕不再更新，不能恢复。',
  'display.keep': '不收回',
} as const;
export type Catalogue = Readonly<Record<keyof typeof words, string>>;
