import { formatEntered } from '@tongxin/ui/time.ts';
import { useWords } from './i18n/i18n.tsx';

/** `YYYY-MM-DD` so many days later. */
export const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Span {
  readonly from: string;
  /** The first day that does not count any more. */
  readonly to?: string | undefined;
}

/** From which day something holds, and the last day that counts: `from 1 Oct 2026`, `1 Oct 2026 – 7 Oct 2026`. */
export const useDays = (): ((span: Span) => string) => {
  const { t, language } = useWords('administration');
  return ({ from, to }) => {
    const day = formatEntered(from, language);
    if (to === undefined) return t('admin.daysSince', { day });
    return to > plus(from, 1) ? t('admin.daysFromTo', { from: day, to: formatEntered(plus(to, -1), language) }) : day;
  };
};
