import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { Invitation } from '@tongxin/domain/dispute/joining/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { answerInvitation } from '../mutations.ts';
import { invitationsQuery } from '../queries.ts';

/** Talks the reader is asked to: as what, when and where. The matter itself opens to a second mediator who joined. */
export const Invited = () => {
  const { t, l, language } = useWords('dispute');
  const client = useQueryClient();
  const { data } = useQuery(invitationsQuery);
  const [problem, setProblem] = useState<unknown>();
  if (!data?.length) return null;
  const answer = (one: Invitation, joins: boolean): void => {
    setProblem(undefined);
    answerInvitation(one.id, { commandId: uuidv7(), joins })
      .catch(setProblem)
      .finally(() => {
        void client.invalidateQueries({ queryKey: keys.invitations });
        void client.invalidateQueries({ queryKey: keys.disputes });
      });
  };
  return (
    <section className="card" aria-labelledby="invited">
      <h2 id="invited">{t('invited.title')}</h2>
      <p className="quiet">{t('invited.duty')}</p>
      <Wrong problem={problem} />
      <ul className="cards">
        {data.map((one) => (
          <li key={one.id}>
            <div className="row">
              <strong>{one.organizationLabel ? l(one.organizationLabel) : ''}</strong>
              <Mark>{t(`helper.role.${one.role}`)}</Mark>
              {one.subject ? <Mark>{one.subject}</Mark> : null}
              {one.joined ? <Mark tone="good">{t('invited.joined')}</Mark> : null}
            </div>
            <p>
              {one.sessions.length
                ? one.sessions.map(({ startsAt, room }) => [formatInstant(startsAt, language), room].filter(Boolean).join(' ')).join(' · ')
                : t('invited.noTime')}
            </p>
            <div className="row">
              {one.joined ? null : (
                <Button type="primary" size="small" onClick={() => answer(one, true)}>
                  {t('invited.join')}
                </Button>
              )}
              <Button size="small" onClick={() => answer(one, false)}>
                {t('invited.decline')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
