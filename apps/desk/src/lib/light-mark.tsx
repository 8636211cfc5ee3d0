import type { Light } from '@tongxin/domain/case/view.ts';
import { LIGHTS } from '@tongxin/ui/light.ts';
import { formatShort, remaining } from '@tongxin/ui/time.ts';
import { useWords } from './i18n/i18n.tsx';

/** A clock's light: sign, words, and colour last. */
export const LightMark = ({ light }: { light: Light }) => {
  const { t } = useWords();
  const { sign, tone } = LIGHTS[light];
  return (
    <span className={`light ${tone}`}>
      <span aria-hidden="true">{sign}</span>
      {t(`light.${light}`)}
    </span>
  );
};

/** When something is due and how long that is away. */
export const DueText = ({ dueAt }: { dueAt: string }) => {
  const { t, language } = useWords();
  const left = remaining(dueAt, Date.now());
  return (
    <span>
      {formatShort(dueAt, language)}
      <span className="quiet"> {t(`due.${left.late ? 'late' : 'in'}.${left.unit}`, { n: left.amount })}</span>
    </span>
  );
};
