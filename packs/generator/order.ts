import type { Actor, Channel } from '@tongxin/domain/case/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { PlannedStep } from '@tongxin/domain/pack/schema.ts';
import { ACCEPTED_OPINION, ANSWERS, OBJECTIONS, RESULTS, REWORKS, THANKS } from '../zhongshan/words.ts';
import type { Cast } from './cast.ts';
import type { Random } from './random.ts';
import { dayAt, inTyphoon, limitEnd, officeHoursLater, officeMoment } from './rhythm.ts';

export interface OrderBrief {
  readonly caseId: string;
  readonly at: number;
  readonly channel: Channel;
  readonly categoryId: string;
  readonly grade: string;
  readonly limit: Limit;
  /** Asked rather than reported, or praised: mostly answered at once. */
  readonly answerable?: 'question' | 'asked' | 'praise';
  readonly townId: string;
  /** Body that handles it, and one that does not. */
  readonly bodyId: string;
  readonly otherBodyId: string;
  readonly filer: Actor;
  readonly reachable: boolean;
  readonly callBackWanted: boolean;
  /** An open case about the same thing, when there is one. */
  readonly mainCaseId?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Share of dispatched orders that run over their limit; in the week of the typhoon everybody is out at once. */
const LATE = 0.06;
const LATE_IN_TYPHOON = 0.12;
/** Shares answered from the knowledge base without a body being asked. */
const ANSWERED = { question: 0.99, asked: 0.93, praise: 1 } as const;

/** Brings steps that would end after `until` into the time between `from` and it, in proportion; in office hours where these are kept. */
const squeeze = (steps: PlannedStep[], first: number, from: number, until: number, office: boolean): void => {
  const last = steps.at(-1)!.at;
  if (last <= until) return;
  let before = from;
  for (let i = first; i < steps.length; i++) {
    const step = steps[i]!;
    const sooner = Math.floor(from + ((step.at - from) * (until - from)) / (last - from));
    before = Math.max(before + 1000, office ? officeMoment(sooner) : sooner);
    steps[i] = { ...step, at: before };
  }
};

/** How an order goes: the acts of its people in time. What the clocks do on their own is not planned but follows from the rules. */
export const planOrder = (brief: OrderBrief, cast: Cast, random: Random): PlannedStep[] => {
  const steps: PlannedStep[] = [];
  const hotline = brief.channel === 'hotline';
  const urgent = brief.grade === 'A' || brief.grade === 'B';
  const nth = random.whole(0, 9);
  const centre = cast.bodyId(brief.townId, 'centre');
  const dispatcher = hotline ? cast.inArea(cast.cityId, 'hotline', 'dispatcher') : cast.inBody(centre, 'dispatcher', nth);
  const caller = hotline ? cast.inArea(cast.cityId, 'hotline', 'operator', nth) : dispatcher;
  const verifier = cast.inBody(centre, 'verifier', nth);
  const reporter = cast.reporter(brief.caseId);
  const [first] = brief.categoryId.split('.') as [string];
  let at = brief.at;

  const act = (action: string, actor: Actor, input: PlannedStep['input'] = {}, evidence?: PlannedStep['evidence']): void => {
    at += random.whole(1, 900);
    steps.push({ at, action, input, actor, ...(evidence ? { evidence } : {}) });
  };
  /** Some minutes when it is urgent or the desk never closes, else some hours of office time. */
  const wait = (minutes: number, officeHours: number, always = urgent): void => {
    at = always ? at + (0.3 + random.next()) * minutes * MINUTE : officeHoursLater(at, (0.2 + random.next()) * officeHours);
  };
  const satisfaction = (): string => ['satisfied', 'basicallySatisfied', 'dissatisfied'][random.weighted([0.72, 0.19, 0.09])]!;

  if (brief.channel === 'patrol' && random.chance(0.62)) {
    at += random.whole(2, 25) * MINUTE;
    if (random.chance(0.8)) act('settleOnSpot', brief.filer, { result: random.pick(RESULTS[first]!) }, 'photo');
    else act('fileForRecord', brief.filer, { note: '已纳入下年度计划，先行报备。' });
    return steps;
  }
  if (brief.answerable && random.chance(ANSWERED[brief.answerable])) {
    wait(12, 1.5, hotline);
    act('answerDirectly', caller, { reply: random.pick(brief.answerable === 'praise' ? THANKS : ANSWERS) });
    if (brief.reachable && random.chance(0.3)) {
      at += random.whole(1, 40) * HOUR;
      act('rate', reporter, { satisfaction: satisfaction() });
    }
    return steps;
  }
  if (brief.reachable && random.chance(0.012)) {
    at += random.whole(1, 5) * HOUR;
    act('withdraw', reporter, { reason: '已经解决了，不用处理了。' });
    return steps;
  }
  wait(20, 1.2, hotline || urgent);
  if (random.chance(0.012)) {
    act('decline', caller, {
      ground: random.pick(['statutoryWay', 'sameDemand', 'beyondDuty']),
      reason: '该事项应通过其他法定途径解决，办法已告知。',
    });
    return steps;
  }
  act('accept', caller);
  if (brief.mainCaseId) {
    wait(30, 1, true);
    act('merge', dispatcher, { mainCaseId: brief.mainCaseId, reason: '与此前反映的为同一问题。' });
    return steps;
  }

  /** One body's turn from dispatch to the answer: within the limit that began with the step before, unless it slips. */
  const round = (again: boolean): void => {
    const from = at;
    const begun = steps.length;
    let limited = limitEnd(from, brief.limit);
    let held = false;
    const late = random.chance(inTyphoon(from) ? LATE_IN_TYPHOON : LATE);
    wait(15, 0.8, hotline || urgent);
    const objects = !again && random.chance(0.05);
    const right = brief.bodyId;
    act('dispatch', dispatcher, { organizationId: objects ? brief.otherBodyId : right, opinion: random.pick(ACCEPTED_OPINION) });
    if (objects) {
      at = urgent ? at + random.whole(10, 40) * MINUTE : officeHoursLater(at, random.next() * 3);
      act('objectToDispatch', cast.inBody(brief.otherBodyId, 'handler', nth), {
        reason: random.pick(OBJECTIONS),
        clause: `基本第${random.whole(1, 60)}项`,
      });
      wait(30, 3);
      if (random.chance(0.75)) {
        act('approveObjection', dispatcher, { reason: '异议成立，重新派单。' });
        wait(10, 0.5);
        act('dispatch', dispatcher, { organizationId: right, opinion: random.pick(ACCEPTED_OPINION) });
      } else act('designate', dispatcher, { organizationId: right, reason: '按派单目录确定承办单位。' });
    }
    const handler = cast.inBody(right, 'handler', nth);
    const sent = at;
    wait(20, 2.5);
    // Over nights before days off whoever is on duty takes it.
    if (at - sent > 20 * HOUR) at = sent + (2 + random.next() * 14) * HOUR;
    act('acknowledge', handler);
    const started = at;
    if (brief.reachable || brief.channel === 'patrol') {
      // The telephone is picked up soon after the order is; now and then it waits for the next day.
      if (random.chance(0.02)) wait(20, 12, false);
      else wait(25, 0, true);
      act('firstContact', handler, {
        means: random.pick(['telephone', 'telephone', 'visit']),
        outcome: random.chance(0.9) ? 'reached' : 'unanswered',
      });
    }
    const { amount, unit } = brief.limit;
    const share = 0.1 + random.next() * 0.5;
    let done =
      unit === 'hour' ? started + amount * share * HOUR : officeHoursLater(started, amount * (unit === 'workingDay' ? 7.5 : 1) * share);
    if (late) {
      const over = random.next() ** 2;
      done = unit === 'hour' ? limited + (0.1 + over) * Math.max(3, amount) * HOUR : officeHoursLater(limited, 1 + over * 20);
    }
    if (unit === 'workingDay' && amount >= 5 && random.chance(0.04)) {
      at = Math.max(at, officeHoursLater(started, amount * 3.5));
      act('requestExtension', handler, { asked: { amount: 3, unit: 'workingDay' }, reason: '需要采购配件并安排施工。' });
      wait(60, 3, false);
      act('approveExtension', dispatcher, { granted: { amount: 3, unit: 'workingDay' }, reason: '因需采购配件，办理时间延长三个工作日。' });
      limited = limitEnd(limited, { amount: 3, unit: 'workingDay' });
      done = officeHoursLater(done, 15);
    } else if (unit === 'workingDay' && random.chance(0.003)) {
      held = true;
      wait(60, 4, false);
      act('hold', dispatcher, {
        targetDate: dayAt(at + random.whole(40, 150) * 24 * HOUR),
        ground: 'budget',
        measures: '已设置警示标志，列入下季度维修计划。',
      });
      at = officeMoment(at + random.whole(25, 70) * 24 * HOUR);
      act('release', handler, { reason: '资金已落实，恢复办理。' });
      done = officeHoursLater(at, 12);
    } else if (late && random.chance(0.25)) {
      at = Math.max(at, officeMoment(done));
      act('supervise', cast.inBody(centre, 'supervisor'), {
        orderNumber: `督〔${dayAt(at).slice(0, 4)}〕${random.whole(1, 999)}号`,
        demand: '请立即办理并书面说明超期原因。',
      });
      wait(60, 5, false);
      act('answerSupervision', cast.inBody(right, 'bodyHead'), { report: '已调配力量，当日办结。' });
      done = at + random.whole(1, 5) * HOUR;
    } else if (late && brief.reachable && random.chance(0.3)) {
      at = Math.max(at, done);
      act('urge', reporter, { note: '什么时候能处理？' });
    } else if (random.chance(0.02)) {
      wait(60, 2, false);
      act('instruct', cast.inArea(brief.townId, 'government', 'leader'), { instruction: '请认真办理，举一反三。' });
    }
    at = Math.max(at, urgent ? done : officeMoment(done));
    act('resolve', handler, { reply: random.pick(RESULTS[first]!) }, 'photo');
    if (random.chance(0.06)) {
      wait(30, 3);
      act('rework', verifier, { method: 'onSite', reason: random.pick(REWORKS) });
      at = urgent ? at + random.whole(30, 150) * MINUTE : officeHoursLater(at, 2 + random.next() * 8);
      act('resolve', handler, { reply: random.pick(RESULTS[first]!) }, 'photo');
    }
    wait(25, 3);
    act('verifyPass', verifier, { method: ['onSite', 'picture', 'telephone', 'sampling'][random.weighted([0.2, 0.55, 0.2, 0.05])]! });
    wait(10, 1);
    const result = random.pick(RESULTS[first]!);
    if (!brief.reachable) act('closeAnonymous', dispatcher, { reply: result });
    else act('answer', caller, { reply: `${again ? '再次办理情况' : '您反映的问题已办理'}：${result}` });
    if (!late && !held) squeeze(steps, begun, from, from + (limited - from) * (0.7 + random.next() * 0.25), !urgent);
    at = steps.at(-1)!.at;
  };

  round(false);
  if (!brief.reachable) return steps;
  if (!brief.callBackWanted) {
    wait(600, 6, false);
    if (random.chance(0.3)) act('rate', reporter, { satisfaction: 'satisfied' });
    act('close', dispatcher);
    return steps;
  }
  const rated = random.chance(0.35);
  for (let tries = 0; !rated && tries < 3 && random.chance(0.22); tries++) {
    wait(300, 5, false);
    act('callBackUnanswered', caller);
    if (tries === 2) {
      wait(60, 2, false);
      act('close', dispatcher);
      return steps;
    }
  }
  wait(600, 8, false);
  const opinion = satisfaction();
  if (rated) act('rate', reporter, { satisfaction: opinion });
  else act('callBackReached', caller, { solved: opinion === 'dissatisfied' ? 'no' : 'yes', satisfaction: opinion });
  if (opinion === 'dissatisfied') {
    wait(600, 4, false);
    if (random.chance(0.6)) act('explain', caller, { explanation: '已向您说明办理依据和后续安排。' });
    else {
      act('reopen', caller, { reason: '诉求人表示问题没有解决，重新办理。' });
      round(true);
      wait(600, 6, false);
      act('callBackReached', caller, { solved: 'yes', satisfaction: 'satisfied' });
    }
  }
  wait(120, 3, false);
  act('close', dispatcher);
  return steps;
};
