import type { Label } from '../../label/schema.ts';

export interface FactLabels {
  readonly label: Label;
  /** By value as text; yes and no need none. */
  readonly values?: Readonly<Record<string, Label>>;
}

/** Words for the facts that the procedures of the product declare, for whoever must say one. */
export const FACT_LABELS: Readonly<Record<string, FactLabels>> = {
  reporterReachable: { label: { zh: '能联系到反映人', en: 'The reporter can be reached' } },
  answered: { label: { zh: '已经答复', en: 'It was answered' } },
  tasksOpen: { label: { zh: '还有协办任务没有办结', en: 'Joint tasks are open' } },
  callBackWanted: { label: { zh: '反映人希望回访', en: 'A call-back is wanted' } },
  channel: {
    label: { zh: '来源', en: 'Where it came from' },
    values: { other: { zh: '他人反映', en: 'Somebody reported it' }, patrol: { zh: '巡查发现', en: 'Found on patrol' } },
  },
  mayObject: { label: { zh: '还可以提出异议', en: 'It may still be objected to' } },
  extension: {
    label: { zh: '延期', en: 'Extension' },
    values: {
      none: { zh: '没有申请', en: 'Not asked for' },
      asked: { zh: '已申请', en: 'Asked for' },
      granted: { zh: '已批准', en: 'Granted' },
    },
  },
  supervision: {
    label: { zh: '督办', en: 'Supervision' },
    values: { none: { zh: '没有督办', en: 'None' }, open: { zh: '正在督办', en: 'Open' } },
  },
  callBack: {
    label: { zh: '没有接通的回访', en: 'Call-backs without an answer' },
    values: {
      none: { zh: '没有', en: 'None' },
      once: { zh: '一次', en: 'One' },
      twice: { zh: '两次', en: 'Two' },
      exhausted: { zh: '三次，不再回访', en: 'Three, no more are made' },
    },
  },
  satisfaction: {
    label: { zh: '满意度', en: 'Satisfaction' },
    values: {
      unknown: { zh: '还不知道', en: 'Not known yet' },
      satisfied: { zh: '满意', en: 'Satisfied' },
      basicallySatisfied: { zh: '基本满意', en: 'Basically satisfied' },
      dissatisfied: { zh: '不满意', en: 'Dissatisfied' },
      explained: { zh: '不满意，已作解释', en: 'Dissatisfied, and explained to' },
    },
  },
  reopened: { label: { zh: '曾经重新办理', en: 'It was reopened before' } },
  mayReopen: { label: { zh: '还可以要求重新办理', en: 'It may still be reopened' } },
  kind: {
    label: { zh: '信访事项类型', en: 'Kind of letter' },
    values: {
      claim: { zh: '申诉求决', en: 'Claim' },
      suggestion: { zh: '建议意见', en: 'Suggestion' },
      accusation: { zh: '检举控告', en: 'Accusation' },
    },
  },
};

export const YES_NO: Readonly<Record<string, Label>> = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } };
