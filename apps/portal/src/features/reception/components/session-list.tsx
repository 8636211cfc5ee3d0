import type { HoursKind, SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { sessionsOf } from '../queries.ts';

const Row = ({ session }: { session: SessionView }) => {
  const { t, l, language } = useWords();
  const { id, kind, way, organizationLabel, areaLabel, postLabel, startsAt, endsAt, place, free, matters, closesAt } = session;
  const open = free.length > 0 && Date.parse(closesAt) > Date.now();
  const facts = (
    <>
      <strong>
        {formatDay(startsAt, language)} {formatTime(startsAt, language)}–{formatTime(endsAt, language)}
      </strong>
      <br />
      {l(organizationLabel)} · {l(postLabel)}
      <br />
      {kind === 'legal' ? (
        <small>{[areaLabel ? l(areaLabel) : '', t(`legal.way.${way}`), place, matters].filter(Boolean).join(' · ')}</small>
      ) : (
        <small>{[place, matters].filter(Boolean).join(' · ')}</small>
      )}
      <br />
      <small>{open ? t('reception.left', { n: free.length }) : t(free.length ? 'reception.closed' : 'reception.full')}</small>
    </>
  );
  return <li>{open ? <Link to={`/reception/${id}`}>{facts}</Link> : <p>{facts}</p>}</li>;
};

interface SessionListProps {
  readonly kind: HoursKind;
  /** Where somebody stands, who asked for the nearest. */
  readonly spot?: { readonly lon: number; readonly lat: number } | undefined;
  readonly area?: string | undefined;
  /** The areas that are there to choose from. */
  readonly onAreas?: (areas: readonly SessionView[]) => void;
}

/** So many are told at first, and more with each wish for more. */
const AT_ONCE = 20;

/** Hours to come of one kind, as a list. */
export const Sessions = ({ kind, spot, area, onAreas }: SessionListProps) => {
  const { t } = useWords();
  const [most, setMost] = useState(AT_ONCE);
  const { loaded, reload } = useLoad(
    async (signal) => {
      const all = await sessionsOf(kind, spot, signal);
      onAreas?.(all);
      return all;
    },
    [kind, spot?.lon, spot?.lat],
  );
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const shown = loaded.data.filter(({ areaId }) => !area || areaId === area);
  if (!shown.length) return <p>{t(kind === 'legal' ? 'legal.none' : 'reception.none')}</p>;
  return (
    <>
      <ul class="list">
        {shown.slice(0, most).map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      {shown.length > most ? (
        <button type="button" onClick={() => setMost(most + AT_ONCE)}>
          {t('public.more')}
        </button>
      ) : null}
    </>
  );
};

/** When offices receive in the next time: for everybody to read. */
export const SessionList = () => {
  const { t } = useWords();
  return (
    <>
      <h1 tabIndex={-1}>{t('reception.title')}</h1>
      <p>{t('reception.intro')}</p>
      <Sessions kind="reception" />
      <p class="hint">{t('reception.rights')}</p>
      <Link to="/letter" class="button">
        {t('home.letter')}
      </Link>
    </>
  );
};
