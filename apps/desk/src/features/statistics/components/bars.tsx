import { useWords } from '../../../lib/i18n/i18n.tsx';

interface BarsProps {
  readonly rows: readonly { readonly key: string; readonly name: string; readonly n: number }[];
}

/** Named numbers as a table whose bars are only decoration. */
export const Bars = ({ rows }: BarsProps) => {
  const { t } = useWords('statistics');
  const most = Math.max(1, ...rows.map(({ n }) => n));
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('stats.key')}</th>
          <th scope="col" className="n">
            {t('stats.n')}
          </th>
          <td aria-hidden="true" style={{ width: '45%' }} />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, n }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td className="n">{n.toLocaleString('en')}</td>
            <td aria-hidden="true">
              <span className="bar" style={{ width: `${(100 * n) / most}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
