import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { waitingPeriod } from '@tongxin/domain/dispute/centre/rules.ts';
import type { CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import type { Shift } from '@tongxin/domain/roster/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { CentreRow, ToldWaiting } from './repo.ts';

const TIERS = ['district', 'town', 'community'] as const;

interface Found {
  readonly told: CentreRow | undefined;
  readonly waiting: ToldWaiting | undefined;
  readonly shifts: readonly Pick<Shift, 'postId' | 'startsAt' | 'endsAt'>[];
}

/** A centre for everybody: posts, never persons; and of waiting only what belongs to the last period that is over. */
export const presentCentre = (deps: Deps, id: string, { told, waiting, shifts }: Found): CentreView | undefined => {
  const body = deps.directory.organization(id);
  if (!body || body.isClosed) return undefined;
  const area = deps.directory.area(body.areaId);
  const period = waitingPeriod(instantToLocalDate(deps.clock.now().toISOString()));
  return {
    id,
    label: body.label,
    ...(area ? { areaLabel: area.label } : {}),
    tier: TIERS.find((tier) => tier === area?.kind) ?? 'other',
    ...(told ? { address: told.address, hours: told.hours } : {}),
    ...(told?.telephone ? { telephone: told.telephone } : {}),
    kinds: (told?.kinds ?? []) as CentreView['kinds'],
    duty: shifts.flatMap(({ postId, startsAt, endsAt }) => {
      const post = deps.directory.post(postId);
      return post ? [{ post: post.label, from: startsAt, to: endsAt }] : [];
    }),
    ...(waiting?.until === period.until
      ? {
          waiting: {
            ...period,
            ...(waiting.taken_up === null ? {} : { takenUp: waiting.taken_up }),
            ...(waiting.met === null ? {} : { met: waiting.met }),
          },
        }
      : {}),
  };
};
