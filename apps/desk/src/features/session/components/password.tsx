import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { Alert, Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { Wrong } from '../../../lib/form/wrong.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { changePassword, useAttempt } from '../mutations.ts';
import { SecretField } from './fields.tsx';

export const ChangePassword = () => {
  const { t } = useWords('session');
  const client = useQueryClient();
  const { wrong, busy, attempt } = useAttempt();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const change = (event: FormEvent): void => {
    event.preventDefault();
    setDone(false);
    void attempt(async () => {
      await changePassword(current, next);
      setCurrent('');
      setNext('');
      setDone(true);
      // With a first password replaced, the posts count from now on.
      void client.invalidateQueries({ queryKey: keys.me });
    }, t('account.wrongPassword'));
  };
  return (
    <section className="card" aria-labelledby="change-password">
      <h2 id="change-password">{t('account.password')}</h2>
      {done ? <Alert type="success" title={t('account.changed')} className="field" role="status" /> : null}
      <form onSubmit={change} noValidate>
        <SecretField
          id="current-password"
          label={t('account.currentPassword')}
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <SecretField
          id="new-password"
          label={t('account.newPassword')}
          hint={t('account.newPasswordHint')}
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <Button type="primary" htmlType="submit" loading={busy} disabled={!current || !next}>
          {t('account.change')}
        </Button>
      </form>
      <Wrong words={wrong} />
    </section>
  );
};
