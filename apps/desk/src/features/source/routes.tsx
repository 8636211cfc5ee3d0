import { useQuery } from '@tanstack/react-query';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { monthAfter } from '@tongxin/domain/screening/rules.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { MonthField } from '../../lib/form/month-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { CausesView } from './components/causes-view.tsx';
import { MeasureCard } from './components/measure-card.tsx';
import { MeasureDrawer } from './components/measure-drawer.tsx';
import { causesQuery, measuresQuery } from './queries.ts';

const thisMonth = (): string => instantToLocalDate(new Date().toISOString()).slice(0, 7);

/** 诉源治理: where disputes come from, what was tried, and what changed since. */
export const SourcesPage = () => {
  const { t } = useWords('source');
  const [from, setFrom] = useState(() => monthAfter(thisMonth(), -11));
  const [to, setTo] = useState(thisMonth);
  const [adding, setAdding] = useState(false);
  const causes = useQuery(causesQuery(from, to));
  const measures = useQuery(measuresQuery);
  const month = (id: string, label: string, value: string, set: (month: string) => void) => (
    <MonthField id={id} label={label} value={value} onChange={set} />
  );
  return (
    <>
      <h1>{t('source.title')}</h1>
      <p className="quiet">{t('source.hint')}</p>
      <section className="card" aria-labelledby="causes">
        <h2 id="causes">{t('source.causes')}</h2>
        <div className="row">
          {month('source-from', t('source.fromMonth'), from, setFrom)}
          {month('source-to', t('source.toMonth'), to, setTo)}
        </div>
        <Loaded query={causes}>{(found) => <CausesView causes={found} />}</Loaded>
      </section>
      <section className="card" aria-labelledby="measures">
        <h2 id="measures">{t('source.measures')}</h2>
        <p className="quiet">{t('source.method')}</p>
        <p>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('source.add')}
          </Button>
        </p>
        <Loaded query={measures}>
          {(found) =>
            found.length ? (
              <ul className="cards">
                {found.map((measure) => (
                  <MeasureCard key={measure.id} measure={measure} />
                ))}
              </ul>
            ) : (
              <p>{t('source.noMeasures')}</p>
            )
          }
        </Loaded>
      </section>
      {adding ? <MeasureDrawer close={() => setAdding(false)} /> : null}
    </>
  );
};
