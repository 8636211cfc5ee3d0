import { dayOfDate, dayOfInstant, instantToLocalDate, isDate, isInstant } from '../calendar/rules.ts';
import type { Instant } from '../clock/schema.ts';
import type { NewHearing } from './schema.ts';

/** So many days lie at least between the announcement and the hearing: local practice for letters, the law for important decisions (第十六条). */
export const NOTICE_DAYS = 7;

export const numberOf = (no: number): string => String(no).padStart(4, '0');

/** What is wrong with the times and the seats of a hearing. */
export const hearingFault = (
  { startsAt, evidenceBy, seats }: Pick<NewHearing, 'startsAt' | 'evidenceBy' | 'seats'>,
  now: Instant,
): string | undefined => {
  if (!isInstant(startsAt) || !isDate(evidenceBy)) return 'fieldUnfit';
  if (dayOfInstant(startsAt) - dayOfInstant(now) < NOTICE_DAYS) return 'noticeTooShort';
  if (dayOfDate(evidenceBy) <= dayOfInstant(now) || evidenceBy >= instantToLocalDate(startsAt)) return 'evidenceDayUnfit';
  return seats % 2 === 0 ? 'seatsEven' : undefined;
};

/** The lot is drawn on a later day than the commitment was published. */
export const mayDraw = (announcedAt: Instant, now: Instant): boolean => dayOfInstant(now) > dayOfInstant(announcedAt);

/** So many panellists may be replaced: most of the panel stays as it was drawn. Beyond that the hearing is called off and held again. */
export const mostReplaced = (seats: number): number => Math.floor((seats - 1) / 2);
