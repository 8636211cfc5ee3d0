import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { listLetterOffices } from '../queries.ts';

interface OfficeFieldProps {
  readonly areaId: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (officeId: string | undefined) => void;
}

/** Whom a letter is written to: the offices that take letters there and above. Nobody has to know: the nearest one receives it. */
export const OfficeField = ({ areaId, value, onChange }: OfficeFieldProps) => {
  const { t, l } = useWords();
  const { loaded, reload } = useLoad(() => listLetterOffices(areaId), [areaId]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const offices = loaded.data;
  if (!offices.length) return null;
  return (
    <FormField id="office" label={t('letter.office')} hint={t('letter.officeHint')}>
      {(tied) => (
        <select
          {...tied}
          value={offices.some(({ id }) => id === value) ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        >
          <option value="">{t('letter.officeNearest', { office: l(offices[0]!.label) })}</option>
          {offices.map(({ id, label }) => (
            <option key={id} value={id}>
              {l(label)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
};
