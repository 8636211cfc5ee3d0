import { choice, label, words } from '../../form/schema.ts';
import type { Action, Field, Guard } from '../../procedure/schema.ts';
import { door, ENDED, MEDIATORS, note, UNSIGNED, UNSIGNED_CLOCKS, ways } from '../sides/procedure.ts';

type Place = readonly [value: string, zh: string, en: string];
const POLICE: Place = ['police', '公安机关（110）', 'Police (110)'];
const CIVIL_AFFAIRS: Place = ['civilAffairs', '民政部门、儿童主任', 'Civil affairs'];

/** What ends it for danger says to the sides what every other end says, and nothing else. */
const stop = (form: readonly Field[]): Pick<Action, 'told' | 'from' | 'to' | 'duty' | 'by' | 'assign' | 'form' | 'clocks'> => ({
  told: ENDED,
  from: UNSIGNED,
  to: 'stopped',
  duty: 'handle',
  by: MEDIATORS,
  assign: { handler: 'actor' },
  form: [
    ...form,
    { ...ways, hint: label('各方都会看到：只写途径，不写危险', 'All sides read this: only the ways, nothing of the danger') },
  ],
  clocks: { stop: UNSIGNED_CLOCKS },
});

/** Nothing is agreed, written down or signed while somebody is in danger (反家庭暴力法 第十四条; 人民调解法 第二十五条). */
export const SAFE: Guard = { fact: 'danger', is: false };

/** 转介 when talking would do harm (人民调解法 第二十五条; 反家庭暴力法 第十四条). What the risk is stays with whoever mediates. */
export const safety: Record<string, Action> = {
  /**
   * What was answered about safety, each time. Taken by the module with the answers, and told to nobody: that there was danger would tell on whoever
   * is afraid. That it was asked stands on every record alike.
   */
  noteSafety: {
    label: label('问过安全情况', 'Safety was asked about'),
    from: UNSIGNED,
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    guard: SAFE,
    door,
  },
  noteDanger: {
    label: label('问到危险，暂停推进', 'Danger was told: nothing is pushed on'),
    from: UNSIGNED,
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    set: { danger: true },
    door,
  },
  liftDanger: {
    label: label('危险已经排除', 'It is safe again'),
    from: UNSIGNED,
    to: 'same',
    duty: 'progress',
    by: MEDIATORS,
    guard: { fact: 'danger', is: true },
    set: { danger: false },
    form: [words('why', label('为什么现在安全', 'Why it is safe now'))],
    door,
  },
  stopForSafety: {
    ...stop([
      choice('risk', label('危险', 'Danger'), [
        ['violence', '家庭暴力或者其他暴力', 'Violence'],
        ['life', '可能伤害自己或者他人', 'Harm to themselves or others'],
        ['crime', '可能涉及犯罪', 'A crime may be involved'],
      ]),
      choice('referredTo', label('转介到', 'Referred to'), [
        POLICE,
        ['womensFederation', '妇联（12338）', "Women's federation (12338)"],
        ['hospital', '医院或者心理援助热线（12356）', 'Hospital or helpline (12356)'],
        CIVIL_AFFAIRS,
        ['court', '人民法院（人身安全保护令）', 'Court (protection order)'],
      ]),
      note,
    ]),
    label: label('有危险，停止并转介', 'Danger: stop and refer'),
  },
  /** Whoever finds in their work that a child may be harmed reports it at once (未成年人保护法 第十一条): to whom, and what, is written down. */
  reportChild: {
    ...stop([
      choice('reportedTo', label('已报告', 'Reported to'), [POLICE, CIVIL_AFFAIRS]),
      words('reported', label('报告的时间、接报人和内容', 'When, to whom and what was reported')),
    ]),
    label: label('未成年人可能受到侵害，停止并报告', 'A child may be harmed: stop and report'),
  },
};
