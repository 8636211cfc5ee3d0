import type { WallView } from '@tongxin/domain/wall/view.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const number = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 1 });

/** What was done today, each against what is usual, and what people say of the answers. */
export const Tiles = ({ view: { flow, satisfaction } }: { view: WallView }) => {
  const { t } = useWords('wall');
  const { satisfied, basicallySatisfied, dissatisfied, days, rate } = satisfaction;
  return (
    <section className="wall-tiles" aria-label={t('wall.today')}>
      {flow.steps.map(({ step, today, usual }) => (
        <div key={step} className="wall-tile">
          <h2>{t(`wall.step.${step}`)}</h2>
          <p className="wall-number">{number(today)}</p>
          <p className="quiet">
            {usual ? t('wall.usual', { hour: flow.hours, today: number(usual.today), usual: number(usual.median) }) : t('wall.noUsual')}
          </p>
        </div>
      ))}
      <div className="wall-tile">
        <h2>
          {t('wall.satisfaction')} <span className="quiet">{t('wall.lastDays', { days })}</span>
        </h2>
        <p className="wall-number">{rate === undefined ? '–' : `${Math.round(rate * 100)}%`}</p>
        <p className="quiet">
          {rate === undefined
            ? t('wall.fewRatings')
            : t('wall.ratings', {
                days,
                content: number(satisfied + basicallySatisfied),
                all: number(satisfied + basicallySatisfied + dissatisfied),
              })}
        </p>
      </div>
    </section>
  );
};
