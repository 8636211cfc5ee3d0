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

/** When something is due and, while its clock runs, how long that is away: what was answered in time is not late ever after. */
export const DueText = ({ dueAt, running }: { dueAt: string; running: boolean }) => {
  const { t, language } = useWords();
  const left = remaining(dueAt, Date.now());
  return (
    <>
      <div className="nowrap">{formatShort(dueAt, language)}</div>
      {running ? <div className="quiet nowrap">{t(`due.${left.late ? 'late' : 'in'}.${left.unit}`, { n: left.amount })}</div> : null}
    </>
  );
};
