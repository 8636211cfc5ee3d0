import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NearbyReport } from '@tongxin/domain/follow/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { followStore } from '../../../lib/follow/follow.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { api } from '../../../lib/services.ts';

interface NearbyProps {
  readonly point?: { readonly lon: number; readonly lat: number };
  readonly areaId?: string;
  readonly categoryId?: string;
}

const Joined = ({ code }: { code: string }) => {
  const { t } = useWords();
  return (
    <div role="status">
      <p>
        {t('nearby.joined')} <strong class="code">{code}</strong>
      </p>
      <Link to={`/r/${code}`} class="button">
        {t('receipt.see')}
      </Link>
    </div>
  );
};

const Row = ({ report }: { report: NearbyReport }) => {
  const { t, l, why, language } = useWords();
  // One id for one press, however often it is tried.
  const [id] = useState(uuidv7);
  const [code, setCode] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const join = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { queryCode } = await api.follow({ id, ref: report.ref });
      await followStore.put({
        id,
        queryCode,
        ...(report.categoryLabel ? { label: report.categoryLabel } : {}),
        since: new Date().toISOString(),
      });
      setCode(queryCode);
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <li>
      <strong>{report.categoryLabel ? l(report.categoryLabel) : t('nearby.other')}</strong> · {report.areaLabels.map(l).join(' ')}
      <br />
      <small>
        {t('nearby.since', { day: formatEntered(report.reportedOn, language) })} · {l(report.stageLabel)}
        {report.followers ? ` · ${t('nearby.followers', { n: report.followers })}` : ''}
      </small>
      {code ? (
        <Joined code={code} />
      ) : (
        <div class="row">
          <button type="button" disabled={busy} onClick={() => void join()}>
            {t('nearby.join')}
          </button>
        </div>
      )}
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </li>
  );
};

/** What was reported around the spot already, before the same is sent once more. Where nothing is told, or without a network, nothing is drawn. */
export const Nearby = ({ point, areaId, categoryId }: NearbyProps) => {
  const { t } = useWords();
  const [reports, setReports] = useState<readonly NearbyReport[]>([]);
  const { lon, lat } = point ?? {};
  useEffect(() => {
    const stop = new AbortController();
    setReports([]);
    if ((lon === undefined || lat === undefined) && !areaId) return;
    api
      .nearby(
        {
          ...(lon !== undefined && lat !== undefined ? { lon, lat } : {}),
          ...(areaId ? { areaId } : {}),
          ...(categoryId ? { categoryId } : {}),
        },
        stop.signal,
      )
      .then(
        (found) => {
          if (!stop.signal.aborted) setReports(found);
        },
        () => {},
      );
    return () => stop.abort();
  }, [lon, lat, areaId, categoryId]);
  return (
    <div role="status">
      {reports.length ? (
        <section class="notice">
          <h2>{t('nearby.title')}</h2>
          <p class="hint">{t('nearby.hint')}</p>
          <ul class="list">
            {reports.map((report) => (
              <Row key={report.ref} report={report} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
};
