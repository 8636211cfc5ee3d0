import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { SosView } from '@tongxin/domain/sos/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { acknowledgeSos, endSos } from './mutations.ts';
import { sosQuery } from './queries.ts';

/** Close enough to see which house. */
const ZOOM = 17;

const Standing = ({ call }: { call: SosView }) => {
  const { t } = useWords('sos');
  if (call.endedAt) return <Mark>{t('sos.ended')}</Mark>;
  return call.acknowledgedAt ? <Mark tone="good">{t('sos.onTheWay')}</Mark> : <Mark tone="warn">{t('sos.open')}</Mark>;
};

const Call = ({ call, changed }: { call: SosView; changed: () => void }) => {
  const { t, l, why, language } = useWords('sos');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (work: (id: string) => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setWrong('');
    try {
      await work(call.id);
      changed();
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  const from = [call.areaLabel, call.organizationLabel, call.postLabel].flatMap((label) => (label ? [l(label)] : []));
  return (
    <li>
      <div className="row">
        <Standing call={call} />
        <strong>{from.join(' · ')}</strong>
        <time className="quiet" dateTime={call.pressedAt}>
          {formatShort(call.pressedAt, language)}
        </time>
      </div>
      {call.words ? <p className="words">{call.words}</p> : null}
      <p className="quiet">
        {[
          t('sos.told', { n: call.told }),
          ...(call.acknowledgedAt && call.acknowledgedBy
            ? [t('sos.answeredBy', { post: l(call.acknowledgedBy), at: formatShort(call.acknowledgedAt, language) })]
            : []),
        ].join(' · ')}
      </p>
      {wrong ? <Alert type="error" role="alert" showIcon title={wrong} /> : null}
      <div className="row">
        {call.point ? (
          <Link to="/map" search={{ at: `${call.point.lon.toFixed(5)},${call.point.lat.toFixed(5)},${ZOOM}` }}>
            {t('sos.place')}
          </Link>
        ) : null}
        {call.mayAcknowledge ? (
          <Button type="primary" loading={busy} onClick={() => void run(acknowledgeSos)}>
            {t('sos.acknowledge')}
          </Button>
        ) : null}
        {call.mayEnd ? (
          <Button loading={busy} onClick={() => void run(endSos)}>
            {t('sos.end')}
          </Button>
        ) : null}
      </div>
    </li>
  );
};

/** Calls for help of those who work outside: who pressed, from where, who is on the way. Places go a day after the call is over. */
export const SosPage = () => {
  const { t } = useWords('sos');
  const client = useQueryClient();
  const query = useQuery(sosQuery);
  return (
    <>
      <h1>{t('sos.title')}</h1>
      <p className="quiet">{t('sos.hint')}</p>
      <Loaded query={query}>
        {(calls) =>
          calls.length ? (
            <ul className="cards card" aria-live="polite">
              {calls.map((call) => (
                <Call key={call.id} call={call} changed={() => void client.invalidateQueries({ queryKey: keys.sos })} />
              ))}
            </ul>
          ) : (
            <p className="card">{t('sos.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};
