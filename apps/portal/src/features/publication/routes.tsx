import type { PublicReport } from '@tongxin/domain/publication/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useMemo, useState } from 'preact/hooks';
import type { Page } from '../../app/router.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../lib/load.tsx';
import { LazyMap } from '../../lib/map/lazy.tsx';
import { api } from '../../lib/services.ts';

/** What everybody may see: looked over first, and coarse in place. */
const Public = () => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad((signal) => api.publicReports({}, signal), []);
  const [more, setMore] = useState<readonly PublicReport[]>([]);
  const [next, setNext] = useState<string | null>();
  const [map, setMap] = useState(false);
  const first = loaded.state === 'ready' ? loaded.data : undefined;
  const reports = useMemo(() => [...(first?.reports ?? []), ...more], [first, more]);
  const pins = useMemo(() => reports.flatMap(({ place, words }) => (place ? [{ ...place, words }] : [])), [reports]);
  if (!first)
    return (
      <>
        <h1 tabIndex={-1}>{t('public.title')}</h1>
        <LoadState loaded={loaded} again={reload} />
      </>
    );
  const cursor = next === undefined ? first.next : (next ?? undefined);
  const fetchMore = async (): Promise<void> => {
    const page = await api.publicReports({ before: cursor! });
    setMore((known) => [...known, ...page.reports]);
    setNext(page.next ?? null);
  };
  return (
    <>
      <h1 tabIndex={-1}>{t('public.title')}</h1>
      <p class="hint">{t(first.open ? 'public.hint' : 'public.closed')}</p>
      {first.open && !reports.length ? <p>{t('public.none')}</p> : null}
      {pins.length ? (
        <button type="button" aria-expanded={map} onClick={() => setMap(!map)}>
          {t(map ? 'public.hideMap' : 'public.showMap')}
        </button>
      ) : null}
      {map && pins.length ? <LazyMap label={t('public.map')} pins={pins} /> : null}
      <ul class="list">
        {reports.map((report) => (
          <li key={report.ref}>
            <p>
              <strong>{report.words}</strong>
              <br />
              {[report.categoryLabel && l(report.categoryLabel), report.areaLabels.map(l).join(' ')].filter(Boolean).join(' · ')}
              <br />
              <small>
                {l(report.stageLabel)} · {t('nearby.since', { day: formatEntered(report.reportedOn, language) })}
                {report.followers ? ` · ${t('nearby.followers', { n: report.followers })}` : ''}
              </small>
            </p>
          </li>
        ))}
      </ul>
      {cursor ? (
        <button type="button" onClick={() => void fetchMore()}>
          {t('public.more')}
        </button>
      ) : null}
    </>
  );
};

export const pages: Page[] = [{ path: '/public', draw: () => <Public /> }];
