import type { PreviewRow } from '@tongxin/domain/bulk/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';

export type Result = { readonly ok: true } | { readonly ok: false; readonly why: string };

interface BulkRowsProps {
  readonly rows: readonly PreviewRow[];
  readonly results: ReadonlyMap<string, Result>;
  readonly openCase: (id: string) => void;
}

/** Case by case: what will come of it, or why nothing; and, once it was done, how it went. */
export const BulkRows = ({ rows, results, openCase }: BulkRowsProps) => {
  const { t, l } = useWords();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('inbox.column.number')}</th>
          <th scope="col">{t('inbox.column.title')}</th>
          <th scope="col">{t('bulk.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">
              {row.number ? (
                <Button type="link" size="small" onClick={() => openCase(row.id)}>
                  {row.number}
                </Button>
              ) : (
                '–'
              )}
            </td>
            <td>
              {row.title ?? '–'}
              {row.stageLabel ? <div className="quiet">{l(row.stageLabel)}</div> : null}
            </td>
            <td>
              <OutcomeText row={row} result={results.get(row.id)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const OutcomeText = ({ row: { outcome }, result }: { row: PreviewRow; result: Result | undefined }) => {
  const { t, l, language } = useWords();
  if (result && !result.ok)
    return (
      <>
        <Mark tone="warn">{t('bulk.failed')}</Mark> {result.why}
      </>
    );
  if (!outcome) return '–';
  if (!outcome.ok)
    return (
      <>
        <Mark tone="warn">{t('bulk.cannot')}</Mark> {outcome.why}
      </>
    );
  return (
    <>
      {result ? <Mark tone="good">{t('bulk.done')}</Mark> : null} → {l(outcome.stageLabel)}
      {outcome.leadOrganizationLabel ? ` · ${l(outcome.leadOrganizationLabel)}` : ''}
      {outcome.dueAt ? <div className="quiet">{t('due.at', { time: formatShort(outcome.dueAt, language) })}</div> : null}
    </>
  );
};
