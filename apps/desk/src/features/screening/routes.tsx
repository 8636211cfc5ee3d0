import { useQuery } from '@tanstack/react-query';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Overview } from '@tongxin/domain/screening/schema.ts';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { MonthField } from '../../lib/form/month-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { RegisterTable } from '../../lib/register/register-table.tsx';
import { Wrong } from '../../lib/wrong.tsx';
import { AreaTree } from './components/area-tree.tsx';
import { MonthCard } from './components/month-card.tsx';
import { UnitDrawer } from './components/unit-drawer.tsx';
import { takeWorkbook } from './mutations.ts';
import { overviewQuery, ownQuery } from './queries.ts';

/** 一月一排查: what the own body owes, the latest month first. */
export const ScreeningPage = () => {
  const { t, l } = useWords('screening');
  const query = useQuery(ownQuery);
  return (
    <>
      <h1>{t('screening.title')}</h1>
      <p className="quiet">{t('screening.hint')}</p>
      <Loaded query={query}>
        {(units) =>
          units.length ? (
            units.map((unit) => (
              <section key={unit.organizationId} aria-label={l(unit.label)}>
                <h2>{l(unit.label)}</h2>
                {unit.months.map((month) => (
                  <MonthCard key={month.month} unit={unit} month={month} />
                ))}
              </section>
            ))
          ) : (
            <p className="card">{t('screening.noUnit')}</p>
          )
        }
      </Loaded>
    </>
  );
};

const thisMonth = (): string => instantToLocalDate(new Date().toISOString()).slice(0, 7);

const Items = ({ overview: { items, units } }: { overview: Overview }) => {
  const { t, l } = useWords('screening');
  const unitOf = (id: string) => units.find(({ organizationId }) => organizationId === id);
  const rows = items.map((item, n) => ({ ...item, n }));
  return (
    <section aria-label={t('screening.items')}>
      <h2>{t('screening.items')}</h2>
      <RegisterTable
        label={t('screening.items')}
        rows={rows}
        idOf={({ n }) => String(n)}
        empty={t('screening.noItems')}
        columns={[
          { id: 'kind', title: t('screening.kind'), show: ({ kind }) => t(`dispute.kind.${kind}`) },
          { id: 'area', title: t('screening.area'), show: ({ areaLabel }) => (areaLabel ? l(areaLabel) : '–') },
          { id: 'place', title: t('screening.place'), show: ({ place }) => place },
          { id: 'matter', title: t('screening.matter'), show: ({ matter }) => matter },
          { id: 'degree', title: t('screening.degree'), show: ({ degree }) => t(`screening.degree.${degree}`) },
          { id: 'step', title: t('screening.step'), show: ({ step }) => t(`screening.step.${step}`) },
          {
            id: 'unit',
            title: t('screening.unit'),
            show: ({ organizationId }) => {
              const unit = unitOf(organizationId);
              return unit ? l(unit.label) : '–';
            },
          },
        ]}
      />
    </section>
  );
};

/** Who reported a month, who found none, who is missing; and what was found. */
export const ScreeningOverviewPage = () => {
  const { t } = useWords('screening');
  const [month, setMonth] = useState(thisMonth);
  const [onlyMissing, setOnlyMissing] = useState(false);
  const [drawer, setDrawer] = useState<{ unit?: Overview['units'][number] }>();
  const [problem, setProblem] = useState<unknown>();
  const query = useQuery(overviewQuery(month));
  return (
    <>
      <h1>{t('screening.overview')}</h1>
      <p className="quiet">{t('screening.overviewHint')}</p>
      <div className="row">
        <MonthField id="screening-month" label={t('screening.pickMonth')} value={month} onChange={setMonth} />
        <Checkbox checked={onlyMissing} onChange={(event) => setOnlyMissing(event.target.checked)}>
          {t('screening.onlyMissing')}
        </Checkbox>
        <Button onClick={() => void takeWorkbook(month, t('screening.title')).catch(setProblem)}>{t('screening.xlsx')}</Button>
        <Button onClick={() => setDrawer({})}>{t('screening.addUnit')}</Button>
      </div>
      <Wrong problem={problem} />
      <Loaded query={query}>
        {(found) => (
          <>
            <AreaTree overview={found} onlyMissing={onlyMissing} change={(unit) => setDrawer({ unit })} />
            <Items overview={found} />
          </>
        )}
      </Loaded>
      {drawer ? <UnitDrawer month={month} unit={drawer.unit} close={() => setDrawer(undefined)} /> : null}
    </>
  );
};
