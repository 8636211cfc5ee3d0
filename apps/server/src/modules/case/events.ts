import type { EventType } from '@tongxin/domain/case/schema.ts';
import type { RecordEntry } from '@tongxin/domain/case/view.ts';
import type { Rung } from '@tongxin/domain/clock/schema.ts';
import { sideLabel } from '@tongxin/domain/dispute/agreement/rules.ts';
import { MEDIATOR, SEAL, type Signature } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { FIRST_LOCAL_VERSION, isLocalVersion } from '@tongxin/domain/variant/schema.ts';

/** What a note tells its reporter, by the code that stands on it. Its words are the office's, and say less. */
export const NOTES_TOLD = {
  elsewhere: {
    zh: '已转矛盾纠纷调解，调解组织会与您联系；是否参加由您决定，随时可以退出',
    en: 'Passed on to mediation, which will be in touch; whether you take part is yours to decide, and you may leave at any time',
  },
} as const satisfies Readonly<Record<string, Label>>;

/** What staff read in the timeline for events that are not actions of the procedure. */
export const EVENT_LABELS = {
  'case.filed': { zh: '登记', en: 'Logged' },
  'case.imported': { zh: '导入', en: 'Imported' },
  'case.acted': { zh: '办理', en: 'Handled' },
  'case.takenOver': { zh: '接手办理', en: 'Taken over' },
  'case.placed': { zh: '属地调整', en: 'Area changed' },
  'case.migrated': { zh: '办理流程换版', en: 'Procedure version changed' },
  'clock.told': { zh: '时限提醒', en: 'Time limit reminder' },
  'clock.recomputed': { zh: '时限重算', en: 'Time limit recomputed' },
  'task.opened': { zh: '协办任务', en: 'Joint task opened' },
  'task.changed': { zh: '协办反馈', en: 'Joint task answered' },
  'note.added': { zh: '内部备注', en: 'Internal note' },
  'document.issued': { zh: '出具文书', en: 'Paper issued' },
  'document.signed': { zh: '签字文书归档', en: 'Signed paper filed' },
  'document.placed': { zh: '材料归入卷宗', en: 'Put into the case file' },
  'document.archived': { zh: '卷宗归档', en: 'Case file archived' },
  'document.read': { zh: '查阅卷宗', en: 'Case file opened' },
  'agreement.signed': { zh: '签署调解协议', en: 'Agreement signed' },
  'code.renewed': { zh: '补发查询码', en: 'Query code made anew' },
  'session.cancelled': { zh: '取消一次调解会面', en: 'Session called off' },
  'hearing.published': { zh: '公布听证结果', en: 'Result of the hearing published' },
  'case.handedOver': { zh: '工作交接', en: 'Handed over' },
  'content.erased': { zh: '内容已删除', en: 'Words erased' },
} as const satisfies Record<EventType, Label>;

const TOLD = {
  dueSoon: { zh: '临期提醒', en: 'due soon' },
  overdue: { zh: '已超期', en: 'overdue' },
  escalate: { zh: '逐级上报', en: 'passed upwards' },
} as const satisfies Record<Rung['kind'], Label>;

/** The line of a word that a ladder said: which limit, and what of it. */
export const toldLabel = (clock: Label, kind: Rung['kind']): Label => ({
  zh: `${clock.zh}：${TOLD[kind].zh}`,
  en: `${clock.en ?? clock.zh}: ${TOLD[kind].en}`,
});

/** The line of a case that stands in another area: which. */
export const placedLabel = (areas: readonly Label[]): Label => {
  const { zh, en } = EVENT_LABELS['case.placed'];
  if (areas.length === 0) return { zh: `${zh}：尚未定位`, en: `${en}: not placed` };
  return { zh: `${zh}：${areas.map((area) => area.zh).join(' · ')}`, en: `${en}: ${areas.map((area) => area.en ?? area.zh).join(' · ')}` };
};
/** The line of a case that goes on under another version of its procedure: which. */
export const migratedLabel = (to: unknown): Label => {
  const { zh, en } = EVENT_LABELS['case.migrated'];
  const version = Number(to);
  const n = isLocalVersion(version) ? version - FIRST_LOCAL_VERSION + 1 : version;
  return isLocalVersion(version)
    ? { zh: `${zh}：本地第 ${n} 版`, en: `${en}: local version ${n}` }
    : { zh: `${zh}：第 ${n} 版`, en: `${en}: version ${n}` };
};
const SIGNED_BY: Readonly<Record<string, Label>> = {
  [MEDIATOR]: { zh: '人民调解员', en: 'Mediator' },
  [SEAL]: { zh: '委员会盖章', en: 'Seal of the committee' },
};
const SIGNED_HOW = {
  paper: { zh: '纸面', en: 'On paper' },
  screen: { zh: '屏幕', en: 'On screen' },
  code: { zh: '屏幕，手机验证码', en: 'On screen, with a code to their telephone' },
  account: { zh: '屏幕，本人账户', en: 'On screen, with their account' },
} as const satisfies Record<Signature['way'] | NonNullable<Signature['provedBy']>, Label>;
const SIGNED = {
  signer: { zh: '签名人', en: 'Signed by' },
  way: { zh: '方式', en: 'How' },
  digest: { zh: '协议文本校验值', en: 'Digest of the text' },
} as const satisfies Record<string, Label>;

/** The line of a signature: whose, how it was given, and under which words. `sides`: in the order they were written down. */
export const signedAnswers = (codes: Readonly<Record<string, unknown>> = {}, sides: readonly string[]): RecordEntry['answers'] => {
  const signer = String(codes.signer);
  const how = String(codes.provedBy ?? codes.way);
  const index = sides.indexOf(signer);
  const whose = index === -1 ? SIGNED_BY[signer] : sideLabel(index);
  return [
    { id: 'signer', label: SIGNED.signer, value: signer, valueLabel: whose ?? { zh: '–' } },
    { id: 'way', label: SIGNED.way, value: how, valueLabel: SIGNED_HOW[how as keyof typeof SIGNED_HOW] ?? SIGNED_HOW.screen },
    { id: 'digest', label: SIGNED.digest, value: String(codes.digest) },
  ];
};

/** Who goes on with the work: a post, or a body. */
export const HANDED_TO: Label = { zh: '接手', en: 'Taken over by' };

/** What the reporters of merged cases hear when another of them has the matter reopened. */
export const AGAIN: Label = { zh: '该事项已重新办理', en: 'The matter is being dealt with again' };

/** Events besides actions that the reporter is told of. */
export const FILING_LABELS = {
  'case.filed': { zh: '您的诉求已登记', en: 'Your report was received' },
  'case.imported': { zh: '您的诉求已登记', en: 'Your report was received' },
  'content.erased': { zh: '应您的请求，部分内容已删除', en: 'Some words were erased on request' },
} as const satisfies Partial<Record<EventType, Label>>;

/** Of a confided case: both sides read it, and neither reported it, nor asked for what went. */
export const CONFIDED_LABELS = {
  'case.filed': { zh: '已登记', en: 'Registered' },
  'content.erased': { zh: '部分内容已依法删除', en: 'Some words were erased as the law provides' },
} as const satisfies Partial<Record<EventType, Label>>;

export const PEOPLE = {
  system: { zh: '系统', en: 'System' },
  service: { zh: '系统服务', en: 'Service' },
  reporter: { zh: '诉求人', en: 'Reporter' },
  party: { zh: '当事人', en: 'Party' },
} as const satisfies Record<string, Label>;
