import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { referralsQuery } from '../queries.ts';
import { ReferralRow } from './referral-row.tsx';

/** What others passed on, and what they are owed: a word for how it ended, by their clock. */
export const ReferralsPage = () => {
  const { t } = useWords('dispute');
  const query = useQuery(referralsQuery);
  return (
    <>
      <h1>{t('referral.title')}</h1>
      <p className="quiet">{t('referral.hint')}</p>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <div className="scroll card">
              <table className="plain stacked">
                <thead>
                  <tr>
                    <th scope="col">{t('dispute.number')}</th>
                    <th scope="col">{t('referral.sender')}</th>
                    <th scope="col">{t('referral.receivedOn')}</th>
                    <th scope="col">{t('referral.dueOn')}</th>
                    <th scope="col">{t('dispute.stage')}</th>
                    <th scope="col">{t('referral.result')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <ReferralRow key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <p className="card">{t('referral.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};
