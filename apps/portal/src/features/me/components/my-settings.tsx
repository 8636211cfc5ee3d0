import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AddressesView } from '@tongxin/domain/message/schema.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { CodeForm } from '../../../lib/sign-in/code-form.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { takesPasskeys } from '../../../lib/sign-in/sign-in.ts';
import type { Own } from '../../../lib/sign-in/signed-in.tsx';
import {
  addFollowed,
  addMail,
  addPhone,
  addThisBrowser,
  chooseDetails,
  keepPasskey,
  proveContact,
  removeAddress,
  sendNewCode,
  signIn,
  takesPushes,
} from '../mutations.ts';
import { addresses, ways } from '../queries.ts';

/** One way of being told, on or off by one tap. */
const Notices = ({ own }: Pick<Own, 'own'>) => {
  const { t } = useWords();
  const { loaded, reload, show } = useLoad(addresses, [own.phone, own.mail]);
  const { wrong, said, run } = useDoing();
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const view = loaded.data;
  const kept = (channel: AddressesView['addresses'][number]['channel']) => view.addresses.find((one) => one.channel === channel);
  const choose = (channel: Parameters<typeof kept>[0], add: () => Promise<AddressesView | undefined>) => (wanted: boolean) =>
    run(async () => {
      const found = kept(channel);
      const next = wanted ? await add() : found ? await removeAddress(found.id) : undefined;
      if (next) show(next);
    });
  const followed = kept('account');
  const none = !view.smsOffered && !view.mailOffered && !view.pushKey && !view.accountName;
  return (
    <section>
      <h2>{t('me.notices')}</h2>
      {none ? <p>{t('me.noNotices')}</p> : <p>{t('me.noticesHint')}</p>}
      {view.smsOffered || kept('sms') ? (
        <Tick
          label={t('me.bySms')}
          hint={own.phone ? kept('sms')?.masked : t('me.phoneFirst')}
          checked={kept('sms') !== undefined}
          onChange={choose('sms', () => addPhone(uuidv7()))}
        />
      ) : null}
      {view.mailOffered || kept('mail') ? (
        <Tick
          label={t('me.byMail')}
          hint={own.mail ? kept('mail')?.masked : t('me.mailFirst')}
          checked={kept('mail') !== undefined}
          onChange={choose('mail', async () => (own.mail ? addMail(uuidv7(), own.mail) : undefined))}
        />
      ) : null}
      {view.pushKey && takesPushes() ? (
        <Tick label={t('me.byPush')} checked={kept('push') !== undefined} onChange={choose('push', () => addThisBrowser(view.pushKey!))} />
      ) : null}
      {view.accountName || followed ? (
        <Tick
          label={t('me.byAccount', { name: view.accountName ?? '' })}
          checked={followed !== undefined}
          onChange={choose('account', () => addFollowed(uuidv7()))}
        />
      ) : null}
      {followed && !followed.proved && followed.code ? (
        <div class="notice">
          <p>{t('me.followHint', { name: view.accountName ?? '' })}</p>
          <p class="code">{followed.code}</p>
        </div>
      ) : null}
      <Outcome wrong={wrong} said={said} />
    </section>
  );
};

const Ways = () => {
  const { t } = useWords();
  const { loaded, reload } = useLoad(ways, []);
  const [password, setPassword] = useState('');
  const { busy, wrong, said, run } = useDoing();
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const view = loaded.data;
  return (
    <section>
      <h2>{t('me.ways')}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            await signIn.choosePassword(password);
            setPassword('');
            reload();
          }, t('me.passwordKept'));
        }}
      >
        <FormField id="new-password" label={t(view.password ? 'me.newPassword' : 'me.choosePassword')} hint={t('me.passwordHint')}>
          {(tied) => (
            <input
              {...tied}
              type="password"
              autocomplete="new-password"
              maxLength={128}
              value={password}
              onInput={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="wide" disabled={busy || password.length < 10}>
          {t('me.passwordSubmit')}
        </button>
      </form>
      <ul class="list">
        {view.passkeys.map(({ id, name }) => (
          <li key={id}>
            {name || t('me.passkey')}{' '}
            <button type="button" class="plain" disabled={busy} onClick={() => run(() => signIn.removePasskey(id).then(reload))}>
              {t('me.remove')}
            </button>
          </li>
        ))}
      </ul>
      {takesPasskeys() ? (
        <button type="button" class="wide" disabled={busy} onClick={() => run(() => keepPasskey(t('me.passkey')).then(reload))}>
          {t('me.addPasskey')}
        </button>
      ) : null}
      <Outcome wrong={wrong} said={said} />
    </section>
  );
};

/** Name, contacts, how one signs in, how one is told. */
export const MySettings = ({ own, reload }: Own) => {
  const { t } = useWords();
  const [name, setName] = useState(own.name ?? '');
  const { busy, wrong, said, run } = useDoing();
  return (
    <>
      <h1 tabIndex={-1}>{t('me.settings')}</h1>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run(() => chooseDetails({ name: name.trim() }).then(reload), t('me.kept'));
        }}
      >
        <FormField id="name" label={t('me.name')}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              autocomplete="name"
              maxLength={60}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="wide" disabled={busy || !name.trim() || name.trim() === own.name}>
          {t('me.keep')}
        </button>
        <Outcome wrong={wrong} said={said} />
      </form>
      <section>
        <h2>{t('me.contacts')}</h2>
        <dl>
          <dt>{t('me.phone')}</dt>
          <dd>{own.phone ?? t('me.notGiven')}</dd>
          <dt>{t('me.mail')}</dt>
          <dd>{own.mail ?? t('me.notGiven')}</dd>
        </dl>
        <CodeForm
          id="new-contact"
          label={t('me.newContact')}
          submit={t('me.prove')}
          send={sendNewCode}
          prove={proveContact}
          done={reload}
        />
      </section>
      <Notices own={own} />
      <Ways />
      <Link to="/me" class="button">
        {t('me.back')}
      </Link>
    </>
  );
};
