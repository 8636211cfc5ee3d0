import type { Form } from '@tongxin/domain/collection/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { queue } from '../../../lib/field/device.ts';
import { type KeptEdit, kept } from '../../../lib/field/kept.ts';
import { undo } from '../../../lib/field/records.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { fieldName, valueWords } from '../../../lib/field/value-words.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';

const SHOWN = 10;
const recent = async (subjectId?: string): Promise<KeptEdit[]> => {
  const [edits, operations] = await Promise.all([kept.all('edit'), queue.all()]);
  const undoing = new Set(operations.map(({ body }) => (body as { edit?: { undoes?: string } }).edit?.undoes));
  return edits
    .filter((one) => !one.undone && !undoing.has(one.editId) && (subjectId === undefined || one.subjectId === subjectId))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, SHOWN);
};

/** What this device changed and the server has, with a way to take it back. */
export const UndoList = ({
  subjectId,
  form,
  formFor,
}: {
  subjectId?: string;
  form?: Form | undefined;
  formFor?: (edit: KeptEdit) => Form | undefined;
}) => {
  const words = useFieldWords();
  const { f, language } = words;
  const edits = useDevice(() => recent(subjectId), [subjectId]);
  if (!edits?.length) return null;
  return (
    <section>
      <h2>{f('undo.title')}</h2>
      <ul class="list">
        {edits.map((edit) => {
          const of = form ?? formFor?.(edit);
          return (
            <li key={edit.id} class="line">
              <strong>{edit.name}</strong>
              <span class="small">{f('undo.at', { at: formatShort(edit.at, language) })}</span>
              <ul>
                {edit.applied.map(({ field, before, after }) => (
                  <li key={field} class="small">
                    {f('undo.change', {
                      field: fieldName(of, field, words),
                      before: valueWords(of, field, before, words),
                      after: valueWords(of, field, after, words),
                    })}
                  </li>
                ))}
              </ul>
              <button type="button" onClick={() => void undo(edit)}>
                {f('undo.do')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
