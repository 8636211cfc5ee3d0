import { Link } from '@tanstack/react-router';
import type { ConflictView, JobDetail } from '@tongxin/client/exchange.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const COUNTS = ['read', 'imported', 'linked', 'duplicates', 'conflicts', 'rejected'] as const;

const Conflict = ({ conflict }: { conflict: ConflictView }) => {
  const { t, of } = useWords();
  return (
    <li>
      <p className="row">
        <strong>{t('exchange.line', { n: conflict.line })}</strong>
        {conflict.key ? <span>{conflict.key}</span> : null}
        {conflict.caseId ? (
          <Link to="/cases/$id" params={{ id: conflict.caseId }}>
            {conflict.number}
          </Link>
        ) : null}
        {conflict.earlierLine ? <span className="quiet">{t('exchange.earlierLine', { n: conflict.earlierLine })}</span> : null}
      </p>
      {conflict.seen ? null : <p className="quiet">{t('exchange.keptUnseen')}</p>}
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('exchange.field')}</th>
            <th scope="col">{t('exchange.kept')}</th>
            <th scope="col">{t('exchange.inTable')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map(({ field, before, now }) => (
            <tr key={field}>
              <th scope="row">{of('exchange.map', field, field)}</th>
              <td>{before || '—'}</td>
              <td>{now || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
};

/** What an import or its rehearsal came to: counts, rows not taken with their reasons, and both sides of what has changed. */
export const ImportEnd = ({ job }: { job: JobDetail }) => {
  const { t, of } = useWords();
  if (job.status !== 'done') return <p className="wrong">{of('problem', job.problem ?? job.status, t('problem.jobFailed'))}</p>;
  const { rejected = [], conflicts = [] } = job.detail ?? {};
  return (
    <>
      <dl className="facts">
        {COUNTS.map((count) => (
          <div key={count} style={{ display: 'contents' }}>
            <dt>{t(`exchange.count.${count}`)}</dt>
            <dd>{Number(job.result?.[count] ?? 0).toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {job.file ? (
        <p>
          <a href={job.file.url} download={job.file.name}>
            {t('exchange.rejects')}
          </a>
        </p>
      ) : null}
      {rejected.length ? (
        <table className="plain">
          <caption>{t('exchange.rejected')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('exchange.lineNo')}</th>
              <th scope="col">{t('exchange.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rejected.map(({ line, reason }) => (
              <tr key={line}>
                <td className="n">{line}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {conflicts.length ? (
        <section aria-labelledby={`conflicts-${job.id}`}>
          <h3 id={`conflicts-${job.id}`}>{t('exchange.conflicts')}</h3>
          <p className="quiet">{t('exchange.conflictsHint')}</p>
          <ul className="cards">
            {conflicts.map((conflict) => (
              <Conflict key={conflict.line} conflict={conflict} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
};
