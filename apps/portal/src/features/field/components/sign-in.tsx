import { ApiProblem } from '@tongxin/client/problem.ts';
import { useState } from 'preact/hooks';
import { signIn } from '../../../lib/field/device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { lookAgain } from '../../../lib/field/worker.ts';
import { FormField } from '../../../lib/form/field.tsx';

/** Sign-in of staff on a phone. `again`: the session ended while work went on; what is on the device stays. */
export const SignIn = ({ again = false }: { again?: boolean }) => {
  const { f, why } = useFieldWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    if (step === 'password' && (!username.trim() || !password)) return setWrong(f('signIn.missing'));
    setBusy(true);
    setWrong(undefined);
    try {
      if (step === 'code') await signIn.totp(code.trim());
      else if ((await signIn.password(username.trim(), password)) === 'secondStep') {
        setBusy(false);
        return setStep('code');
      }
      await lookAgain();
    } catch (problem) {
      const known = problem instanceof ApiProblem && problem.status >= 400 && problem.status < 429;
      setWrong(known ? f(step === 'code' ? 'signIn.codeFailed' : 'signIn.failed') : why(problem));
    }
    setBusy(false);
  };
  const Title = again ? 'h2' : 'h1';
  return (
    <form
      class={again ? 'notice' : undefined}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Title tabIndex={-1}>{f(again ? 'signIn.againTitle' : 'signIn.title')}</Title>
      <p>{f(again ? 'signIn.againHint' : 'signIn.hint')}</p>
      {step === 'password' ? (
        <>
          <FormField id="username" label={f('signIn.username')}>
            {(tied) => (
              <input
                {...tied}
                type="text"
                autocomplete="username"
                autocapitalize="none"
                value={username}
                onInput={(event) => setUsername(event.currentTarget.value)}
              />
            )}
          </FormField>
          <FormField id="password" label={f('signIn.password')}>
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
        </>
      ) : (
        <FormField id="code" label={f('signIn.code')}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              inputMode="numeric"
              autocomplete="one-time-code"
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </FormField>
      )}
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
      <button type="submit" class="primary wide" disabled={busy}>
        {f('signIn.submit')}
      </button>
    </form>
  );
};
