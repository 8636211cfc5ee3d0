/** Words of publication: they come with its pages. */
export const words = {
  'publication.reviews': '公开审核',
  'publication.reviewsHint': '选“公开”后，任何人都能看到您写的这句话、类别、日期、进度和社区。不要写姓名、门牌和电话。',
  'publication.state.waiting': '待审',
  'publication.state.shown': '已公开',
  'publication.state.refused': '不公开',
  'publication.none': '没有。',
  'publication.words': '公开的文字',
  'publication.show': '公开',
  'publication.refuse': '不公开',
  'publication.change': '改文字',
  'publication.takeBack': '撤下',
  'publication.areas': '公开设置',
  'publication.areasHint': '没有设置的地方什么都不公开。保密的、为诉求人保密的、投诉单位的，无论怎么设置都不公开。',
  'publication.nearby': '报事时提示“附近已有人反映”，可点“我也遇到了”',
  'publication.listed': '开放公开列表和地图（逐件审核）',
  'publication.categories': '哪些类别',
  'publication.categoriesHint': '只选公共场所的事，不选家里的事。选一级类别，包括它下面的全部。',
  'publication.save': '保存',
  'publication.new': '再设一个区域',
  'publication.newEmpty': '选择区域',
} as const;
export type Catalogue = Readonly<Record<keyof typeof words, string>>;
