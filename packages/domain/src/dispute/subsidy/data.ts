import type { Column } from '../../exchange/schema.ts';
import type { Label } from '../../label/schema.ts';
import type { Difficulty, SubsidyResult } from './schema.ts';

/** 以案定补 is paid by local rules (the amounts are data of the locality); how its columns are called is an assumption. */
export const SUBSIDY_TITLE: Label = { zh: '人民调解以案定补核算表', en: 'Subsidy by case for mediators' };
export const SUBSIDY_TOTAL: Label = { zh: '合计', en: 'Total' };
/** Who is on no register of the committee. */
export const UNREGISTERED: Label = { zh: '（不在名册）', en: '(not on the register)' };
export const RESULT_LABELS = {
  oral: { zh: '口头协议', en: 'Agreed by word of mouth' },
  written: { zh: '书面协议', en: 'Agreed in writing' },
  unsettled: { zh: '调解不成或者终止', en: 'Not settled or ended' },
} as const satisfies Record<SubsidyResult, Label>;
export const DIFFICULTY_LABELS = {
  ordinary: { zh: '一般', en: 'Ordinary' },
  difficult: { zh: '疑难', en: 'Difficult' },
} as const satisfies Record<Difficulty, Label>;

export const SUBSIDY_COLUMNS: readonly Column[] = [
  { id: 'committee', label: { zh: '调解组织', en: 'Committee' }, type: 'text', width: 26 },
  { id: 'mediator', label: { zh: '调解员', en: 'Mediator' }, type: 'text', width: 14 },
  { id: 'kind', label: { zh: '纠纷类型', en: 'Kind' }, type: 'text', width: 14 },
  { id: 'result', label: { zh: '结果', en: 'Result' }, type: 'text', width: 20 },
  { id: 'difficulty', label: { zh: '难易', en: 'Difficulty' }, type: 'text', width: 10 },
  { id: 'file', label: { zh: '卷宗齐全', en: 'File complete' }, type: 'flag', width: 10 },
  { id: 'cases', label: { zh: '件数', en: 'Cases' }, type: 'number', width: 8 },
  { id: 'each', label: { zh: '每件（元）', en: 'Each (yuan)' }, type: 'number', width: 12 },
  { id: 'amount', label: { zh: '金额（元）', en: 'Amount (yuan)' }, type: 'number', width: 12 },
];
