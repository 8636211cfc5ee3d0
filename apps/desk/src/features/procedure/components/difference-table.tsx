import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { useMemo } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { differenceLines } from '../../../lib/procedure/difference.ts';
import { useProcedureWords } from '../../../lib/procedure/words.ts';

interface DifferenceTableProps {
  readonly before: Procedure;
  readonly after: Procedure;
  /** What to say when nothing differs. */
  readonly none: string;
}

/** Two versions side by side: only what differs, in words. */
export const DifferenceTable = ({ before, after, none }: DifferenceTableProps) => {
  const all = useWords('procedure');
  const { t } = all;
  const words = useProcedureWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language only
  const lines = useMemo(() => differenceLines(before, after, all, words), [before, after, all.language]);
  if (lines.length === 0) return <p>{none}</p>;
  return (
    <>
      <p className="quiet">{t('procedure.compareCount', { n: lines.length })}</p>
      <table className="plain differences">
        <thead>
          <tr>
            <th scope="col">{t('procedure.what')}</th>
            <th scope="col">{t('procedure.was')}</th>
            <th scope="col">{t('procedure.is')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">
                {line.place} · {line.what}
              </th>
              <td>{line.before === undefined ? t('procedure.nothing') : <del>{line.before}</del>}</td>
              <td>{line.after === undefined ? t('procedure.nothing') : <ins>{line.after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
