/** Emergency numbers: police, fire, ambulance. */
export type EmergencyNumber = '110' | '119' | '120';

/** Words that say somebody may be in danger now. Longer than one character where one character would cry wolf (火 is also in 火车). */
const WORDS: readonly { readonly numbers: readonly EmergencyNumber[]; readonly words: readonly string[] }[] = [
  {
    numbers: ['119', '120'],
    words: ['着火', '起火', '失火', '火灾', '冒烟', '浓烟', '爆炸', 'on fire', 'fire broke', 'smoke coming', 'explosion', 'exploded'],
  },
  {
    numbers: ['119'],
    words: [
      '燃气味',
      '煤气味',
      '燃气异味',
      '燃气泄漏',
      '煤气泄漏',
      '天然气泄漏',
      '闻到煤气',
      '闻到燃气',
      'gas leak',
      'smell gas',
      'smell of gas',
    ],
  },
  {
    numbers: ['119'],
    words: [
      '电梯困人',
      '困在电梯',
      '被困电梯',
      '电梯里出不来',
      '被困',
      '溺水',
      '落水',
      'trapped',
      'stuck in the lift',
      'stuck in the elevator',
      'drowning',
    ],
  },
  {
    numbers: ['110'],
    words: [
      '打人',
      '打架',
      '斗殴',
      '持刀',
      '砍人',
      '杀人',
      '家暴',
      '家庭暴力',
      '抢劫',
      '绑架',
      '自杀',
      '跳楼',
      '轻生',
      'violence',
      'stabbed',
      'beating',
      'robbed',
      'suicide',
    ],
  },
  {
    numbers: ['120'],
    words: [
      '昏倒',
      '晕倒',
      '昏迷',
      '流血不止',
      '心脏病发',
      '没有呼吸',
      '触电',
      '中毒',
      'unconscious',
      'not breathing',
      'bleeding',
      'electrocuted',
      'poisoned',
    ],
  },
];

/** Numbers to show before a report is taken, most urgent first; empty when the words do not suggest danger. */
export const dangerIn = (text: string, ofCategory: readonly string[] = []): EmergencyNumber[] => {
  const low = text.toLowerCase();
  const found = new Set<string>(ofCategory);
  for (const { numbers, words } of WORDS) if (words.some((word) => low.includes(word))) for (const number of numbers) found.add(number);
  return (['119', '110', '120'] as const).filter((number) => found.has(number));
};
