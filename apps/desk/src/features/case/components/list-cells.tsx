import { Link } from '@tanstack/react-router';
import type { CaseRow } from '@tongxin/domain/case/view.ts';
import type { Column } from '@tongxin/domain/inbox/schema.ts';
import type { LeaseView } from '@tongxin/domain/lease/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { DueText, LightMark } from '../../../lib/light-mark.tsx';
import { Mark } from '../../../lib/mark.tsx';

/** Who has it in hand now. */
export const HandMark = ({ lease }: { lease: LeaseView | undefined }) => {
  const { t, l } = useWords();
  if (!lease) return null;
  return <Mark tone={lease.mine ? 'good' : 'warn'}>{lease.mine ? t('lease.mine') : t('lease.by', { by: l(lease.by) })}</Mark>;
};

interface TitleProps {
  readonly row: CaseRow;
  readonly lease: LeaseView | undefined;
  readonly gone: boolean;
  readonly open: (id: string) => void;
}

export const TitleCell = ({ row, lease, gone, open }: TitleProps) => {
  const { t, l } = useWords();
  return (
    <>
      <Link to="/cases/$id" params={{ id: row.id }} data-case={row.id} onClick={() => open(row.id)}>
        {row.title || row.number}
      </Link>
      <div className="quiet">
        {row.areaLabel ? l(row.areaLabel) : t('inbox.unplaced')}
        {row.categoryLabel ? ` · ${l(row.categoryLabel)}` : ''}
        {row.imported ? ` · ${t('inbox.imported')}` : ''}{' '}
        {row.marks.includes('instructed') ? <Mark tone="warn">{t('inbox.instructed')}</Mark> : null} <HandMark lease={lease} />{' '}
        {gone ? <Mark>{t('inbox.gone')}</Mark> : null}
      </div>
    </>
  );
};

/** What stands in each column besides the matter. */
export const CELLS: Readonly<Record<Exclude<Column, 'title'>, (row: CaseRow) => ReactNode>> = {
  number: (row) => (
    <>
      {row.number}
      {row.sourceNumber ? <div className="quiet">{row.sourceNumber}</div> : null}
    </>
  ),
  stage: (row) => <Words of={row.stageLabel} />,
  light: (row) => <LightMark light={row.light} />,
  due: (row) => (row.handlingDueAt ? <DueText dueAt={row.handlingDueAt} running /> : '–'),
  overall: (row) => (row.overallDueAt ? <DueText dueAt={row.overallDueAt} running={!row.overallStopped} /> : '–'),
  lead: (row) => <Words of={row.leadOrganizationLabel} />,
  category: (row) => <Words of={row.categoryLabel} />,
  area: (row) => <Words of={row.areaLabel} />,
  channel: (row) => <Coded family="channel" value={row.channel} />,
  demandKind: (row) => <Coded family="demand" value={row.demandKind} />,
  reported: (row) => <Instant at={row.reportedAt} />,
  updated: (row) => <Instant at={row.updatedAt} />,
};

const Words = ({ of }: { of: CaseRow['areaLabel'] }) => {
  const { l } = useWords();
  return of ? l(of) : '–';
};
const Coded = ({ family, value }: { family: 'channel' | 'demand'; value: string | undefined }) => {
  const { of } = useWords();
  return value ? of(family, value, '–') : '–';
};
const Instant = ({ at }: { at: string | undefined }) => {
  const { language } = useWords();
  return at ? <span className="nowrap">{formatShort(at, language)}</span> : '–';
};
