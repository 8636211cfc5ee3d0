import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { FieldValue } from '@tongxin/domain/edit/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { queue } from '../../../lib/field/device.ts';
import { type KeptConflict, kept } from '../../../lib/field/kept.ts';
import { decide } from '../../../lib/field/records.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { fieldName, valueWords } from '../../../lib/field/value-words.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';

/** Both values side by side, field by field; the person decides. */
export const ConflictCard = ({ conflict, form }: { conflict: KeptConflict; form: Form | undefined }) => {
  const words = useFieldWords();
  const { f, l, language } = words;
  const [choices, setChoices] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  const [wrong, setWrong] = useState(false);
  const pick = (field: string, which: 'mine' | 'theirs') => setChoices((now) => ({ ...now, [field]: which }));
  const send = async (): Promise<void> => {
    if (conflict.conflicts.some(({ field }) => !choices[field])) return setWrong(true);
    await decide(conflict, choices);
  };
  return (
    <section class="notice conflict" aria-label={f('conflict.of', { name: conflict.name })}>
      <h3>{f('conflict.of', { name: conflict.name })}</h3>
      <p>{f('conflict.hint')}</p>
      {conflict.conflicts.map(({ field, mine, theirs, theirsBy }) => {
        const side = (which: 'mine' | 'theirs', value: FieldValue, by: string) => (
          <label class={choices[field] === which ? 'side chosen' : 'side'}>
            <input
              type="radio"
              name={`${conflict.editId}-${field}`}
              checked={choices[field] === which}
              onChange={() => pick(field, which)}
            />
            <span>
              <small>{by}</small>
              <strong>{valueWords(form, field, value, words)}</strong>
            </span>
          </label>
        );
        return (
          <fieldset key={field}>
            <legend>{fieldName(form, field, words)}</legend>
            <div class="sides">
              {side('mine', mine, f('conflict.mine'))}
              {side(
                'theirs',
                theirs,
                theirsBy
                  ? f('conflict.theirsBy', {
                      who: theirsBy.postLabel ? l(theirsBy.postLabel) : f('conflict.somebody'),
                      at: formatShort(theirsBy.at, language),
                    })
                  : f('conflict.theirs'),
              )}
            </div>
          </fieldset>
        );
      })}
      {wrong ? (
        <p class="wrong" role="alert">
          {f('conflict.missing')}
        </p>
      ) : null}
      <button type="button" class="primary" onClick={() => void send()}>
        {f('conflict.decide')}
      </button>
    </section>
  );
};

/** Conflicts that still wait: one that was decided and is on its way is not asked again. */
export const openConflicts = async (subjectId?: string): Promise<KeptConflict[]> => {
  const [conflicts, operations] = await Promise.all([kept.all('conflict'), queue.all()]);
  const decided = new Set(operations.map(({ body }) => (body as { edit?: { decides?: string } }).edit?.decides));
  return conflicts.filter((one) => !decided.has(one.editId) && (subjectId === undefined || one.subjectId === subjectId));
};

export const Conflicts = ({ subjectId, form }: { subjectId: string; form: Form | undefined }) => {
  const conflicts = useDevice(() => openConflicts(subjectId), [subjectId]);
  return (
    <>
      {conflicts?.map((conflict) => (
        <ConflictCard key={conflict.id} conflict={conflict} form={form} />
      ))}
    </>
  );
};
