import { Link } from '@tanstack/react-router';
import type { HandoverCase } from '@tongxin/domain/handover/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';
import { Mark } from '../../../lib/mark.tsx';

interface CaseTableProps {
  readonly cases: readonly HandoverCase[];
  readonly caption: string;
  /** What is done with one case beside it. */
  readonly beside?: (one: HandoverCase) => ReactNode;
}

/** The open cases of a sheet, what is due in the next shift first. */
export const CaseTable = ({ cases, caption, beside }: CaseTableProps) => {
  const { t, l, language } = useWords('handover');
  const ordered = [...cases].sort((a, b) => Number(b.dueNext) - Number(a.dueNext));
  return (
    <div className="scroll">
      <table className="plain stacked">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('inbox.column.number')}</th>
            <th scope="col">{t('inbox.column.title')}</th>
            <th scope="col">{t('inbox.stage')}</th>
            <th scope="col">{t('handover.due')}</th>
            <th scope="col">{t('handover.note')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">{one.number}</td>
              <td>
                {one.title === undefined ? (
                  <span className="quiet">{t('handover.outOfSight')}</span>
                ) : (
                  <Link to="/cases/$id" params={{ id: one.id }}>
                    {one.title || one.number}
                  </Link>
                )}
              </td>
              <td data-label={t('inbox.stage')}>
                {l(one.stageLabel)}
                {one.nowLabel ? <div className="quiet">{t('handover.now', { stage: l(one.nowLabel) })}</div> : null}
              </td>
              <td data-label={t('handover.due')}>
                <LightMark light={one.light} />
                {one.dueAt ? <div className="nowrap">{formatShort(one.dueAt, language)}</div> : null}
                {one.dueNext ? <Mark tone="warn">{t('handover.dueNext')}</Mark> : null}
              </td>
              <td>
                {one.note ? <p className="words">{one.note}</p> : null}
                {beside?.(one) ?? null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
