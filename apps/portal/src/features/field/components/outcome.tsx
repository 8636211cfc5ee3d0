import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import type { Outcome } from '../mutations.ts';
import { ProofField, type Shots } from './proof.tsx';

interface OutcomeFieldProps {
  readonly outcome: Outcome;
  readonly words: string;
  readonly shots: Shots;
  readonly wrong: 'words' | 'proof' | undefined;
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onWords: (words: string) => void;
  readonly onShots: (shots: Shots) => void;
}

const OUTCOMES: readonly Outcome[] = ['report', 'settled', 'record'];

/** What becomes of what was seen: two different things beside a report, never mixed up (事件报备 and 即办自处). */
export const OutcomeField = ({ outcome, words, shots, wrong, onOutcome, onWords, onShots }: OutcomeFieldProps) => {
  const { f } = useFieldWords();
  return (
    <>
      <fieldset>
        <legend>{f('outcome.title')}</legend>
        {OUTCOMES.map((one) => (
          <label key={one} class="tick">
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => onOutcome(one)} />
            <span>
              {f(`outcome.${one}`)}
              <small>{f(`outcomeHint.${one}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {outcome === 'report' ? null : (
        <FormField
          id="outcome-words"
          label={f(outcome === 'settled' ? 'outcome.howSettled' : 'outcome.whyRecord')}
          wrong={wrong === 'words' ? f('outcome.wordsMissing') : undefined}
        >
          {(tied) => <textarea {...tied} maxLength={5000} value={words} onInput={(event) => onWords(event.currentTarget.value)} />}
        </FormField>
      )}
      {outcome === 'settled' ? (
        <>
          <ProofField shots={shots} onChange={onShots} />
          {wrong === 'proof' ? (
            <p class="wrong" role="alert">
              {f('outcome.proofMissing')}
            </p>
          ) : null}
        </>
      ) : null}
    </>
  );
};
