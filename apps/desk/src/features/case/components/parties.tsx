import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { isDispute } from './case-facts.tsx';
import { Messages } from './messages.tsx';
import { PartyDialog } from './party-dialog.tsx';

interface Reading {
  readonly caseId: string;
  readonly partyId: string;
}

/** Parties without their names; seeing more names a purpose. Also those of merged cases, who are owed the answer too. */
export const Parties = ({ view }: { view: CaseView }) => {
  const { t, of } = useWords();
  const [reading, setReading] = useState<Reading>();
  const list = (caseId: string, parties: CaseView['parties']) => (
    <ul className="cards">
      {parties.map((party, index) => (
        <li key={party.id} className="row">
          <span>
            {party.role === 'party' && isDispute(view) ? t('dispute.party', { n: index + 1 }) : of('role', party.role, t('role.party'))}
          </span>
          {party.protected ? <Mark tone="warn">{t('case.protected')}</Mark> : null}
          {party.readable ? (
            <Button size="small" onClick={() => setReading({ caseId, partyId: party.id })}>
              {t('party.read')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
  return (
    <section className="card" aria-labelledby="parties">
      <h2 id="parties">{t('case.parties')}</h2>
      {view.parties.length ? list(view.id, view.parties) : <p>{t('case.noParties')}</p>}
      {view.merged.length ? (
        <>
          <h3>{t('case.merged')}</h3>
          {view.merged.map((merged) => (
            <div key={merged.id}>
              <a href={`/desk/cases/${merged.id}`}>{merged.number}</a>
              {list(merged.id, merged.parties)}
            </div>
          ))}
        </>
      ) : null}
      <Messages caseId={view.id} />
      {reading ? <PartyDialog {...reading} close={() => setReading(undefined)} /> : null}
    </section>
  );
};
