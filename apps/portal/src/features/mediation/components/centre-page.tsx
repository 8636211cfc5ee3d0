import type { CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import { formatEntered, formatTime } from '@tongxin/ui/time.ts';
import type { ComponentChildren } from 'preact';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { getCentre } from '../queries.ts';

/** Days people waited, as far as that may be told: of few it tells nothing. */
const Waiting = ({ waiting }: Pick<CentreView, 'waiting'>) => {
  const { t, language } = useWords();
  const said = (days: number | undefined): string =>
    days === undefined ? t('centre.tooFew') : days === 0 ? t('centre.sameDay') : t('centre.days', { n: days });
  return (
    <section>
      <h2>{t('centre.waiting')}</h2>
      {waiting ? (
        <>
          <dl>
            <div>
              <dt>{t('centre.takenUp')}</dt>
              <dd>{said(waiting.takenUp)}</dd>
            </div>
            <div>
              <dt>{t('centre.met')}</dt>
              <dd>{said(waiting.met)}</dd>
            </div>
          </dl>
          <p class="hint">
            {t('centre.period', { from: formatEntered(waiting.from, language), until: formatEntered(waiting.until, language) })}
          </p>
        </>
      ) : (
        <p>{t('centre.notYet')}</p>
      )}
    </section>
  );
};

/** One centre: where, when, who is there today by post, what it takes, how long people waited, and the way in. */
export const CentrePage = ({ id }: { id: string }) => {
  const { t, l, language, list } = useWords();
  const { loaded, reload } = useLoad((signal) => getCentre(id, signal), [id, language]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const { label, areaLabel, tier, address, telephone, hours, kinds, duty, waiting } = loaded.data;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('centre.address'), address],
    [t('centre.telephone'), telephone ? <a href={`tel:${telephone}`}>{telephone}</a> : undefined],
    [t('centre.hours'), hours],
    [t('centre.kinds'), kinds.length ? list(kinds.map((kind) => t(`mediate.kind.${kind}`))) : t('centre.allKinds')],
  ];
  return (
    <>
      <p>
        <Link to="/centres">‹ {t('centre.title')}</Link>
      </p>
      <h1 tabIndex={-1}>{l(label)}</h1>
      <p>
        {t(`centre.tier.${tier}`)}
        {areaLabel ? ` · ${l(areaLabel)}` : ''}
      </p>
      <dl>
        {facts.map(([term, words]) =>
          words ? (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <p class="row">
        <Link to="/mediate" class="button primary">
          {t('mediate.title')}
        </Link>
        <Link to="/reception" class="button">
          {t('reception.book')}
        </Link>
      </p>
      <section>
        <h2>{t('centre.duty')}</h2>
        {duty.length ? (
          <ul class="list">
            {duty.map(({ post, from, to }) => (
              <li key={`${from}${post.zh}`}>
                {l(post)} · {formatTime(from, language)}–{formatTime(to, language)}
              </li>
            ))}
          </ul>
        ) : (
          <p>{t('centre.noDuty')}</p>
        )}
      </section>
      <Waiting waiting={waiting} />
    </>
  );
};
