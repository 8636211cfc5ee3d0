import { Alert, Button, QRCode } from 'antd';
import { type FormEvent, useState } from 'react';
import { Wrong } from '../../../lib/form/wrong.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { byCode, giveUpAuthenticator, setUpAuthenticator, useAttempt } from '../mutations.ts';
import { CodeField, SecretField } from './fields.tsx';

/** Sets an authenticator up, in two steps so that nobody is locked out by a code that was never scanned, or gives it up. */
export const Authenticator = () => {
  const { t } = useWords('session');
  const { wrong, busy, attempt } = useAttempt();
  const [password, setPassword] = useState('');
  const [offered, setOffered] = useState<{ totpURI: string; backupCodes: string[] }>();
  const [code, setCode] = useState('');
  const [done, setDone] = useState<'account.enabled' | 'account.disabled'>();
  const secret = offered ? (new URL(offered.totpURI).searchParams.get('secret') ?? '') : '';

  const offer = (event: FormEvent): void => {
    event.preventDefault();
    setDone(undefined);
    void attempt(async () => {
      setOffered(await setUpAuthenticator(password));
      setPassword('');
    }, t('account.wrongPassword'));
  };
  const giveUp = (): void =>
    void attempt(async () => {
      await giveUpAuthenticator(password);
      setPassword('');
      setDone('account.disabled');
    }, t('account.wrongPassword'));
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      await byCode(code.trim());
      setOffered(undefined);
      setCode('');
      setDone('account.enabled');
    }, t('signIn.codeFailed'));
  };
  return (
    <section className="card" aria-labelledby="authenticator">
      <h2 id="authenticator">{t('account.authenticator')}</h2>
      <p className="quiet">{t('account.authenticatorHint')}</p>
      {done ? <Alert type="success" title={t(done)} className="field" role="status" /> : null}
      {offered ? (
        <form onSubmit={confirm} noValidate>
          <p>{t('account.scan')}</p>
          <QRCode value={offered.totpURI} size={180} bordered={false} color="#000" bgColor="#fff" />
          <p>
            <code className="code">{secret}</code>
          </p>
          <p>{t('account.spare')}</p>
          <ul>
            {offered.backupCodes.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
          <CodeField id="confirm-code" label={t('account.confirm')} value={code} onChange={setCode} />
          <Button type="primary" htmlType="submit" loading={busy} disabled={!code.trim()}>
            {t('account.confirmSubmit')}
          </Button>
        </form>
      ) : (
        <form onSubmit={offer} noValidate>
          <SecretField
            id="authenticator-password"
            label={t('account.currentPassword')}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          <div className="row">
            <Button type="primary" htmlType="submit" loading={busy} disabled={!password}>
              {t('account.setUp')}
            </Button>
            <Button onClick={giveUp} loading={busy} disabled={!password}>
              {t('account.giveUp')}
            </Button>
          </div>
        </form>
      )}
      <Wrong words={wrong} />
    </section>
  );
};
