import type { Label } from '../label/schema.ts';

/** The statutory days off, by the names notices give them (全国年节及纪念日放假办法). */
export const HOLIDAY_LABELS: Readonly<Record<string, Label>> = {
  元旦: { zh: '元旦', en: 'New Year' },
  春节: { zh: '春节', en: 'Spring Festival' },
  清明: { zh: '清明节', en: 'Tomb-Sweeping Day' },
  清明节: { zh: '清明节', en: 'Tomb-Sweeping Day' },
  劳动节: { zh: '劳动节', en: 'Labour Day' },
  端午: { zh: '端午节', en: 'Dragon Boat Festival' },
  端午节: { zh: '端午节', en: 'Dragon Boat Festival' },
  中秋: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  中秋节: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  国庆: { zh: '国庆节', en: 'National Day' },
  国庆节: { zh: '国庆节', en: 'National Day' },
};
