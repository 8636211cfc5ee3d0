import { DAY_MS, dayOfMs, instantOfMs, MINUTE_MS, msOfDay } from '../../calendar/rules.ts';
import type { Instant } from '../../clock/schema.ts';
import type { NoticeSettings } from '../schema.ts';

/** A time on duty of the person told, from its start up to but not including its end. */
export interface OwnShift {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

const HOUR_MS = 60 * MINUTE_MS;
const minuteOf = (ms: number): number => Math.floor((ms - msOfDay(dayOfMs(ms))) / MINUTE_MS);
const isQuiet = ({ quiet }: NoticeSettings, ms: number): boolean => {
  if (!quiet) return false;
  const minute = minuteOf(ms);
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
};

/** The first instant strictly after `ms` that is so many minutes into a day of Shanghai. */
const nextMinuteOfDay = (ms: number, minute: number): number => {
  const today = msOfDay(dayOfMs(ms)) + minute * MINUTE_MS;
  return today > ms ? today : today + DAY_MS;
};

const afterQuiet = (settings: NoticeSettings, ms: number): number => (isQuiet(settings, ms) ? nextMinuteOfDay(ms, settings.quiet!.to) : ms);

const nextDigest = (settings: NoticeSettings, ms: number, shifts: readonly OwnShift[]): number => {
  switch (settings.digest) {
    case 'off':
      return ms;
    case 'hourly':
      return (Math.floor(ms / HOUR_MS) + 1) * HOUR_MS;
    case 'daily':
      return nextMinuteOfDay(ms, settings.digestAt);
    case 'shift': {
      // On duty one is there to be told.
      if (shifts.some((shift) => Date.parse(shift.startsAt) <= ms && ms < Date.parse(shift.endsAt))) return ms;
      const starts = shifts.map((shift) => Date.parse(shift.startsAt)).filter((start) => start > ms);
      return starts.length ? Math.min(...starts) : nextMinuteOfDay(ms, settings.digestAt);
    }
    default:
      return settings.digest satisfies never;
  }
};

/**
 * When a person is told: `now` itself for at once, a later instant for waiting, undefined where the person does not want this kind. Whoever
 * begins a shift is awake: its digest comes at its start also in quiet hours; every other one waits for their end.
 */
export const tellAt = (
  settings: NoticeSettings,
  notice: { readonly kind: string; readonly urgent: boolean },
  now: Instant,
  shifts: readonly OwnShift[] = [],
): Instant | undefined => {
  if ((settings.muted as readonly string[]).includes(notice.kind)) return undefined;
  if (notice.urgent && settings.urgentPasses) return now;
  const at = nextDigest(settings, Date.parse(now), shifts);
  const onShift = shifts.some((shift) => Date.parse(shift.startsAt) <= at && at < Date.parse(shift.endsAt));
  return instantOfMs(settings.digest === 'shift' && onShift ? at : afterQuiet(settings, at));
};

/** What a digest says of the notices it stands for. */
export interface Summary {
  readonly n: number;
  readonly cases: number;
  readonly urgent: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly from: Instant;
  readonly to: Instant;
}

export const summarise = (
  notices: readonly { readonly kind: string; readonly caseId: string | null; readonly urgent: boolean; readonly at: Instant }[],
): Summary => {
  const kinds: Record<string, number> = {};
  for (const { kind } of notices) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const times = notices.map(({ at }) => at).sort();
  return {
    n: notices.length,
    cases: new Set(notices.map(({ caseId }) => caseId).filter((id) => id !== null)).size,
    urgent: notices.filter(({ urgent }) => urgent).length,
    kinds,
    from: times[0] ?? '',
    to: times.at(-1) ?? '',
  };
};
