import { ApiProblem } from '@tongxin/client/problem.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { useState } from 'preact/hooks';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { prepareAct } from '../mutations.ts';

/** The answer can be rated by one tap when nothing but a choice is asked; whoever wants to add words opens the form. */
export const tapOf = (view: CaseView) => {
  const action = view.allowed.find(({ id }) => id === 'rate');
  const asked = action?.form.filter(({ required }) => required) ?? [];
  const [field] = asked;
  return action && asked.length === 1 && field?.type === 'choice' && field.options
    ? { action: action.id, field, options: field.options }
    : undefined;
};

interface RateTapProps {
  readonly code: string;
  readonly view: CaseView;
  readonly done: (view: CaseView) => void;
  readonly changed: () => void;
}

export const RateTap = ({ code, view, done, changed }: RateTapProps) => {
  const { t, l, why } = useWords();
  const tap = tapOf(view);
  // One sender for each choice: the same tap again is the same command, another is another.
  const [senders] = useState(() => new Map<string, ReturnType<typeof prepareAct>>());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (!tap || !view.record.some(({ action }) => action === 'answer' || action === 'answerDirectly' || action === 'explain')) return null;
  const rated = view.record.findLast(({ action }) => action === tap.action)?.answers.find(({ id }) => id === tap.field.id)?.value;
  const rate = async (value: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const send = senders.get(value) ?? prepareAct(code, tap.action);
    senders.set(value, send);
    try {
      done(await send(view.version, { [tap.field.id]: value }, []));
    } catch (failure) {
      setProblem(failure);
      if (failure instanceof ApiProblem && failure.code === 'caseChanged') {
        senders.delete(value);
        changed();
      }
    }
    setBusy(false);
  };
  return (
    <section class="notice" aria-labelledby="rate-tap">
      <h2 id="rate-tap">{l(tap.field.label)}</h2>
      <p class="hint">{t('rate.hint')}</p>
      <div class="row">
        {tap.options.map((option) => (
          <button
            key={option.value}
            type="button"
            class={rated === option.value ? 'primary' : undefined}
            aria-pressed={rated === option.value}
            disabled={busy}
            onClick={() => void rate(option.value)}
          >
            {l(option.label)}
          </button>
        ))}
      </div>
      {rated === 'dissatisfied' && view.allowed.some(({ id }) => id === 'askToReopen') ? <p role="status">{t('rate.unsolved')}</p> : null}
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </section>
  );
};
