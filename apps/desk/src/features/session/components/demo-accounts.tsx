import type { DemoAccount } from '@tongxin/client/shapes.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** As many as fit without scrolling; the others are found by typing. */
const MOST = 12;

/** Accounts of the demo, by post; one click fills in the name. */
export const DemoAccounts = ({ accounts, choose }: { accounts: readonly DemoAccount[]; choose: (username: string) => void }) => {
  const { t, l } = useWords('session');
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const found = accounts.filter(({ username, title, organization }) =>
    [username, title.zh, title.en, organization.zh, organization.en].some((text) => text?.toLowerCase().includes(wanted)),
  );
  return (
    <section className="card" aria-labelledby="demo">
      <h2 id="demo">{t('signIn.demo')}</h2>
      <p className="quiet">{t('signIn.demoHint')}</p>
      {accounts.length > MOST ? (
        <div className="field">
          <label htmlFor="demo-search">{t('signIn.demoSearch')}</label>
          <Input id="demo-search" allowClear value={words} onChange={(event) => setWords(event.target.value)} />
        </div>
      ) : null}
      <ul className="cards">
        {found.slice(0, MOST).map((account) => (
          <li key={account.username} className="row">
            <Button size="small" onClick={() => choose(account.username)} aria-label={`${t('signIn.demoUse')} ${account.username}`}>
              {t('signIn.demoUse')}
            </Button>
            <strong>{l(account.title)}</strong>
            <span>{l(account.organization)}</span>
            <code>{account.username}</code>
          </li>
        ))}
      </ul>
      <p role="status" className="quiet">
        {found.length > MOST ? t('signIn.demoMore', { n: accounts.length, shown: MOST }) : found.length ? '' : t('signIn.demoNone')}
      </p>
    </section>
  );
};
