import { type Told, WAYS } from '@tongxin/domain/dispute/way/data.ts';
import { formatMonth } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const ASKED = ['fits', 'costs', 'takes', 'binds'] as const;

/** A sentence with the article it rests on. */
const Sentence = ({ words, source }: Told) => {
  const { l } = useWords();
  return (
    <dd>
      {l(words)}
      {source ? (
        <>
          <br />
          <small>{source}</small>
        </>
      ) : null}
    </dd>
  );
};

/** Every way there is, with what it costs, how long it takes and whether it binds: the choice is the person's. */
export const Ways = () => {
  const { t, l, language } = useWords();
  return (
    <section>
      <h2>{t('ways.title')}</h2>
      <p class="hint">{t('ways.hint')}</p>
      {WAYS.ways.map(({ id, label, ...way }) => (
        <details key={id}>
          <summary>{l(label)}</summary>
          <dl>
            {ASKED.map((what) => (
              <div key={what}>
                <dt>{t(`ways.${what}`)}</dt>
                <Sentence {...way[what]} />
              </div>
            ))}
          </dl>
        </details>
      ))}
      <p class="hint">{t('ways.asOf', { day: formatMonth(`${WAYS.asOf}T04:00:00.000Z`, language) })}</p>
    </section>
  );
};
