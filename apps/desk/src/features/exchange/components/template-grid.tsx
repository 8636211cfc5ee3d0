import { columnName } from '@tongxin/domain/exchange/template/rules.ts';
import type { Grid, TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** The sheet as it is, with what is filled marked; a blank cell that is chosen is filled too. */
export const TemplateGrid = ({ grid, map, onCell }: { grid: Grid; map: TemplateMap; onCell: (cell: string) => void }) => {
  const { t } = useWords('exchange');
  const widest = Math.max(1, ...grid.rows.flatMap((row) => row.map((cell) => cell.at + (cell.columns ?? 1) - 1)));
  const filled = (column: string, n: number): boolean => {
    const inBlock = [map.rows, map.list].some(
      (block) =>
        block && n >= block.firstRow && n <= (block.lastRow ?? block.firstRow) && block.columns.some((one) => one.column === column),
    );
    return inBlock || map.cells.some(({ cell }) => cell === `${column}${n}`);
  };
  return (
    <div className="scroll">
      <table className="plain sheet">
        <caption>{t('exchange.sheetCaption', { sheet: grid.sheet })}</caption>
        <thead>
          <tr>
            <td />
            {Array.from({ length: widest }, (_, i) => (
              <th key={columnName(i + 1)} scope="col">
                {columnName(i + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a sheet is its number
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              {row.map((cell) => {
                const column = columnName(cell.at);
                const address = `${column}${i + 1}`;
                const mark = filled(column, i + 1);
                return (
                  <td key={address} colSpan={cell.columns ?? 1} rowSpan={cell.rows ?? 1} className={mark ? 'filled' : undefined}>
                    {cell.formula ? (
                      <code>{cell.text}</code>
                    ) : (
                      <button
                        type="button"
                        className="cell"
                        aria-label={`${cell.text} ${t('exchange.fillCell', { cell: address })}`.trim()}
                        onClick={() => onCell(address)}
                      >
                        {cell.text || (mark ? '✎' : '\u00a0')}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {grid.cut ? <p className="quiet">{t('exchange.sheetCut')}</p> : null}
    </div>
  );
};
