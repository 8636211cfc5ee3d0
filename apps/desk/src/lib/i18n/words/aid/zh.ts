/** Words of aid: they come with its pages. */
export const words = {
  'legalAid.hint': '门户上的法律援助自测用这个数。标准由省级政府规定，请写明出处。',
  'legalAid.none': '还没有设定标准，自测时会请居民向法律援助机构核实。',
  'legalAid.set': '设定标准',
  'legalAid.area': '适用区域',
  'legalAid.income': '家庭人均月收入（元）',
  'legalAid.incomeHint': '不高于这个数的算经济困难。',
  'legalAid.source': '出处（文件名、文号）',
  'legalAid.from': '起算日期',
} as const;
export type Catalogue = Readonly<Record<keyof typeof words, string>>;
