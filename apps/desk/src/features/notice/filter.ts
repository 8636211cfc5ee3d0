import type { NoticeView } from '@tongxin/client/shapes.ts';
import { localDate } from '@tongxin/ui/time.ts';

/** What the list says together: everything of one case on one day. */
export interface NoticeGroup {
  readonly key: string;
  readonly caseId?: string;
  readonly notices: readonly NoticeView[];
}
export interface NoticeDay {
  readonly day: string;
  readonly groups: readonly NoticeGroup[];
}

/** Notices by day and, within it, by case; days and cases in the order of their latest notice. What is of no case stands alone. */
export const byDayAndCase = (notices: readonly NoticeView[]): NoticeDay[] => {
  const days = new Map<string, Map<string, NoticeView[]>>();
  for (const notice of notices) {
    const day = localDate(Date.parse(notice.toldAt));
    const cases = days.get(day) ?? new Map<string, NoticeView[]>();
    const key = notice.caseId ?? notice.id;
    cases.set(key, [...(cases.get(key) ?? []), notice]);
    days.set(day, cases);
  }
  return [...days].map(([day, cases]) => ({
    day,
    groups: [...cases].map(([key, of]) => ({ key, notices: of, ...(of[0]?.caseId ? { caseId: of[0].caseId } : {}) })),
  }));
};
