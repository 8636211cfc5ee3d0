import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { meQuery } from '../../../lib/me.ts';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { mediatorsQuery } from '../queries.ts';
import { Centre } from './centre-form.tsx';
import { MediatorForm } from './mediator-form.tsx';
import { SubsidySheet } from './subsidy.tsx';

/** 调解员名册: filed, not accredited. */
export const MediatorsPage = () => {
  const { t, l, list } = useWords('dispute');
  const query = useQuery(mediatorsQuery);
  const { data: me } = useQuery(meQuery);
  const kept = me?.posts.filter(({ capabilities }) => capabilities.includes('mediator.manage')).map(({ organizationId }) => organizationId);
  const [editing, setEditing] = useState<string>();
  return (
    <>
      <RegisterHead
        title={t('mediator.title')}
        help={t('mediator.hint')}
        {...(kept?.length
          ? { files: 'mediators' as const, ...(editing ? {} : { add: { label: t('mediator.add'), run: () => setEditing('new') } }) }
          : {})}
      />
      <Loaded query={query}>
        {({ mediators, holders }) => (
          <>
            {editing ? (
              <MediatorForm
                key={editing}
                holders={holders}
                mediator={mediators.find(({ id }) => id === editing)}
                done={() => setEditing(undefined)}
              />
            ) : null}
            {mediators.length ? (
              <div className="scroll card">
                <table className="plain stacked">
                  <thead>
                    <tr>
                      <th scope="col">{t('dispute.name')}</th>
                      <th scope="col">{t('mediator.committee')}</th>
                      <th scope="col">{t('mediator.kinds')}</th>
                      <th scope="col">{t('mediator.languages')}</th>
                      <th scope="col">{t('mediator.filing')}</th>
                      <th scope="col">{t('mediator.state')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {mediators.map((one) => (
                      <tr key={one.id}>
                        <td className="nowrap">
                          {one.name} {one.courtNow ? <Mark>{t('mediator.courtNow')}</Mark> : null}
                        </td>
                        <td data-label={t('mediator.committee')}>{one.organizationLabel ? l(one.organizationLabel) : '–'}</td>
                        <td data-label={t('mediator.kinds')}>{list(one.kinds.map((kind) => t(`dispute.kind.${kind}`))) || '–'}</td>
                        <td data-label={t('mediator.languages')}>{list(one.languages) || '–'}</td>
                        <td data-label={t('mediator.filing')}>{one.filingNumber ?? '–'}</td>
                        <td data-label={t('mediator.state')}>
                          {t(one.available ? 'mediator.free' : 'mediator.notFree')}
                          {one.load === undefined ? '' : ` · ${t('mediator.load', { n: one.load })}`}{' '}
                          {one.load === undefined ? null : (
                            <Button size="small" onClick={() => setEditing(one.id)}>
                              {t('mediator.change')}
                            </Button>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ) : (
              <p className="card">{t('mediator.none')}</p>
            )}
          </>
        )}
      </Loaded>
      {kept?.length ? <SubsidySheet /> : null}
      {[...new Set(kept)].map((organizationId) => (
        <Centre key={organizationId} organizationId={organizationId} />
      ))}
    </>
  );
};
