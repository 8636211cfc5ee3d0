import { useQuery } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Alert } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../lib/form/area-cascader.tsx';
import { FormField } from '../../lib/form/form-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { Counts } from './components/counts.tsx';
import { Late } from './components/late.tsx';
import { Partial } from './components/partial.tsx';
import { Took } from './components/took.tsx';

const DAY_MS = 86_400_000;

export const StatisticsPage = () => {
  const { t } = useWords();
  const { data: me } = useQuery(meQuery);
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const areaId = path.at(-1)?.id;
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
      <h1>{t('stats.title')}</h1>
      <Partial />
      <FormField id="stats-area" label={t('stats.area')}>
        {(tied) => <AreaCascader id={tied.id} empty={t('stats.mine')} value={path.map(({ id }) => id)} onChange={setPath} />}
      </FormField>
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
