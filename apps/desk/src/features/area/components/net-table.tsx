import type { NetAreaView } from '@tongxin/domain/area/rezoning/schema.ts';
import { Button, Checkbox } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface NetTableProps {
  readonly areas: readonly NetAreaView[];
  readonly chosen: readonly string[];
  readonly onChoose: (areaIds: readonly string[]) => void;
  readonly onOpen: (areaId: string) => void;
  readonly onHistory: (areaId: string) => void;
}

/** The areas of the map as a table: the same choice, by keyboard. */
export const NetTable = ({ areas, chosen, onChoose, onOpen, onHistory }: NetTableProps) => {
  const { t, l, of } = useWords('area');
  if (areas.length === 0) return <p className="quiet">{t('areas.none')}</p>;
  return (
    <div className="net-table card">
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">{t('areas.name')}</th>
            <th scope="col">{t('areas.kind')}</th>
            <th scope="col">{t('areas.code')}</th>
            <th scope="col">{t('admin.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={area.id}>
              <th scope="row" className="long">
                <Checkbox
                  checked={chosen.includes(area.id)}
                  onChange={({ target }) => onChoose(target.checked ? [...chosen, area.id] : chosen.filter((id) => id !== area.id))}
                >
                  {l(area.name)}
                </Checkbox>
                {area.boundary ? null : <span className="quiet"> {t('areas.noBoundary')}</span>}
              </th>
              <td data-label={t('areas.kind')}>{of('areas.kind', area.kind, '—')}</td>
              <td className="digits" data-label={t('areas.code')}>
                {area.code ?? '—'}
              </td>
              <td className="links">
                {area.kind === 'grid' || area.kind === 'dedicatedGrid' ? null : (
                  <Button type="link" size="small" onClick={() => onOpen(area.id)} aria-label={t('areas.openOne', { name: l(area.name) })}>
                    {t('areas.open')}
                  </Button>
                )}
                <Button
                  type="link"
                  size="small"
                  onClick={() => onHistory(area.id)}
                  aria-label={t('areas.historyOf', { name: l(area.name) })}
                >
                  {t('areas.history')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
