import { Link } from '@tanstack/react-router';
import type { CaseRow } from '@tongxin/domain/case/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Grid } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { DueText, LightMark } from '../../../lib/light-mark.tsx';
import { Mark } from '../../../lib/mark.tsx';

const Title = ({ row }: { row: CaseRow }) => {
  const { t, l } = useWords();
  return (
    <>
      <Link to="/cases/$id" params={{ id: row.id }} data-case={row.id}>
        {row.title || row.number}
      </Link>
      <div className="quiet">
        {row.areaLabel ? l(row.areaLabel) : t('inbox.unplaced')}
        {row.categoryLabel ? ` · ${l(row.categoryLabel)}` : ''}
        {row.imported ? ` · ${t('inbox.imported')}` : ''}
      </div>
    </>
  );
};

const Numbers = ({ row }: { row: CaseRow }) => (
  <>
    {row.number}
    {row.sourceNumber ? <div className="quiet">{row.sourceNumber}</div> : null}
  </>
);

/** The list: a table on a desk, cards on a phone. */
export const CaseList = ({ rows }: { rows: readonly CaseRow[] }) => {
  const { t, l, language } = useWords();
  const { md } = Grid.useBreakpoint();
  if (md === false)
    return (
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="row">
              <span className="quiet">{row.number}</span>
              <Mark>{l(row.stageLabel)}</Mark>
              <LightMark light={row.light} />
            </div>
            <Title row={row} />
            {row.overallDueAt && !row.overallStopped ? (
              <div className="row quiet">
                {t('inbox.overall')} <DueText dueAt={row.overallDueAt} running />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    );
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('inbox.number')}</th>
          <th scope="col">{t('inbox.title')}</th>
          <th scope="col">{t('inbox.stage')}</th>
          <th scope="col">{t('inbox.light')}</th>
          <th scope="col">{t('inbox.due')}</th>
          <th scope="col">{t('inbox.overall')}</th>
          <th scope="col">{t('inbox.lead')}</th>
          <th scope="col">{t('inbox.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">
              <Numbers row={row} />
            </td>
            <td>
              <Title row={row} />
            </td>
            <td className="nowrap">{l(row.stageLabel)}</td>
            <td>
              <LightMark light={row.light} />
            </td>
            <td>{row.handlingDueAt ? <DueText dueAt={row.handlingDueAt} running /> : '–'}</td>
            <td>{row.overallDueAt ? <DueText dueAt={row.overallDueAt} running={!row.overallStopped} /> : '–'}</td>
            <td>{row.leadOrganizationLabel ? l(row.leadOrganizationLabel) : '–'}</td>
            <td className="nowrap">{formatShort(row.updatedAt, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
