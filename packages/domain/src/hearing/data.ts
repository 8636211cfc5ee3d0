import type { Label } from '../label/schema.ts';
import type { PanelField, Reason } from './schema.ts';

/** What a panellist brings, in words. */
export const FIELD_NAMES: Readonly<Record<PanelField, Label>> = {
  deputy: { zh: '人大代表', en: 'People’s deputy' },
  adviser: { zh: '政协委员', en: 'Political adviser' },
  lawyer: { zh: '律师', en: 'Lawyer' },
  expert: { zh: '专家', en: 'Expert' },
  resident: { zh: '居民', en: 'Resident' },
  official: { zh: '机关干部', en: 'Official' },
};

/** Why somebody does not sit, in words. */
export const REASON_NAMES: Readonly<Record<Reason, Label>> = {
  kin: { zh: '亲属关系', en: 'Kin' },
  party: { zh: '本人是当事人', en: 'Is a party' },
  organization: { zh: '同一单位', en: 'Same body' },
  handled: { zh: '办过这件事', en: 'Handled the matter' },
  challenged: { zh: '被申请回避', en: 'Challenged' },
  unavailable: { zh: '不能到场', en: 'Cannot come' },
};
