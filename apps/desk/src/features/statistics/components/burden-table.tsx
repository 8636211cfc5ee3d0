import { asked, perDay } from '@tongxin/domain/burden/rules.ts';
import type { BurdenView } from '@tongxin/domain/burden/view.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

type Row = BurdenView['rows'][number];
interface BurdenTableProps {
  readonly row: Row;
  /** The same kind of post in as many days before; nothing where too few posts were at work then. */
  readonly before?: Row;
  readonly days: { readonly from: string; readonly to: string };
}

/** Fields and minutes of one post and day, by department, beside the span before. */
export const BurdenTable = ({ row, before, days }: BurdenTableProps) => {
  const { t, l, language } = useWords('statistics');
  const lines = [
    ...row.departments.map((one) => ({
      key: one.code,
      name: one.label ? l(one.label) : one.code,
      of: one,
      was: before?.departments.find(({ code }) => code === one.code),
    })),
    { key: '+', name: t('burden.all'), of: asked(row), was: before && asked(before) },
    { key: '=', name: t('burden.once'), of: row.once, was: before?.once },
  ];
  return (
    <table className="plain">
      <caption>{t('burden.perDay', { from: formatEntered(days.from, language), to: formatEntered(days.to, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('burden.department')}</th>
          <th scope="col" className="n">
            {t('burden.fields')}
          </th>
          <th scope="col" className="n">
            {t('burden.minutes')}
          </th>
          <th scope="col" className="n">
            {t('burden.before')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, of, was }) => {
          const now = perDay(of, row.postDays);
          return (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td className="n">{now.fields}</td>
              <td className="n">{now.minutes}</td>
              <td className="n">{was && before ? perDay(was, before.postDays).minutes : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
