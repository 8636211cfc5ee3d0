import type { Coarse, WallView } from '@tongxin/domain/wall/view.ts';
import { LIGHTS } from '@tongxin/ui/light.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const number = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 1 });

/** A number, or that there are too few to be told exactly. */
export const useCoarse = (): ((n: Coarse) => string) => {
  const { t } = useWords('wall');
  return (n) => (n === 'few' ? t('wall.few') : number(n));
};

const Panel = ({ name, title, hint, children }: { name: string; title: string; hint?: string; children: ReactNode }) => (
  <section className={`wall-panel wall-${name}`} aria-labelledby={`wall-${name}`}>
    <h2 id={`wall-${name}`}>
      {title} {hint ? <span className="quiet">{hint}</span> : null}
    </h2>
    {children}
  </section>
);

const SHOWN = { onTime: 'green', dueSoon: 'amber', overdue: 'red', other: 'paused' } as const;
const ORDER = ['overdue', 'dueSoon', 'onTime', 'other'] as const;

/** Open cases by light: a sign and a word for each, its colour last. */
export const Lights = ({ lights }: Pick<WallView, 'lights'>) => {
  const { t } = useWords('wall');
  const all = Math.max(1, ...Object.values(lights));
  const total = Object.values(lights).reduce((a, b) => a + b, 0);
  return (
    <Panel name="lights" title={t('wall.lights')} hint={t('wall.open', { n: number(total) })}>
      <ul>
        {ORDER.map((light) => (
          <li key={light} className={`wall-light ${LIGHTS[SHOWN[light]].tone}`}>
            <span aria-hidden="true">{LIGHTS[SHOWN[light]].sign}</span>
            <span>{t(`wall.light.${light}`)}</span>
            <span className="wall-bar" aria-hidden="true">
              <span style={{ width: `${(100 * lights[light]) / all}%` }} />
            </span>
            <strong>{number(lights[light])}</strong>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** Categories of which more came than usual. */
export const Rising = ({ rising }: Pick<WallView, 'rising'>) => {
  const { t, l } = useWords('wall');
  return (
    <Panel name="rising" title={t('wall.rising')} hint={t('wall.risingHint')}>
      {rising.length ? (
        <ol>
          {rising.map((one) => (
            <li key={one.id}>
              <span className="wall-name">{l(one.label)}</span>
              <strong>{number(one.n)}</strong>
              <span className="quiet">{t('wall.usually', { n: number(one.usual) })}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p>{t('wall.noRising')}</p>
      )}
    </Panel>
  );
};

/** Bodies whose oldest open case waits longest. Bodies, never people. */
export const Waiting = ({ waiting }: Pick<WallView, 'waiting'>) => {
  const { t, l } = useWords('wall');
  const coarse = useCoarse();
  return (
    <Panel name="waiting" title={t('wall.waiting')} hint={t('wall.waitingHint')}>
      {waiting.length ? (
        <ol>
          {waiting.map((one) => (
            <li key={one.id}>
              <span className="wall-name">{l(one.label)}</span>
              <strong>{one.days === 1 ? t('wall.oneDay') : t('wall.days', { n: number(one.days) })}</strong>
              <span className="quiet">{t('wall.ofBody', { n: coarse(one.open) })}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p>{t('wall.noWaiting')}</p>
      )}
    </Panel>
  );
};
