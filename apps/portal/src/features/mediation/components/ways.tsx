import { useWords } from '../../../lib/i18n/i18n.tsx';

const WAYS = ['mediation', 'labour', 'land', 'ruling', 'review', 'suit', 'aid'] as const;
const ASKED = ['for', 'costs', 'takes', 'binds'] as const;

/** Every way there is, with what it costs, how long it takes and whether it binds: the choice is the person's. */
export const Ways = () => {
  const { t } = useWords();
  return (
    <section>
      <h2>{t('ways.title')}</h2>
      <p class="hint">{t('ways.hint')}</p>
      {WAYS.map((way) => (
        <details key={way}>
          <summary>{t(`ways.${way}`)}</summary>
          <dl>
            {ASKED.map((what) => (
              <div key={what}>
                <dt>{t(`ways.${what}`)}</dt>
                <dd>{t(`ways.${way}.${what}`)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  );
};
