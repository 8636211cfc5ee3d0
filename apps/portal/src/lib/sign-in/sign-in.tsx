import { useState } from 'preact/hooks';
import { signIn } from '../account.ts';
import { FormField } from '../form/field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { CodeForm } from './code-form.tsx';
import { Outcome, useDoing } from './doing.tsx';
import { sendCode, signInByCode, signInByPasskey, takesPasskeys } from './sign-in.ts';

/** Signing in, the first time also up: by a code, or by password or passkey where one was chosen. */
export const SignIn = ({ done }: { done: () => Promise<unknown> }) => {
  const { t } = useWords();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const { busy, wrong, said, run } = useDoing();
  return (
    <>
      <h1 tabIndex={-1}>{t('me.signIn')}</h1>
      <p>{t('me.signInWhy')}</p>
      <CodeForm id="contact" label={t('me.contact')} submit={t('me.signIn')} send={sendCode} prove={signInByCode} done={done} />
      {takesPasskeys() ? (
        <button type="button" class="wide" disabled={busy} onClick={() => run(() => signInByPasskey().then(done))}>
          {t('me.byPasskey')}
        </button>
      ) : null}
      <details>
        <summary>{t('me.byPassword')}</summary>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            run(() => signIn.byPassword(account.trim(), password).then(done));
          }}
        >
          <FormField id="account" label={t('me.contact')}>
            {(tied) => (
              <input
                {...tied}
                type="text"
                autocomplete="username"
                autocapitalize="off"
                value={account}
                onInput={(event) => setAccount(event.currentTarget.value)}
              />
            )}
          </FormField>
          <FormField id="password" label={t('me.password')}>
            {(tied) => (
              <input
                {...tied}
                type="password"
                autocomplete="current-password"
                value={password}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
            )}
          </FormField>
          <button type="submit" class="wide" disabled={busy || !account.trim() || !password}>
            {t('me.signIn')}
          </button>
        </form>
      </details>
      <Outcome wrong={wrong} said={said} />
    </>
  );
};
