import { KIND_NAMES } from '@tongxin/domain/dispute/report/data.ts';
import { DIFFICULTY_LABELS, RESULT_LABELS, SUBSIDY_COLUMNS, UNREGISTERED } from '@tongxin/domain/dispute/subsidy/data.ts';
import type { SubsidyMonth } from '@tongxin/domain/dispute/subsidy/schema.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** The sheet of a month as the workbook has it, its sums above: nobody set above another. */
export const SubsidyTable = ({ lines, total }: SubsidyMonth) => {
  const { t, l } = useWords('dispute');
  if (lines.length === 0) return <p className="quiet">{t('subsidy.noneEnded')}</p>;
  const yuan = (fen: number | undefined): string => (fen === undefined ? '–' : (fen / 100).toFixed(2));
  const rows = lines.map((line) => [
    line.organizationLabel ? l(line.organizationLabel) : '–',
    line.mediator ?? l(UNREGISTERED),
    l(KIND_NAMES[line.kind]),
    l(RESULT_LABELS[line.result]),
    l(DIFFICULTY_LABELS[line.difficulty]),
    t(line.fileComplete ? 'case.yes' : 'case.no'),
    String(line.cases),
    yuan(line.each),
    yuan(line.amount),
  ]);
  return (
    <div className="scroll">
      <table className="plain stacked">
        <caption>
          {total.amount === undefined
            ? t('dispute.total', { n: total.cases })
            : t('subsidy.total', { n: total.cases, amount: yuan(total.amount) })}
        </caption>
        <thead>
          <tr>
            {SUBSIDY_COLUMNS.map(({ id, label }) => (
              <th key={id} scope="col">
                {l(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells.join(' ')}>
              {cells.map((cell, at) => (
                <td key={SUBSIDY_COLUMNS[at]!.id} {...(at ? { 'data-label': l(SUBSIDY_COLUMNS[at]!.label) } : {})}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
