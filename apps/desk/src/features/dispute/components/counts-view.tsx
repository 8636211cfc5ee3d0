import type { DisputeCounts } from '@tongxin/domain/dispute/schema.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Exact figures of a month for the reports that the law asks for. */
export const CountsView = ({ counts }: { counts: DisputeCounts['counts'] }) => {
  const { t, l } = useWords('dispute');
  const total = counts.reduce((sum, { cases }) => sum + cases, 0);
  if (counts.length === 0) return <p>{t('dispute.noneCounted')}</p>;
  return (
    <div className="scroll">
      <table className="plain stacked">
        <caption>{t('dispute.total', { n: total })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dispute.area')}</th>
            <th scope="col">{t('dispute.committee')}</th>
            <th scope="col">{t('dispute.kind')}</th>
            <th scope="col">{t('dispute.stage')}</th>
            <th scope="col">{t('dispute.cases')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((row) => (
            <tr key={`${row.areaId} ${row.organizationId} ${row.kind} ${row.stage}`}>
              <td>{row.areaLabel ? l(row.areaLabel) : '–'}</td>
              <td data-label={t('dispute.committee')}>{row.organizationLabel ? l(row.organizationLabel) : '–'}</td>
              <td data-label={t('dispute.kind')}>{t(`dispute.kind.${row.kind}`)}</td>
              <td data-label={t('dispute.stage')}>{l(row.stageLabel)}</td>
              <td data-label={t('dispute.cases')}>{row.cases}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
