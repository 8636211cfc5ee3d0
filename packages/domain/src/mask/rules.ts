/**
 * Masks what could name or reach a person in free words: telephones, identity numbers, mail addresses, plates, and names after the words
 * that usually introduce them. For list titles, search, forwarding and readers who may not know the reporter. It errs towards masking;
 * it is no promise of anonymity.
 */
const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧';

const RULES: readonly (readonly [RegExp, string | ((...m: string[]) => string)])[] = [
  [/[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+/gu, '***@***'],
  [/(?<!\d)\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)/gu, '******************'],
  [/(?<!\d)\d{15}(?!\d)/gu, '***************'],
  [/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/gu, (m) => `${m.replace(/\D/gu, '').slice(-11, -8)}********`],
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/gu, '0**-*******'],
  [/(?<!\d)\d{7,}(?!\d)/gu, (m) => `${m.slice(0, 2)}${'*'.repeat(m.length - 2)}`],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][· ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]/gu,
    (m) => `${m.slice(0, 2)}*****`,
  ],
  [
    new RegExp(
      `(姓名|联系人|来电人|投诉人|诉求人|申请人|我叫|本人|名叫)([:： ]?)([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?![\\u4e00-\\u9fff]{6})`,
      'gu',
    ),
    (_m, label, colon, name) => `${label}${colon}${name?.slice(0, 1)}**`,
  ],
  [
    new RegExp(`([${SURNAMES}])([\\u4e00-\\u9fff]{1,2})(先生|女士|小姐|老师|阿姨|大爷|大妈|师傅|医生|同志)`, 'gu'),
    (_m, surname, _given, title) => `${surname}**${title}`,
  ],
];

export const maskWords = (words: string): string => RULES.reduce((text, [pattern, by]) => text.replace(pattern, by as string), words);

/** A title for lists: the first words, masked, on one line, at most 60 characters. */
export const maskedTitle = (words: string): string => {
  const line = maskWords(words.slice(0, 400)).replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : line;
};
