import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { askedOf, type Misfit, misfitsOf, rowField, rowsOf } from '@tongxin/domain/collection/rules.ts';
import type { Form, Section } from '@tongxin/domain/collection/schema.ts';
import { fieldOf, removeRow } from '@tongxin/domain/edit/rules.ts';
import type { Fields, FieldValue } from '@tongxin/domain/edit/schema.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { QuestionField } from './question-field.tsx';

interface FilledFormProps {
  readonly form: Form;
  readonly values: Fields;
  readonly files: readonly UploadFile[];
  /** What stands in the way of being finished; shown beside the questions. */
  readonly misfits: readonly Misfit[];
  /** Left out, as where the person does not agree. */
  readonly withoutPersonal?: boolean;
  readonly onChange: (values: Fields, files?: readonly UploadFile[]) => void;
}

/** A form that is data, drawn: sections, branches, repeats. Every change is told at once; whoever holds it keeps it on the device. */
export const FilledForm = ({ form, values, files, misfits, withoutPersonal = false, onChange }: FilledFormProps) => {
  const { f, l, of } = useFieldWords();
  const asked = askedOf(form, values);
  const wrongAt = new Map([...misfitsOf(form, values), ...misfits].map(({ field, why }) => [field, why]));
  const say = (field: string): string | undefined => {
    const why = wrongAt.get(field);
    return why ? of('misfit', why, 'misfit.other') : undefined;
  };
  const put = (field: string, value: FieldValue): Fields => {
    const { [field]: _, ...rest } = values;
    return value === null ? rest : { ...rest, [field]: value };
  };
  const questions = (section: Section, row: string | undefined) =>
    asked
      .filter((one) => one.section === section && one.row === row && !(withoutPersonal && one.question.personal))
      .map(({ question, field }) => (
        <QuestionField
          key={field}
          question={question}
          field={field}
          value={fieldOf(values, field)}
          wrong={say(field)}
          files={files}
          onChange={(value) => onChange(put(field, value))}
          onFiles={(chosen, value) => {
            const before = fieldOf(values, field);
            const held = Array.isArray(before) ? before : [];
            onChange(put(field, value), [...files.filter(({ fileId }) => !held.includes(fileId)), ...chosen]);
          }}
        />
      ));
  const dropRow = (section: Section, row: string): void => {
    const gone = new Set(removeRow(values, rowField(section.id, row)).map(({ field }) => field));
    onChange(Object.fromEntries(Object.entries(values).filter(([field]) => !gone.has(field))));
  };
  return (
    <>
      {form.sections.map((section) => {
        const rows = rowsOf(section, values);
        const drawn = section.repeat ? rows : asked.some((one) => one.section === section) ? [undefined] : [];
        if (!section.repeat && drawn.length === 0) return null;
        return (
          <section key={section.id}>
            <h2>{l(section.label)}</h2>
            {section.repeat ? (
              <>
                {rows.map((row, i) => (
                  <div key={row} class="rowcard">
                    <h3>{f('form.row', { name: l(section.label), n: i + 1 })}</h3>
                    {questions(section, row)}
                    <button type="button" onClick={() => dropRow(section, row)}>
                      {f('form.dropRow')}
                    </button>
                  </div>
                ))}
                {say(section.id) ? (
                  <p class="wrong" role="alert">
                    {say(section.id)}
                  </p>
                ) : null}
                {rows.length < section.repeat.most ? (
                  <button type="button" onClick={() => onChange(put(rowField(section.id, uuidv7()), true))}>
                    {f('form.addRow', { name: l(section.label) })}
                  </button>
                ) : null}
              </>
            ) : (
              questions(section, undefined)
            )}
          </section>
        );
      })}
    </>
  );
};
