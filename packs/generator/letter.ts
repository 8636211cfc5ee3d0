import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { PlannedStep } from '@tongxin/domain/pack/schema.ts';
import type { Cast } from './cast.ts';
import type { Random } from './random.ts';
import { dayAt, officeHoursLater, officeMoment } from './rhythm.ts';

export interface LetterBrief {
  readonly caseId: string;
  readonly at: number;
  readonly townId: string;
}

const DAY = 86_400_000;

/** How a letter goes under the statutory limits: days and weeks rather than hours. */
export const planLetter = (brief: LetterBrief, cast: Cast, random: Random): PlannedStep[] => {
  const steps: PlannedStep[] = [];
  const nth = random.whole(0, 9);
  const office = cast.inArea(brief.townId, 'letters', 'letterOfficer', nth);
  let at = brief.at;
  const act = (action: string, actor: Actor, input: PlannedStep['input'] = {}, evidence?: PlannedStep['evidence']): void => {
    at = officeMoment(at) + random.whole(60_000, 1_500_000);
    steps.push({ at, action, input, actor, ...(evidence ? { evidence } : {}) });
  };
  const days = (from: number, to: number): void => {
    at += (from + random.next() * (to - from)) * DAY;
  };
  const year = (): string => dayAt(at).slice(0, 4);

  at = officeHoursLater(at, random.next() * 6);
  const kind = ['claim', 'suggestion', 'accusation'][random.weighted([0.74, 0.2, 0.06])]!;
  act('register', office, { kind, summary: '来信反映事项已登记。' });
  if (kind !== 'claim') {
    days(3, 12);
    act('replySuggestion', office, { reply: '您的来信收悉，意见已转有关单位研究采纳，感谢您对工作的支持。' });
    return steps;
  }
  days(0.5, 8);
  if (random.chance(0.05)) {
    act('direct', office, { route: 'judicial', advice: '该事项属于诉讼途径，请向有管辖权的人民法院提出。' });
    return steps;
  }
  const referred = random.chance(0.12);
  const lead = referred ? cast.inArea(cast.cityId, 'letters', 'letterOfficer', nth) : office;
  const head = cast.inBody(lead.posts[0]!.organizationId, 'bodyHead');
  if (referred) {
    act('refer', office, { organizationId: lead.posts[0]!.organizationId, opinion: '请按权限受理。' });
    days(1, 6);
    act('accept', lead, { noticeNumber: `受告〔${year()}〕${random.whole(1, 400)}号`, notice: '您的信访事项已受理，将在六十日内办结。' });
  } else
    act('acceptHere', lead, {
      noticeNumber: `受告〔${year()}〕${random.whole(1, 400)}号`,
      notice: '您的信访事项已受理，将在六十日内办结。',
    });
  const accepted = at;
  days(3, 15);
  act('investigate', lead, { means: random.pick(['interview', 'visit', 'inquiry']), findings: '已听取陈述并到现场了解情况。' });
  const extended = random.chance(0.14);
  if (extended) {
    at = accepted + (48 + random.next() * 8) * DAY;
    act('requestExtension', lead, { asked: { amount: 30, unit: 'day' }, reason: '需要委托专业机构检测。' });
    days(0.5, 2);
    act('approveExtension', head, {
      granted: { amount: 30, unit: 'day' },
      noticeNumber: `延告〔${year()}〕${random.whole(1, 90)}号`,
      reason: '因需专业检测，办理期限延长三十日。',
    });
  }
  at = accepted + (extended ? 62 + random.next() * 24 : 18 + random.next() * (random.chance(0.05) ? 55 : 38)) * DAY;
  const outcome = ['supported', 'explained', 'refused'][random.weighted([0.45, 0.35, 0.2])]!;
  act(
    'issueOpinion',
    lead,
    {
      opinionNumber: `处意〔${year()}〕${random.whole(1, 400)}号`,
      outcome,
      claim: '信访人提出的诉求见来信。',
      facts: '经调查，反映的情况部分属实。',
      opinion: outcome === 'refused' ? '依据现行规定，对该诉求不予支持。' : '对合理部分予以支持，其余已作解释说明。',
    },
    'document',
  );
  days(0.5, 5);
  const serve = (action: string, actor: Actor): void => {
    at = officeMoment(at);
    act(action, actor, { servedOn: dayAt(at), means: random.pick(['inPerson', 'inPerson', 'post']) }, 'document');
  };
  serve('recordService', lead);
  if (outcome !== 'refused' && random.chance(0.25)) {
    days(1, 20);
    act('acceptOpinion', cast.reporter(brief.caseId));
    return steps;
  }
  if (!random.chance(outcome === 'refused' ? 0.4 : 0.08)) return steps;
  days(4, 24);
  act('requestReview', office, { grounds: '不认可处理意见，请求复查。' });
  days(0.5, 3);
  const reviewBody = cast.bodyId(cast.cityId, 'review');
  const reviewer = cast.inBody(reviewBody, 'letterReviewer');
  act('passToReview', office, { organizationId: reviewBody });
  days(10, 22);
  const changed = random.chance(0.2);
  act(
    'issueReview',
    reviewer,
    {
      opinionNumber: `复查〔${year()}〕${random.whole(1, 60)}号`,
      outcome: changed ? 'changed' : 'upheld',
      opinion: changed ? '对原处理意见部分变更。' : '原处理意见事实清楚，予以维持。',
    },
    'document',
  );
  days(0.5, 4);
  serve('recordReviewService', reviewer);
  return steps;
};
