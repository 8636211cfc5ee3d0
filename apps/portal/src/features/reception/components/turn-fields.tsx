import { turnOf } from '@tongxin/domain/reception/rules.ts';
import { NEEDS, type Need, type SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatTime } from '@tongxin/ui/time.ts';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** What is asked of a turn, whether it is booked or changed. */
export interface Turn {
  /** 0: the first that is free. */
  readonly slot: number;
  readonly purpose: string;
  readonly needs: readonly Need[];
  readonly companions: number;
}

interface TurnFieldsProps {
  readonly session: SessionView;
  /** The number one has already: it may be kept. */
  readonly mine?: number | undefined;
  readonly turn: Turn;
  readonly wrong: boolean;
  readonly onChange: (part: Partial<Turn>) => void;
}

const MOST_COMPANIONS = 4;

/** The time, what about in a few words, what one needs in order to be heard, and who comes along. */
export const TurnFields = ({ session, mine, turn, wrong, onChange }: TurnFieldsProps) => {
  const { t, language } = useWords();
  const free = [...new Set([...(mine ? [mine] : []), ...session.free])].sort((a, b) => a - b);
  return (
    <>
      <FormField id="slot" label={t('reception.time')}>
        {(tied) => (
          <select {...tied} value={String(turn.slot)} onChange={(event) => onChange({ slot: Number(event.currentTarget.value) })}>
            {mine ? null : <option value="0">{t('reception.firstFree')}</option>}
            {free.map((slot) => (
              <option key={slot} value={slot}>
                {t('reception.slot', { time: formatTime(turnOf(session, slot), language), n: slot })}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField
        id="purpose"
        label={t('reception.purpose')}
        hint={t(session.kind === 'legal' ? 'legal.purposeHint' : 'reception.purposeHint')}
        wrong={wrong && !turn.purpose.trim() ? t('misfit.missing') : undefined}
      >
        {(tied) => (
          <textarea
            {...tied}
            rows={3}
            maxLength={300}
            required
            value={turn.purpose}
            onInput={(event) => onChange({ purpose: event.currentTarget.value })}
          />
        )}
      </FormField>
      <fieldset>
        <legend>{t('reception.needs')}</legend>
        {NEEDS.map((need) => (
          <Tick
            key={need}
            label={t(`reception.need.${need}`)}
            checked={turn.needs.includes(need)}
            onChange={(wanted) => onChange({ needs: NEEDS.filter((one) => (one === need ? wanted : turn.needs.includes(one))) })}
          />
        ))}
      </fieldset>
      <FormField id="companions" label={t('reception.companions')} hint={t('reception.companionsHint')}>
        {(tied) => (
          <select
            {...tied}
            value={String(turn.companions)}
            onChange={(event) => onChange({ companions: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: MOST_COMPANIONS + 1 }, (_, n) => (
              <option key={n} value={n}>
                {n === 0 ? t('reception.alone') : t('reception.people', { n })}
              </option>
            ))}
          </select>
        )}
      </FormField>
    </>
  );
};
