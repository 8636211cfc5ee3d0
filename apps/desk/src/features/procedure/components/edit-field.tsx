import type { Field } from '@tongxin/domain/procedure/schema.ts';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { EditWords } from './edit-words.tsx';

/** What a field of one's own may ask for; bodies, people and cases mean something to the procedure and come with it. */
const TYPES = ['text', 'longText', 'choice', 'boolean', 'date', 'integer'] as const;
const WORDS = new Set<Field['type']>(['text', 'longText']);

interface EditFieldProps {
  readonly n: number;
  readonly field: Field;
  /** Came with the procedure: its type stays. */
  readonly given: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly onChange: (field: Field) => void;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

type Options = NonNullable<Field['options']>;

const EditOptions = ({ at, options, onChange }: { at: string; options: Options; onChange: (options: Options) => void }) => {
  const { t } = useWords('procedure');
  const add = (): void => {
    const taken = new Set(options.map((one) => one.value));
    let n = 1;
    while (taken.has(`option${n}`)) n += 1;
    onChange([...options, { value: `option${n}`, label: { zh: `${t('procedure.newOption')} ${n}` } }]);
  };
  return (
    <div className="field">
      {options.map((option, index) => (
        <div className="row part-row" key={option.value}>
          <Input
            aria-label={`${at} ${t('procedure.optionRow', { n: index + 1 })} ${t('procedure.nameZh')}`}
            className="grows"
            maxLength={400}
            value={option.label.zh}
            onChange={(event) => onChange(options.with(index, { ...option, label: { ...option.label, zh: event.target.value } }))}
          />
          <Input
            aria-label={`${at} ${t('procedure.optionRow', { n: index + 1 })} ${t('procedure.nameEn')}`}
            className="grows"
            maxLength={800}
            value={option.label.en ?? ''}
            onChange={(event) =>
              onChange(
                options.with(index, {
                  ...option,
                  label: { zh: option.label.zh, ...(event.target.value ? { en: event.target.value } : {}) },
                }),
              )
            }
          />
          {option.refuses ? <span className="quiet">{t('procedure.refuses')}</span> : null}
          <Button
            size="small"
            onClick={() => onChange(options.toSpliced(index, 1))}
            aria-label={`${t('procedure.remove')} ${t('procedure.optionRow', { n: index + 1 })}`}
          >
            {t('procedure.remove')}
          </Button>
        </div>
      ))}
      {options.length < 60 ? (
        <Button size="small" onClick={add}>
          {t('procedure.addOption')}
        </Button>
      ) : null}
    </div>
  );
};

/** A number that may be left open. */
const EditNumber = ({
  id,
  name,
  value,
  least,
  onChange,
}: {
  id: string;
  name: string;
  value?: number;
  least?: number;
  onChange: (value: number | undefined) => void;
}) => (
  <FormField id={id} label={name}>
    {(tied) => (
      <InputNumber
        {...tied}
        precision={0}
        {...(least === undefined ? {} : { min: least })}
        value={value ?? null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    )}
  </FormField>
);

/** One field of a form. */
export const EditField = ({ n, field, given, first, last, onChange, move, remove }: EditFieldProps) => {
  const { t, l } = useWords('procedure');
  const name = t('procedure.fieldOf', { n, name: l(field.label) });
  const set = (change: Partial<Field>): void => {
    const next = { ...field, ...change };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as Field);
  };
  const setType = (type: Field['type']): void => {
    const { options: _, minimum: _least, maximum: _most, maxLength: _long, ...rest } = field;
    const choice = type === 'choice' ? { options: [{ value: 'option1', label: { zh: `${t('procedure.newOption')} 1` } }] } : {};
    onChange({ ...rest, type, content: WORDS.has(type), ...choice });
  };
  const seen = field.seenBy?.includes('reporter') ?? false;
  const others = (field.seenBy ?? []).filter((one) => one !== 'reporter');
  return (
    <fieldset className="field part-row">
      <legend>{name}</legend>
      <EditWords
        id={`field-${n}-name`}
        zh={t('procedure.nameZh')}
        en={t('procedure.nameEn')}
        value={field.label}
        onChange={(label) => label && set({ label })}
      />
      <EditWords
        id={`field-${n}-hint`}
        zh={t('procedure.hintZh')}
        en={t('procedure.hintEn')}
        value={field.hint}
        mayBeEmpty
        onChange={(hint) => set({ hint })}
      />
      <div className="row">
        {given ? (
          <span className="quiet">{t(`procedure.type.${field.type}`)}</span>
        ) : (
          <Select
            className="unit"
            aria-label={`${name} ${t('procedure.fieldType')}`}
            value={field.type}
            onChange={setType}
            options={TYPES.map((type) => ({ value: type, label: t(`procedure.type.${type}`) }))}
          />
        )}
        <Checkbox checked={field.required} onChange={(event) => set({ required: event.target.checked })}>
          {t('procedure.fieldRequired')}
        </Checkbox>
        <Checkbox
          checked={seen}
          onChange={(event) => {
            const seenBy = event.target.checked ? [...others, 'reporter' as const] : others;
            set({ seenBy: seenBy.length ? seenBy : undefined });
          }}
        >
          {t('procedure.seenByReporter')}
        </Checkbox>
        <Button size="small" disabled={first} onClick={() => move(-1)} aria-label={`${t('procedure.fieldUp')} ${name}`}>
          {t('procedure.fieldUp')}
        </Button>
        <Button size="small" disabled={last} onClick={() => move(1)} aria-label={`${t('procedure.fieldDown')} ${name}`}>
          {t('procedure.fieldDown')}
        </Button>
        <Button size="small" onClick={remove} aria-label={`${t('procedure.remove')} ${name}`}>
          {t('procedure.remove')}
        </Button>
      </div>
      {field.type === 'integer' ? (
        <div className="pair">
          <EditNumber
            id={`field-${n}-least`}
            name={t('procedure.minimum')}
            value={field.minimum}
            onChange={(minimum) => set({ minimum })}
          />
          <EditNumber id={`field-${n}-most`} name={t('procedure.maximum')} value={field.maximum} onChange={(maximum) => set({ maximum })} />
        </div>
      ) : null}
      {WORDS.has(field.type) ? (
        <EditNumber
          id={`field-${n}-long`}
          name={t('procedure.maxLength')}
          least={1}
          value={field.maxLength}
          onChange={(maxLength) => set({ maxLength })}
        />
      ) : null}
      {field.type === 'choice' ? <EditOptions at={name} options={field.options ?? []} onChange={(options) => set({ options })} /> : null}
    </fieldset>
  );
};
