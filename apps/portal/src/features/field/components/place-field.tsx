import type { FieldValue } from '@tongxin/domain/edit/schema.ts';
import { useState } from 'preact/hooks';
import { hereNow } from '../../../lib/field/here.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';

/** Where somebody stands now, noted by a press and never by itself. */
export const PlaceField = ({
  value,
  onChange,
  label,
}: {
  value: FieldValue;
  onChange: (value: { lon: number; lat: number } | null) => void;
  label: string;
}) => {
  const { f, t } = useFieldWords();
  const [state, setState] = useState<'idle' | 'looking' | 'failed'>('idle');
  const look = async (): Promise<void> => {
    setState('looking');
    try {
      onChange(await hereNow());
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  const place = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  return (
    <fieldset>
      <legend>{label}</legend>
      {place ? (
        <p>
          {f('question.placed', { lon: place.lon.toFixed(5), lat: place.lat.toFixed(5) })}{' '}
          <button type="button" onClick={() => onChange(null)}>
            {t('report.dropPlace')}
          </button>
        </p>
      ) : (
        <button type="button" disabled={state === 'looking'} onClick={() => void look()}>
          {f(state === 'looking' ? 'question.locating' : 'question.takePlace')}
        </button>
      )}
      {state === 'failed' ? (
        <p class="wrong" role="alert">
          {f('question.noPlace')}
        </p>
      ) : null}
    </fieldset>
  );
};
