import { FormField } from '../form/field.tsx';
import { useWords } from '../i18n/i18n.tsx';

interface CodeStepProps {
  readonly id: string;
  readonly code: string;
  readonly write: (code: string) => void;
  readonly sent: boolean;
  /** What the code is for is there: it may be sent, and used. */
  readonly ready: boolean;
  readonly busy: boolean;
  /** What the button does once a code was sent. */
  readonly submit: string;
  readonly send: () => void;
}

/** How many signs a code has. */
export const CODE_LENGTH = 6;

/** The end of a form that a one-time code goes with: it is sent, written in, and sent again. */
export const CodeStep = ({ id, code, write, sent, ready, busy, submit, send }: CodeStepProps) => {
  const { t } = useWords();
  return (
    <>
      {sent ? (
        <FormField id={`${id}-code`} label={t('me.code')} hint={t('me.codeHint')}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              inputMode="numeric"
              autocomplete="one-time-code"
              maxLength={CODE_LENGTH}
              value={code}
              onInput={(event) => write(event.currentTarget.value)}
            />
          )}
        </FormField>
      ) : null}
      <button type="submit" class="primary wide" disabled={busy || !ready || (sent && code.trim().length < CODE_LENGTH)}>
        {sent ? submit : t('me.sendCode')}
      </button>
      {sent ? (
        <button type="button" class="plain" disabled={busy} onClick={send}>
          {t('me.sendAgain')}
        </button>
      ) : null}
    </>
  );
};
