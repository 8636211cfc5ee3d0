import { useState } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';

/** One thing at a time: while it runs the button waits, and what went wrong is said. */
export const useDoing = () => {
  const { why } = useWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const [said, setSaid] = useState('');
  const run = (work: () => Promise<unknown>, then = ''): void => {
    setBusy(true);
    setWrong('');
    setSaid('');
    work()
      .then(
        () => setSaid(then),
        (problem) => setWrong(why(problem)),
      )
      .finally(() => setBusy(false));
  };
  return { busy, wrong, said, run };
};

/** What came of it, for eyes and ears. */
export const Outcome = ({ wrong, said }: { wrong: string; said: string }) => (
  <>
    <p role="status">{said}</p>
    {wrong ? (
      <p class="notice bad" role="alert">
        {wrong}
      </p>
    ) : null}
  </>
);
