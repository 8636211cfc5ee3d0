import { type Sum, sumsOf } from '@tongxin/domain/screening/rules.ts';
import type { Overview } from '@tongxin/domain/screening/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';

const TONE = { waiting: 'quiet', missing: 'warn', none: 'good', found: 'good' } as const;

interface AreaTreeProps {
  readonly overview: Overview;
  readonly onlyMissing: boolean;
  readonly change: (unit: Overview['units'][number]) => void;
}

/** Areas from the top down with their sums, and the units that stand in each. */
export const AreaTree = ({ overview: { areas, units }, onlyMissing, change }: AreaTreeProps) => {
  const { t, l, language } = useWords('screening');
  const sums = sumsOf(areas, units);
  const said = ({ units: n, reported, none, missing, found }: Sum): string =>
    n === 0 ? t('screening.noUnits') : t(n === 1 ? 'screening.sumOne' : 'screening.sum', { units: n, reported, none, missing, found });
  const branch = (area: Overview['areas'][number]): ReactNode => {
    const sum = sums.get(area.id)!;
    if (onlyMissing && sum.missing === 0) return null;
    return (
      <li key={area.id}>
        <div>
          <strong>{l(area.label)}</strong> <span className="quiet">{said(sum)}</span>
        </div>
        <ul>
          {units
            .filter(({ areaId, state }) => areaId === area.id && (!onlyMissing || state === 'missing'))
            .map((unit) => (
              <li key={unit.organizationId} className="row">
                <span>{l(unit.label)}</span>
                <Mark tone={TONE[unit.state]}>{t(`screening.state.${unit.state}`)}</Mark>
                {unit.late && unit.state !== 'missing' ? <Mark>{t('screening.late')}</Mark> : null}
                {unit.found ? <span>{t('screening.foundN', { n: unit.found })}</span> : null}
                <span className="quiet">{t('screening.dueOn', { day: formatEntered(unit.dueOn, language) })}</span>
                <Button size="small" aria-label={`${t('screening.change')} ${l(unit.label)}`} onClick={() => change(unit)}>
                  {t('screening.change')}
                </Button>
              </li>
            ))}
          {areas.filter(({ parentId }) => parentId === area.id).map(branch)}
        </ul>
      </li>
    );
  };
  return <ul className="card">{areas.filter(({ parentId }) => parentId === undefined).map(branch)}</ul>;
};
