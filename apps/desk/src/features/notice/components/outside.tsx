import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AddressesView } from '@tongxin/domain/message/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { Wrong } from '../../../lib/form/wrong.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { isSubscribed, takesPushes, unsubscribe } from '../../../lib/push.ts';
import { addMail, addThisBrowser, proveMail, removeAddress } from '../mutations.ts';
import { addressesQuery } from '../queries.ts';

type Address = AddressesView['addresses'][number];
/** Does something of which the new state is the answer. */
type Does = (work: () => Promise<AddressesView | undefined>, said: string) => void;

const Mail = ({ view, does, busy }: { view: AddressesView; does: Does; busy: boolean }) => {
  const { t } = useWords('notice');
  const kept = view.addresses.find(({ channel }) => channel === 'mail');
  const [typed, setTyped] = useState('');
  const [id, setId] = useState(uuidv7);
  if (!kept && !view.mailOffered) return <p className="quiet">{t('outside.mailOff')}</p>;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const words = typed.trim();
    if (!words) return;
    setTyped('');
    if (kept) does(() => proveMail(kept.id, words), t('outside.mailOn'));
    else {
      setId(uuidv7());
      does(() => addMail(id, words), t('outside.codeSent'));
    }
  };
  return (
    <>
      {kept ? (
        <div className="row">
          <span>{kept.masked}</span>
          <Mark {...(kept.proved ? { tone: 'good' as const } : {})}>{t(kept.proved ? 'outside.proved' : 'outside.unproved')}</Mark>
          <Button size="small" disabled={busy} onClick={() => does(() => removeAddress(kept.id), t('outside.mailRemoved'))}>
            {t('outside.stop')}
          </Button>
        </div>
      ) : null}
      {kept?.proved ? null : (
        <form onSubmit={submit} noValidate>
          <FormField
            id="outside-mail"
            label={t(kept ? 'outside.code' : 'outside.address')}
            hint={t(kept ? 'outside.codeHint' : 'outside.addressHint')}
          >
            {(tied) => (
              <Input
                {...tied}
                style={{ display: 'block', maxWidth: 360 }}
                type={kept ? 'text' : 'email'}
                autoComplete={kept ? 'one-time-code' : 'email'}
                maxLength={kept ? 40 : 254}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </FormField>
          <Button htmlType="submit" disabled={!typed.trim()} loading={busy}>
            {t(kept ? 'outside.prove' : 'outside.sendCode')}
          </Button>
        </form>
      )}
    </>
  );
};

const Browsers = ({ view, does, busy }: { view: AddressesView; does: Does; busy: boolean }) => {
  const { t, language } = useWords('notice');
  const { data: here = false, refetch } = useQuery({ queryKey: [...keys.addresses, 'here'], queryFn: isSubscribed });
  const kept = view.addresses.filter(({ channel }) => channel === 'push');
  const { pushKey } = view;
  const add = async (key: string): Promise<AddressesView | undefined> => {
    const next = await addThisBrowser(key);
    await refetch();
    return next;
  };
  const remove = async (address: Address): Promise<AddressesView> => {
    // Which of them this browser is, only the push service knows: with the last one it ends here too.
    if (kept.length === 1) await unsubscribe();
    const next = await removeAddress(address.id);
    await refetch();
    return next;
  };
  return (
    <>
      {kept.length ? (
        <ul className="cards">
          {kept.map((address) => (
            <li key={address.id} className="row">
              <span>{t('outside.browserSince', { at: formatInstant(address.addedAt, language) })}</span>
              <Button size="small" disabled={busy} onClick={() => does(() => remove(address), t('outside.browserRemoved'))}>
                {t('outside.stop')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {pushKey === undefined ? (
        <p className="quiet">{t('outside.pushOff')}</p>
      ) : !takesPushes() ? (
        <p className="quiet">{t('outside.pushUnable')}</p>
      ) : here && kept.length ? null : (
        <>
          <p className="quiet">{t('outside.pushHint')}</p>
          <Button loading={busy} onClick={() => does(() => add(pushKey), t('outside.pushOn'))}>
            {t('outside.pushHere')}
          </Button>
        </>
      )}
    </>
  );
};

/** Where a person is told while the desk is closed. What this installation has not set up is said to be off. */
export const Outside = () => {
  const { t, why } = useWords('notice');
  const client = useQueryClient();
  const query = useQuery(addressesQuery);
  const [wrong, setWrong] = useState('');
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const does: Does = (work, words) => {
    setBusy(true);
    setWrong('');
    setSaid('');
    work()
      .then((next) => {
        if (!next) return setWrong(t('notice.desktopRefused'));
        client.setQueryData(keys.addresses, next);
        setSaid(words);
      })
      .catch((problem: unknown) => setWrong(why(problem)))
      .finally(() => setBusy(false));
  };
  return (
    <section className="card" aria-labelledby="outside">
      <h2 id="outside">{t('outside.title')}</h2>
      <p className="quiet">{t('outside.hint')}</p>
      <Wrong words={wrong} />
      {said ? <Alert type="success" title={said} role="status" className="field" /> : null}
      <Loaded query={query}>
        {(view) => (
          <>
            <h3>{t('outside.mail')}</h3>
            <Mail view={view} does={does} busy={busy} />
            <h3>{t('outside.push')}</h3>
            <Browsers view={view} does={does} busy={busy} />
          </>
        )}
      </Loaded>
    </section>
  );
};
