import { Link } from '@tanstack/react-router';
import type { ProcedureSummary, ProcedureUse } from '@tongxin/client/shapes.ts';
import { formatEntered, formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';

interface VersionTableProps {
  readonly versions: readonly ProcedureSummary[];
  readonly uses: readonly ProcedureUse[];
}

/** The versions of one procedure, the newest first: whose, where, since when and why. */
export const VersionTable = ({ versions, uses }: VersionTableProps) => {
  const { t, l, language } = useWords('procedure');
  const words = useProcedureWords();
  const newest = versions.toSorted((a, b) => b.version - a.version);
  return (
    <table className="plain stacked">
      <thead>
        <tr>
          <th scope="col">{t('procedure.versionHead')}</th>
          <th scope="col">{t('procedure.where')}</th>
          <th scope="col">{t('procedure.published')}</th>
          <th scope="col">{t('procedure.note')}</th>
          <th scope="col">{t('procedure.compare')}</th>
        </tr>
      </thead>
      <tbody>
        {newest.map((one, index) => {
          const before = one.extends?.version ?? newest[index + 1]?.version;
          const inUse = uses.filter((use) => use.version === one.version);
          return (
            <tr key={one.version}>
              <th scope="row">
                <Link to="/procedures/$id/$version" params={{ id: one.id, version: String(one.version) }}>
                  {words.version(one.version)}
                </Link>
              </th>
              <td data-label={t('procedure.where')}>
                {one.area ? l(one.area) : t('procedure.everywhere')}
                {inUse.map((use) => (
                  <div key={use.id} className="quiet">
                    {[use.area ? l(use.area) : '', t('procedure.since', { day: formatEntered(use.from, language) })]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                ))}
              </td>
              <td data-label={t('procedure.published')}>
                {formatInstant(one.publishedAt, language)}
                <div className="quiet">{one.post ? l(one.post) : one.extends ? '' : t('procedure.builtIn')}</div>
              </td>
              <td data-label={t('procedure.note')}>{one.note ?? '–'}</td>
              <td data-label={t('procedure.compare')}>
                {before === undefined ? (
                  '–'
                ) : (
                  <Link to="/procedures/compare" search={{ id: one.id, a: before, b: one.version }}>
                    {words.version(before)}
                  </Link>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
