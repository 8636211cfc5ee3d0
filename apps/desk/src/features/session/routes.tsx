import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { FormField } from '../../lib/form/form-field.tsx';
import { Wrong } from '../../lib/form/wrong.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Authenticator } from './components/authenticator.tsx';
import { DemoAccounts } from './components/demo-accounts.tsx';
import { CodeField, SecretField } from './components/fields.tsx';
import { LookChoice } from './components/look.tsx';
import { ChangePassword } from './components/password.tsx';
import { Shortcuts } from './components/shortcuts.tsx';
import { byCode, byPassword, useAttempt } from './mutations.ts';
import { demoQuery } from './queries.ts';

export const SignInPage = () => {
  const { t, language, setLanguage, why } = useWords('session');
  const router = useRouter();
  const client = useQueryClient();
  const { back } = useSearch({ from: '/sign-in' });
  const demo = useQuery(demoQuery);
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { wrong, busy, attempt, setWrong } = useAttempt();
  // While somebody types, what they come to is fetched.
  useEffect(() => void router.loadRouteChunk(router.routesByPath['/']), [router]);

  const enter = async (): Promise<void> => {
    client.clear();
    if (back) router.history.push(back);
    else await router.navigate({ to: '/' });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (step === 'code') {
      void attempt(async () => {
        await byCode(code.trim());
        await enter();
      }, t('signIn.codeFailed'));
      return;
    }
    if (!username.trim() || !password) {
      setWrong(t('signIn.missing'));
      return;
    }
    void attempt(async () => {
      if ((await byPassword(username.trim(), password)) === 'secondStep') setStep('code');
      else await enter();
    }, t('signIn.failed'));
  };
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <main className="sign-in">
      <div className="row">
        <h1>
          {t('app.name')} · {t('signIn.title')}
        </h1>
        <Button
          size="small"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => void setLanguage(other).catch((problem: unknown) => setWrong(why(problem)))}
        >
          {t('app.otherLanguage')}
        </Button>
      </div>
      {back && !wrong ? <Alert type="info" title={t('signIn.needed')} className="field" /> : null}
      <form className="card" onSubmit={submit} noValidate>
        {step === 'password' ? (
          <>
            <FormField id="username" label={t('signIn.username')}>
              {(tied) => <Input {...tied} autoComplete="username" value={username} onChange={(event) => setUsername(event.target.value)} />}
            </FormField>
            <SecretField
              id="password"
              label={t('signIn.password')}
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
            />
          </>
        ) : (
          <CodeField id="code" autoFocus label={t('signIn.code')} hint={t('signIn.codeHint')} value={code} onChange={setCode} />
        )}
        <Wrong words={wrong} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t(step === 'code' ? 'signIn.verify' : 'signIn.submit')}
          </Button>
          {step === 'code' ? <Button onClick={() => setStep('password')}>{t('signIn.backToPassword')}</Button> : null}
        </div>
      </form>
      {demo.data?.length && step === 'password' ? (
        <DemoAccounts
          accounts={demo.data}
          choose={(name) => {
            setUsername(name);
            document.getElementById('password')?.focus();
          }}
        />
      ) : null}
    </main>
  );
};

/** What a person may do for the safety of the own account. */
export const AccountPage = () => {
  const { t } = useWords('session');
  return (
    <>
      <h1>{t('account.title')}</h1>
      <Authenticator />
      <ChangePassword />
      <Shortcuts />
      <LookChoice />
    </>
  );
};
