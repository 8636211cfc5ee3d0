import type { HandoverDraft } from '@tongxin/domain/handover/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface ShiftLineProps extends Pick<HandoverDraft, 'shift' | 'next'> {
  /** Facts that stand above them, in the same columns. */
  readonly children?: ReactNode;
}

/** The shift that ends and the one that comes, as the roster has them. */
export const ShiftLine = ({ shift, next, children }: ShiftLineProps) => {
  const { t, l, language } = useWords('handover');
  const words = (one: NonNullable<typeof shift>): string =>
    t('handover.shift', {
      kind: t(`handover.kind.${one.kind}`),
      from: formatShort(one.startsAt, language),
      to: formatShort(one.endsAt, language),
      post: one.postLabel ? l(one.postLabel) : '',
    });
  if (!shift && !next)
    return (
      <>
        {children ? <dl className="facts">{children}</dl> : null}
        <p className="quiet">{t('handover.noRoster')}</p>
      </>
    );
  return (
    <dl className="facts field">
      {children}
      <dt>{t('handover.ending')}</dt>
      <dd>{shift ? words(shift) : t('handover.noShift')}</dd>
      <dt>{t('handover.coming')}</dt>
      <dd>{next ? words(next) : t('handover.noShift')}</dd>
    </dl>
  );
};
