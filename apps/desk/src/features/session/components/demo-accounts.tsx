import type { DemoAccount } from '@tongxin/client/shapes.ts';
import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Accounts of the demo, by post; one click fills in the name. */
export const DemoAccounts = ({ accounts, choose }: { accounts: readonly DemoAccount[]; choose: (username: string) => void }) => {
  const { t, l } = useWords();
  return (
    <section className="card">
      <h2>{t('signIn.demo')}</h2>
      <p className="quiet">{t('signIn.demoHint')}</p>
      <ul className="cards">
        {accounts.map((account) => (
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
    </section>
  );
};
