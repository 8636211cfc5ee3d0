import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DeskHearing, HearingReceipt, Panellist } from '@tongxin/domain/hearing/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { RegisterHead } from '../../lib/register/register-head.tsx';
import { RegisterTable } from '../../lib/register/register-table.tsx';
import { ConveneForm } from './components/convene-form.tsx';
import { Convened } from './components/convened.tsx';
import { HearingCard } from './components/hearing-card.tsx';
import { PanellistDrawer } from './components/panellist-drawer.tsx';
import { hearingsQuery, rosterQuery } from './queries.ts';

/** 公开听证: hearings of the own body, the latest first. */
export const HearingsPage = () => {
  const { t } = useWords('hearing');
  const navigate = useNavigate();
  const query = useQuery(hearingsQuery);
  return (
    <>
      <h1>{t('hearing.title')}</h1>
      <p className="quiet">{t('hearing.hint')}</p>
      <p>
        <Button type="primary" onClick={() => void navigate({ to: '/hearings/new' })}>
          {t('hearing.new')}
        </Button>
      </p>
      <Loaded query={query}>
        {(hearings) =>
          hearings.length ? (
            hearings.map((hearing) => <HearingCard key={hearing.id} hearing={hearing} />)
          ) : (
            <p className="card">{t('hearing.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};

export const NewHearingPage = () => {
  const { t } = useWords('hearing');
  const [made, setMade] = useState<{ receipt: HearingReceipt; names: readonly string[] }>();
  const { case: onCaseId, again } = useSearch({ from: '/inside/hearings/new' });
  const query = useQuery({ ...hearingsQuery, enabled: again !== undefined });
  const form = (before?: DeskHearing) => (
    <ConveneForm onCaseId={onCaseId} again={before} done={(receipt, names) => setMade({ receipt, names })} />
  );
  return (
    <>
      <h1>{t('hearing.new')}</h1>
      {made ? (
        <Convened {...made} />
      ) : again ? (
        <Loaded query={query}>{(hearings) => form(hearings.find(({ id }) => id === again))}</Loaded>
      ) : (
        form()
      )}
    </>
  );
};

/** 听证员库: who agreed to serve, with the number by which everybody else is told of them. */
export const PanellistsPage = () => {
  const { t, l, language } = useWords('hearing');
  const query = useQuery(rosterQuery);
  const [drawer, setDrawer] = useState<{ kept?: Panellist }>();
  return (
    <>
      <RegisterHead
        title={t('hearing.roster')}
        help={t('hearing.rosterHint')}
        add={{ label: t('hearing.addPanellist'), run: () => setDrawer({}) }}
        files="panellists"
      />
      <Loaded query={query}>
        {(people) => (
          <RegisterTable
            label={t('hearing.roster')}
            rows={people}
            idOf={({ id }) => id}
            empty={t('hearing.noRoster')}
            columns={[
              { id: 'no', title: t('hearing.no'), show: ({ no }) => no },
              { id: 'name', title: t('hearing.name'), show: ({ name }) => name },
              { id: 'field', title: t('hearing.field'), show: ({ field }) => t(`hearing.field.${field}`) },
              { id: 'body', title: t('hearing.works'), show: ({ organizationLabel }) => (organizationLabel ? l(organizationLabel) : '–') },
              { id: 'since', title: t('hearing.since'), show: ({ since }) => formatEntered(since, language) },
              { id: 'until', title: t('hearing.untilShort'), show: ({ until }) => (until ? formatEntered(until, language) : '–') },
            ]}
            actions={(kept) => (
              <Button size="small" aria-label={`${t('hearing.change')} ${kept.no}`} onClick={() => setDrawer({ kept })}>
                {t('hearing.change')}
              </Button>
            )}
          />
        )}
      </Loaded>
      {drawer ? <PanellistDrawer kept={drawer.kept} close={() => setDrawer(undefined)} /> : null}
    </>
  );
};
