import { ApiProblem } from '@tongxin/client/problem.ts';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { unsubscribe } from '../../lib/push.ts';
import { signIn } from '../../lib/services.ts';

export const byPassword = signIn.password;
export const byCode = signIn.totp;
export const { setUpAuthenticator, giveUpAuthenticator, changePassword } = signIn;
/** Leaving works also when the server does not answer: the screen forgets everything. */
export const leave = async (): Promise<void> => {
  // Whoever sits here next is not told what was meant for somebody else.
  await unsubscribe().catch(() => undefined);
  await signIn.signOut().catch(() => undefined);
};

/** Something that may be refused: whether it is under way, and the sentence of the last refusal. */
export const useAttempt = () => {
  const { why } = useWords();
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  /** `refused` is said in place of what the server calls wrong credentials or a wrong code. */
  const attempt = async (work: () => Promise<void>, refused: string): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    try {
      await work();
    } catch (problem) {
      setWrong(problem instanceof ApiProblem && problem.status === 401 ? refused : why(problem));
    }
    setBusy(false);
  };
  return { wrong, busy, attempt, setWrong };
};
