import { verifyLot } from '@tongxin/domain/hearing/lot/rules.ts';
import type { PublicHearing } from '@tongxin/domain/hearing/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { findHearing } from '../queries.ts';

/** The lot done again on this device, with nothing but what was published before and after. */
const Again = ({ hearing }: { hearing: PublicHearing }) => {
  const { t, list } = useWords();
  const [found, setFound] = useState<ReturnType<typeof verifyLot>>();
  const { lot, candidates, seats, commitment } = hearing;
  if (!lot) return null;
  const run = (): void => {
    const { seed, spoken, panel, fallenOut } = lot;
    setFound(verifyLot({ candidates, seats, commitment, seed, spoken, panel, fallenOut: fallenOut.map(({ no }) => no) }));
  };
  return (
    <section aria-labelledby="again">
      <h2 id="again">{t('hearing.again')}</h2>
      <p>{t('hearing.againHow')}</p>
      <p class="hint">{t('hearing.replacing')}</p>
      <button type="button" onClick={run}>
        {t('hearing.recompute')}
      </button>
      {found ? (
        <p role="status" class={found.committed && found.same ? 'notice' : 'notice bad'}>
          {t(found.committed && found.same ? 'hearing.same' : 'hearing.notSame', { panel: list(found.panel) })}
        </p>
      ) : null}
      <details>
        <summary>{t('hearing.byHand')}</summary>
        <p>{t('hearing.byHandHow')}</p>
        <pre class="hash" data-foreign>{`printf '${lot.seed}\\n${candidates.join(',')}' | sha256sum
printf '${lot.seed}:${lot.spoken}:${candidates[0]}' | sha256sum`}</pre>
      </details>
    </section>
  );
};

const Facts = ({ hearing }: { hearing: PublicHearing }) => {
  const { t, l, language, list } = useWords();
  const { startsAt, place, organizationLabel, stageLabel, evidenceBy, seats, commitment, candidates, excluded, lot } = hearing;
  const reasons = (lines: PublicHearing['excluded']): string =>
    list(lines.map(({ no, reason }) => `${no} ${t(`hearing.reason.${reason}`)}`));
  const rows: readonly (readonly [string, string, boolean?])[] = [
    [t('hearing.when'), `${formatDay(startsAt, language)} ${formatTime(startsAt, language)}`],
    [t('hearing.place'), place],
    [t('hearing.by'), l(organizationLabel)],
    [t('hearing.stage'), l(stageLabel)],
    [t('hearing.evidenceBy'), evidenceBy],
    [t('hearing.seats'), String(seats)],
    [t('hearing.candidates'), list(candidates)],
    ...(excluded.length ? [[t('hearing.excluded'), reasons(excluded)] as const] : []),
    [t('hearing.commitment'), commitment, true],
    ...(lot
      ? ([
          [t('hearing.seed'), lot.seed, true],
          [t('hearing.spoken'), lot.spoken || '–'],
          [t('hearing.panel'), list(lot.panel)],
          ...(lot.fallenOut.length ? [[t('hearing.fallenOut'), reasons(lot.fallenOut)] as const] : []),
        ] as const)
      : []),
  ];
  return (
    <dl>
      {rows.map(([name, value, isCode]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={isCode ? 'hash' : undefined} {...(isCode ? { 'data-foreign': true } : {})}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** A public hearing: announcement, the lot before and after, and what came of it. Panellists are told by their numbers. */
export const HearingPage = ({ id }: { id: string }) => {
  const { t, language } = useWords();
  const { loaded, reload } = useLoad((signal) => findHearing(id, signal), [id]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const hearing = loaded.data;
  if (!hearing) return <p>{t('hearing.gone')}</p>;
  const { published, lot, stage, calledOff, follows, followedBy } = hearing;
  return (
    <>
      <h1 tabIndex={-1}>{hearing.matter}</h1>
      {calledOff || follows || followedBy ? (
        <div class="notice">
          {calledOff ? <p>{t('hearing.calledOff', { because: calledOff })}</p> : null}
          {follows ? (
            <p>
              <Link to={`/hearings/${follows.id}`}>{t('hearing.follows', { day: formatDay(follows.startsAt, language) })}</Link>
            </p>
          ) : null}
          {followedBy ? (
            <p>
              <Link to={`/hearings/${followedBy.id}`}>{t('hearing.followedBy', { day: formatDay(followedBy.startsAt, language) })}</Link>
            </p>
          ) : null}
        </div>
      ) : null}
      <Facts hearing={hearing} />
      {lot ? <Again hearing={hearing} /> : stage === 'calledOff' ? null : <p class="hint">{t('hearing.before')}</p>}
      {published ? (
        <section aria-labelledby="end">
          <h2 id="end">{t('hearing.end')}</h2>
          <p>{t('hearing.votes', published.votes)}</p>
          <h3>{t('hearing.opinion')}</h3>
          <p class="words">{published.opinion}</p>
          <h3>{t('hearing.reply')}</h3>
          <p class="words">{published.reply}</p>
        </section>
      ) : null}
      <Link to="/hearings" class="button">
        {t('hearing.title')}
      </Link>
    </>
  );
};
