import { Link } from '@tanstack/react-router';
import type { Light } from '@tongxin/domain/case/view.ts';
import { facilityKindLabel } from '@tongxin/domain/facility/data.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';
import { stageOfNumber } from '../../../lib/stage-names.ts';
import { useProcedures } from '../../../lib/stages.ts';

/** A case as its tile tells it. */
export interface SeenCase {
  readonly id: string;
  readonly number: string;
  readonly stage: string;
  readonly light: Light;
}
interface Named {
  readonly id: string;
  readonly zh: string;
  readonly en?: string;
}
export interface SeenFacility extends Named {
  readonly kind: string;
  readonly code?: string;
}
/** The bodies of an area, the first by name. */
export interface SeenTeam extends Named {
  readonly n: number;
  readonly onDuty: number;
}

const MOST = 50;
const labelOf = ({ zh, en }: Named): Label => ({ zh, ...(en ? { en } : {}) });

interface SeenProps<T> {
  readonly id: string;
  readonly title: string;
  /** In the order in which they are read; the chosen one comes first. */
  readonly things: readonly T[];
  readonly chosen: string | undefined;
  readonly children: (thing: T) => ReactNode;
}

/** What one layer shows in sight, one by one: what the signs say, for keyboard and screen reader. */
const Seen = <T extends { readonly id: string }>({ id, title, things, chosen, children }: SeenProps<T>) => {
  const { t } = useWords();
  if (things.length === 0) return null;
  const order = [...things].sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="cards">
        {order.slice(0, MOST).map((one) => (
          <li key={one.id} {...(one.id === chosen ? { 'aria-current': true } : {})}>
            {children(one)}
          </li>
        ))}
      </ul>
      {things.length > MOST ? <p className="quiet">{t('onemap.inSightMore', { n: things.length - MOST })}</p> : null}
    </section>
  );
};

interface InSightProps {
  readonly cases: readonly SeenCase[];
  readonly facilities: readonly SeenFacility[];
  readonly teams: readonly SeenTeam[];
  readonly chosen: string | undefined;
}

/** Cases, facilities and teams in sight. */
export const InSight = ({ cases, facilities, teams, chosen }: InSightProps) => {
  const { t, l, language } = useWords();
  const procedures = useProcedures();
  const stageOf = ({ number, stage }: SeenCase): string => {
    const label = stageOfNumber(procedures, number, stage);
    return label ? l(label) : '';
  };
  const byName = <T extends Named>(things: readonly T[]): readonly T[] =>
    things.toSorted((a, b) => l(labelOf(a)).localeCompare(l(labelOf(b)), language, { numeric: true }));
  return (
    <>
      <Seen
        id="in-sight"
        title={t('onemap.inSight', { n: cases.length })}
        things={cases.toSorted((a, b) => (a.number < b.number ? 1 : -1))}
        chosen={chosen}
      >
        {(one) => (
          <>
            <Link to="/cases/$id" params={{ id: one.id }}>
              {one.number}
            </Link>{' '}
            <LightMark light={one.light} /> <span className="quiet">{stageOf(one)}</span>
          </>
        )}
      </Seen>
      <Seen id="teams-in-sight" title={t('onemap.teamsInSight', { n: teams.length })} things={byName(teams)} chosen={chosen}>
        {(one) => (
          <>
            {l(labelOf(one))} {one.n > 1 ? <span className="quiet">{t('onemap.bodiesHere', { n: one.n })} </span> : null}
            {one.onDuty > 0 ? t('onemap.onDuty', { n: one.onDuty }) : <span className="quiet">{t('onemap.nobodyOnDuty')}</span>}
          </>
        )}
      </Seen>
      <Seen
        id="facilities-in-sight"
        title={t('onemap.facilitiesInSight', { n: facilities.length })}
        things={byName(facilities)}
        chosen={chosen}
      >
        {(one) => (
          <>
            {l(labelOf(one))}{' '}
            <span className="quiet">
              {l(facilityKindLabel(one.kind))}
              {one.code ? ` · ${one.code}` : ''}
            </span>
          </>
        )}
      </Seen>
    </>
  );
};
