import { Link } from '@tanstack/react-router';
import type { Light } from '@tongxin/domain/case/view.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';
import { stageOfNumber } from '../../../lib/stage-names.ts';
import { useProcedures } from '../../../lib/stages.ts';

/** A case as its tile tells it. */
export interface SeenCase {
  readonly id: string;
  readonly number: string;
  readonly stage: string;
  readonly light: Light;
}

const MOST = 50;

/** The cases in sight, one by one: what the points say, for keyboard and screen reader. */
export const InSight = ({ cases, chosen }: { cases: readonly SeenCase[]; chosen: string | undefined }) => {
  const { t, l } = useWords();
  const procedures = useProcedures();
  const stageOf = ({ number, stage }: SeenCase): string => {
    const label = stageOfNumber(procedures, number, stage);
    return label ? l(label) : '';
  };
  if (cases.length === 0) return null;
  const order = [...cases].sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen) || (a.number < b.number ? 1 : -1));
  return (
    <section className="card" aria-labelledby="in-sight">
      <h2 id="in-sight">{t('onemap.inSight', { n: cases.length })}</h2>
      <ul className="cards">
        {order.slice(0, MOST).map((one) => (
          <li key={one.id} {...(one.id === chosen ? { 'aria-current': true } : {})}>
            <Link to="/cases/$id" params={{ id: one.id }}>
              {one.number}
            </Link>{' '}
            <LightMark light={one.light} /> <span className="quiet">{stageOf(one)}</span>
          </li>
        ))}
      </ul>
      {cases.length > MOST ? <p className="quiet">{t('onemap.inSightMore', { n: cases.length - MOST })}</p> : null}
    </section>
  );
};
