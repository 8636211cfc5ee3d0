import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobView } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import type { ExportSource, ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { cancelJob, retryJob } from '../mutations.ts';
import { isOpen, jobsQuery } from '../queries.ts';

const useJobTitle = (): ((job: JobView) => string) => {
  const { t, l } = useWords('exchange');
  return ({ kind, about }) => {
    if (kind === 'export')
      return t('exchange.titleExport', {
        source: l(SOURCE_LABELS[about.source as ExportSource]),
        format: String(about.format).toUpperCase(),
      });
    if (kind === 'import') {
      const system = about.register ? l(SOURCE_LABELS[about.register as ImportRegister]) : String(about.system);
      return t(about.dryRun ? 'exchange.titleDry' : 'exchange.titleImport', { system });
    }
    return t('exchange.titleForm', { month: String(about.month) });
  };
};

const size = (bytes: number): string => (bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

/** How far a job is, in words too. */
export const JobProgress = ({ job }: { job: Pick<JobView, 'status' | 'done' | 'total' | 'stopping'> }) => {
  const { t } = useWords('exchange');
  if (!isOpen(job)) return null;
  const percent = job.total ? Math.min(99, Math.floor((job.done / job.total) * 100)) : 0;
  const words =
    job.status === 'waiting'
      ? t('exchange.waiting')
      : job.stopping
        ? t('exchange.stopping')
        : job.total
          ? t('exchange.doneOf', { done: job.done.toLocaleString('en'), total: job.total.toLocaleString('en') })
          : t('exchange.doneSoFar', { done: job.done.toLocaleString('en') });
  return (
    <div>
      <Progress percent={percent} status="active" aria-label={t('exchange.progress')} />
      <span className="quiet" role="status">
        {words}
      </span>
    </div>
  );
};

const Row = ({ job }: { job: JobView }) => {
  const { t, of, language } = useWords('exchange');
  const client = useQueryClient();
  const titleOf = useJobTitle();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const change = async (work: (id: string) => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await work(job.id).catch(setProblem);
    await client.invalidateQueries({ queryKey: keys.jobs });
    setBusy(false);
  };
  const title = titleOf(job);
  return (
    <li data-job={job.id}>
      <div className="row">
        <strong>{title}</strong>
        <Mark tone={job.status === 'failed' ? 'warn' : job.status === 'done' ? 'good' : 'quiet'}>{t(`exchange.status.${job.status}`)}</Mark>
        <span className="quiet">{formatInstant(job.createdAt, language)}</span>
        {job.file ? (
          <a href={job.file.url} download={job.file.name}>
            {t('exchange.download', { size: size(job.file.bytes) })}
          </a>
        ) : null}
        {isOpen(job) && !job.stopping ? (
          <Button size="small" loading={busy} onClick={() => void change(cancelJob)} aria-label={`${t('exchange.cancel')} ${title}`}>
            {t('exchange.cancel')}
          </Button>
        ) : null}
        {job.status === 'failed' || job.status === 'cancelled' ? (
          <Button size="small" loading={busy} onClick={() => void change(retryJob)} aria-label={`${t('exchange.retry')} ${title}`}>
            {t('exchange.retry')}
          </Button>
        ) : null}
      </div>
      <JobProgress job={job} />
      {isOpen(job) && job.attempt > 1 ? <p className="quiet">{t('exchange.again')}</p> : null}
      {job.problem ? <p className="wrong">{of('problem', job.problem, t('problem.jobFailed'))}</p> : null}
      {job.kind === 'export' && job.status === 'done' ? (
        <p className="quiet">{t('exchange.rows', { n: Number(job.result?.rows ?? 0).toLocaleString('en') })}</p>
      ) : null}
      {job.kind === 'template' && Number(job.result?.unknownRows ?? 0) > 0 ? (
        <p className="wrong">{t('exchange.unknownRows', { n: Number(job.result?.unknownRows) })}</p>
      ) : null}
      {job.status === 'done' && !job.file && job.kind !== 'import' ? <p className="quiet">{t('problem.fileGone')}</p> : null}
      {problem ? <Failed problem={problem} /> : null}
    </li>
  );
};

/** One's own long work, latest first. */
export const JobList = () => {
  const { t } = useWords('exchange');
  const query = useQuery(jobsQuery);
  return (
    <section className="card" aria-label={t('exchange.jobs')}>
      <p className="quiet">{t('exchange.jobsHint')}</p>
      <Loaded query={query}>
        {(jobs) =>
          jobs.length ? (
            <ul className="cards">
              {jobs.map((job) => (
                <Row key={job.id} job={job} />
              ))}
            </ul>
          ) : (
            <p>{t('exchange.noJobs')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
