import { useState } from 'preact/hooks';
import { FormField } from '../form/field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { Outcome, useDoing } from './doing.tsx';

interface CodeFormProps {
  readonly id: string;
  readonly label: string;
  readonly submit: string;
  readonly send: (contact: string) => Promise<unknown>;
  readonly prove: (contact: string, code: string) => Promise<unknown>;
  readonly done: () => unknown;
}

/** A telephone or mail address, then the code that was sent there. */
export const CodeForm = ({ id, label, submit, send, prove, done }: CodeFormProps) => {
  const { t } = useWords();
  const [contact, setContact] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, wrong, said, run } = useDoing();
  const sendNow = (): void =>
    run(async () => {
      await send(contact.trim());
      setSent(true);
    }, t('me.codeSent'));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!sent) sendNow();
        else
          run(async () => {
            await prove(contact.trim(), code.trim());
            await done();
            setSent(false);
            setCode('');
          });
      }}
    >
      <FormField id={id} label={label}>
        {(tied) => (
          <input
            {...tied}
            type="text"
            inputMode="email"
            autocomplete="username"
            autocapitalize="off"
            spellcheck={false}
            maxLength={254}
            value={contact}
            onInput={(event) => setContact(event.currentTarget.value)}
          />
        )}
      </FormField>
      {sent ? (
        <FormField id={`${id}-code`} label={t('me.code')} hint={t('me.codeHint')}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              inputMode="numeric"
              autocomplete="one-time-code"
              maxLength={6}
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </FormField>
      ) : null}
      <button type="submit" class="primary wide" disabled={busy || !contact.trim() || (sent && code.trim().length < 6)}>
        {sent ? submit : t('me.sendCode')}
      </button>
      {sent ? (
        <button type="button" class="plain" disabled={busy} onClick={sendNow}>
          {t('me.sendAgain')}
        </button>
      ) : null}
      <Outcome wrong={wrong} said={said} />
    </form>
  );
};
