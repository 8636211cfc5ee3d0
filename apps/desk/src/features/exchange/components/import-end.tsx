import type { JobDetail } from '@tongxin/client/exchange.ts';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { Alert } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { type Choosing, ImportConflicts, Sides } from './import-conflicts.tsx';

const COUNTS = ['read', 'imported', 'linked', 'duplicates', 'conflicts', 'rejected'] as const;
const REHEARSED_ROWS = ['read', 'imported', 'duplicates', 'conflicts', 'rejected'] as const;
const IMPORTED_ROWS = ['read', 'imported', 'changed', 'duplicates', 'conflicts', 'rejected'] as const;

/** First passwords of new accounts: shown here, and written nowhere. */
const Accounts = ({ accounts }: { accounts: NonNullable<NonNullable<JobDetail['detail']>['accounts']> }) => {
  const { t } = useWords('exchange');
  return (
    <>
      <Alert type="warning" showIcon className="field" title={t('exchange.passwordsHint')} />
      <table className="plain">
        <caption>{t('exchange.passwords')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.username')}</th>
            <th scope="col">{t('exchange.firstPassword')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ line, username, firstPassword }) => (
            <tr key={line}>
              <td>{username}</td>
              <td>
                <code>{firstPassword}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

/** What an import or its rehearsal came to: counts, rows not taken with their reasons, and both sides of what has changed. */
export const ImportEnd = ({ job, choosing }: { job: JobDetail; choosing?: Choosing | undefined }) => {
  const { t, of } = useWords('exchange');
  if (job.status !== 'done') return <p className="wrong">{of('problem', job.problem ?? job.status, t('problem.jobFailed'))}</p>;
  const { rejected = [], conflicts = [], accounts = [] } = job.detail ?? {};
  const register = job.about.register as ImportRegister | undefined;
  const { dryRun } = job.about;
  const counts = register
    ? (dryRun ? REHEARSED_ROWS : IMPORTED_ROWS).map(
        (count) => [count, t(dryRun && count === 'imported' ? 'exchange.rowCount.would' : `exchange.rowCount.${count}`)] as const,
      )
    : COUNTS.map((count) => [count, t(`exchange.count.${count}`)] as const);
  return (
    <>
      <dl className="facts">
        {counts.map(([count, words]) => (
          <div key={count} style={{ display: 'contents' }}>
            <dt>{words}</dt>
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
      {accounts.length ? <Accounts accounts={accounts} /> : null}
      {rejected.length ? (
        <table className="plain lines">
          <caption>{t('exchange.rejected')}</caption>
          <thead>
            <tr>
              <th scope="col" className="n">
                {t('exchange.lineNo')}
              </th>
              <th scope="col">{t('exchange.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rejected.map(({ line, reason, key, fields }) => (
              <tr key={line}>
                <td className="n">{line}</td>
                <td>
                  {reason}
                  {key ? <div className="quiet">{key}</div> : null}
                  {fields?.length ? <Sides fields={fields} register={register} /> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {conflicts.length ? <ImportConflicts id={job.id} conflicts={conflicts} register={register} choosing={choosing} /> : null}
    </>
  );
};
