import type { AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import { useState } from 'preact/hooks';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { CODE_LENGTH, CodeStep } from '../../../lib/sign-in/code-step.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { sendSigningCode, signByAccount, signOnScreen } from '../mutations.ts';

interface SignFormProps {
  readonly code: string;
  readonly view: AgreementView;
  readonly digest: string;
  readonly done: (view: AgreementView) => void;
}

/**
 * Signing on screen: one's own name under the words read, and proof that it is oneself, since whoever registered the matter knows name and query
 * code too: a code sent to one's own telephone, or the account one is signed in to. Whoever has neither signs on paper.
 */
export const SignForm = ({ code, view, digest, done }: SignFormProps) => {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [agrees, setAgrees] = useState(false);
  const [sms, setSms] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, wrong, said, run } = useDoing();
  const own = { name: name.trim(), digest, agrees: true } as const;
  const ready = agrees && own.name !== '';
  const send = (): void =>
    run(async () => {
      await sendSigningCode(code, digest);
      setSent(true);
    }, t('me.codeSent'));
  const sign = (): void => run(async () => done(await signOnScreen(code, { ...own, code: sms.trim() })));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || !view.myPhone) return;
        if (!sent) send();
        else if (sms.trim().length === CODE_LENGTH) sign();
      }}
    >
      <p>{t('dispute.signHint')}</p>
      <FormField id="sign-name" label={t('dispute.yourName')}>
        {(tied) => (
          <input
            {...tied}
            type="text"
            autocomplete="off"
            maxLength={80}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </FormField>
      <Tick label={t('dispute.agrees')} checked={agrees} onChange={setAgrees} />
      {view.myPhone ? <p class="hint">{t('dispute.signCodeHint')}</p> : <p class="notice">{t('dispute.signNoPhone')}</p>}
      {view.myPhone ? (
        <CodeStep id="sign" code={sms} write={setSms} sent={sent} ready={ready} busy={busy} submit={t('dispute.sign')} send={send} />
      ) : null}
      <Outcome wrong={wrong} said={said} />
      <p class="hint">{t('dispute.signAccountHint')}</p>
      <div class="row">
        <button
          type="button"
          disabled={busy || !ready}
          onClick={() => run(async () => done(await signByAccount({ ...own, queryCode: code })))}
        >
          {t('dispute.signAccount')}
        </button>
        <a href="/me">{t('me.signIn')}</a>
      </div>
    </form>
  );
};
