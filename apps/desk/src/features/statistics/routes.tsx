import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Alert, Input, Select } from 'antd';
import { useState } from 'react';
import { ExportButton } from '../../lib/export/export-button.tsx';
import { AreaCascader } from '../../lib/form/area-cascader.tsx';
import { FormField } from '../../lib/form/form-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { areaOfPost, mayDo, meQuery } from '../../lib/me.ts';
import { Burden } from './components/burden.tsx';
import { Counts } from './components/counts.tsx';
import { Late } from './components/late.tsx';
import { Partial } from './components/partial.tsx';
import { Took } from './components/took.tsx';

const DAY_MS = 86_400_000;

export const StatisticsPage = () => {
  const { t } = useWords('statistics');
  const { data: me } = useQuery(meQuery);
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const areaId = path.at(-1)?.id ?? areaOfPost(me, 'statistics.read');
  const [{ from, to }] = useState(() => ({ from: localDate(Date.now() - 29 * DAY_MS), to: localDate(Date.now()) }));
  if (me && !mayDo(me, 'statistics.read'))
    return (
      <>
        <h1>{t('stats.title')}</h1>
        <Alert type="info" title={t('stats.forbidden')} />
      </>
    );
  return (
    <>
      <div className="row">
        <h1>{t('stats.title')}</h1>
        <Link to="/statistics/burden">{t('burden.title')}</Link>
      </div>
      <Partial />
      <div className="row">
        <FormField id="stats-area" label={t('stats.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('stats.mine')} value={path.map(({ id }) => id)} onChange={setPath} />}
        </FormField>
      </div>
      <p className="quiet">{t('stats.scope')}</p>
      <div className="columns even">
        <div>
          <Counts title={t('stats.standing')} filter={{ measure: 'standing', by: 'stage', areaId }} />
          <Counts title={t('stats.overdue')} filter={{ measure: 'overdue', by: 'stage', areaId }} />
          <Counts title={t('stats.byArea')} filter={{ measure: 'standing', by: 'area', areaId }} />
        </div>
        <div>
          <Counts title={t('stats.byCategory')} filter={{ measure: 'standing', by: 'category', areaId }} />
          <Counts title={t('stats.filed')} filter={{ measure: 'filed', by: 'day', areaId, from, to }} />
          <Took filter={{ areaId, from, to }} />
        </div>
      </div>
      <Late areaId={areaId} />
    </>
  );
};

const PERIODS = ['fourWeeks', 'thisMonth', 'lastMonth', 'own'] as const;
type Period = (typeof PERIODS)[number];

/** Days of a period, both counted in. */
const daysOf = (period: Exclude<Period, 'own'>): { from: string; to: string } => {
  const today = localDate(Date.now());
  if (period === 'fourWeeks') return { from: localDate(Date.now() - 27 * DAY_MS), to: today };
  const first = `${today.slice(0, 7)}-01`;
  if (period === 'thisMonth') return { from: first, to: today };
  const last = localDate(Date.parse(`${first}T00:00:00+08:00`) - DAY_MS);
  return { from: `${last.slice(0, 7)}-01`, to: last };
};

/** What each department asks of a kind of post in the field. */
export const BurdenPage = () => {
  const { t } = useWords('statistics');
  const { data: me } = useQuery(meQuery);
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [period, setPeriod] = useState<Period>('fourWeeks');
  const [days, setDays] = useState(() => daysOf('fourWeeks'));
  const areaId = path.at(-1)?.id ?? areaOfPost(me, 'statistics.read');
  if (me && !mayDo(me, 'statistics.read'))
    return (
      <>
        <h1>{t('burden.title')}</h1>
        <Alert type="info" title={t('stats.forbidden')} />
      </>
    );
  const turned = days.from > days.to;
  return (
    <>
      <h1>{t('burden.title')}</h1>
      <p>{t('burden.lead')}</p>
      <div className="row">
        <FormField id="burden-area" label={t('stats.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('stats.mine')} value={path.map(({ id }) => id)} onChange={setPath} />}
        </FormField>
        <FormField id="burden-period" label={t('burden.period')}>
          {(tied) => (
            <Select<Period>
              id={tied.id}
              value={period}
              onChange={(next) => {
                setPeriod(next);
                if (next !== 'own') setDays(daysOf(next));
              }}
              options={PERIODS.map((value) => ({ value, label: t(`burden.period.${value}`) }))}
            />
          )}
        </FormField>
        {period === 'own'
          ? (['from', 'to'] as const).map((end) => (
              <FormField key={end} id={`burden-${end}`} label={t(`burden.${end}`)} {...(turned ? { wrong: t('burden.turned') } : {})}>
                {(tied) => (
                  <Input
                    {...tied}
                    type="date"
                    value={days[end]}
                    onChange={({ target }) => target.value && setDays({ ...days, [end]: target.value })}
                  />
                )}
              </FormField>
            ))
          : null}
        {turned ? null : <ExportButton source="burden" figures={{ ...(areaId ? { areaId } : {}), ...days }} />}
      </div>
      {turned ? null : <Burden areaId={areaId} {...days} />}
      <details className="after">
        <summary>{t('burden.how')}</summary>
        <p>{t('burden.howFields')}</p>
        <p>{t('burden.howNobody')}</p>
      </details>
    </>
  );
};
