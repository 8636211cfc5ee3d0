import { useState } from 'preact/hooks';
import { FormField } from '../form/field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { CodeStep } from './code-step.tsx';
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
      <CodeStep id={id} code={code} write={setCode} sent={sent} ready={contact.trim() !== ''} busy={busy} submit={submit} send={sendNow} />
      <Outcome wrong={wrong} said={said} />
    </form>
  );
};
