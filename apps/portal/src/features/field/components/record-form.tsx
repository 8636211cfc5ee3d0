import type { UploadFile } from '@tongxin/client/upload.ts';
import { type Misfit, misfitsOf, unfinishedOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { Fields } from '@tongxin/domain/edit/schema.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { recordKey } from '../../../lib/field/device.ts';
import { kept } from '../../../lib/field/kept.ts';
import { changesBetween, type LocalRecord, sendEdit } from '../../../lib/field/records.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FilledForm } from './filled-form.tsx';

interface RecordFormProps {
  readonly form: Form;
  readonly local: LocalRecord;
  /** A visit or a patrol is finished; a premises is only kept. */
  readonly finishes: boolean;
}

interface Filling {
  readonly seen: Fields;
  readonly values: Fields;
  readonly files: readonly UploadFile[];
}

/** One record in the hands of its worker: half filled it stays on the device, kept it goes into the queue. */
export const RecordForm = ({ form, local, finishes }: RecordFormProps) => {
  const { f } = useFieldWords();
  const { record } = local;
  const key = recordKey(record.kind, record.subjectId);
  const [filling, setFilling] = useState<Filling>();
  const [misfits, setMisfits] = useState<readonly Misfit[]>([]);
  const [said, setSaid] = useState<'kept' | 'finished' | 'unfit' | 'missing'>();
  const standing = useRef(local.fields);
  standing.current = local.fields;

  useEffect(() => {
    let here = true;
    void kept.get('draft', key).then((draft) => {
      if (here) setFilling(draft ?? { seen: standing.current, values: standing.current, files: [] });
    });
    return () => {
      here = false;
    };
  }, [key]);
  if (!filling) return null;

  const dirty = changesBetween(filling.seen, filling.values).length > 0;
  const change = (values: Fields, files: readonly UploadFile[] = filling.files): void => {
    const next = { ...filling, values, files };
    setFilling(next);
    setSaid(undefined);
    // A checklist's findings stand beside it and follow each answer.
    void kept.put('draft', key, next, ...(record.kind === 'patrol' ? [] : (['quiet'] as const)));
  };
  const send = async (done: boolean): Promise<void> => {
    const unfit = misfitsOf(form, filling.values);
    const missing = done ? unfinishedOf(form, filling.values) : [];
    setMisfits([...unfit, ...missing]);
    if (unfit.length > 0 || missing.length > 0) {
      setSaid(unfit.length > 0 ? 'unfit' : 'missing');
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('main [aria-invalid="true"], main fieldset:has(.wrong) input')?.focus(),
      );
      return;
    }
    const changes = changesBetween(filling.seen, filling.values);
    const named = new Set(changes.flatMap(({ value }) => (Array.isArray(value) ? value : [])));
    if (changes.length > 0 || done)
      await sendEdit(record, changes, { ...(done ? { done: true } : {}), files: filling.files.filter(({ fileId }) => named.has(fileId)) });
    await kept.remove('draft', key);
    setFilling({ seen: filling.values, values: filling.values, files: filling.files });
    setSaid(done ? 'finished' : 'kept');
  };
  const reread = (): void => {
    setFilling({ seen: local.fields, values: local.fields, files: [] });
    setSaid(undefined);
  };
  const moved = !dirty && changesBetween(filling.seen, local.fields).length > 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
    >
      {moved ? (
        <div class="notice" role="status">
          <p>{f('form.moved')}</p>
          <button type="button" onClick={reread}>
            {f('form.showNew')}
          </button>
        </div>
      ) : null}
      <FilledForm
        form={form}
        values={filling.values}
        files={filling.files}
        misfits={misfits}
        withoutPersonal={record.consent === false}
        onChange={change}
      />
      {said ? (
        <p
          class={said === 'unfit' || said === 'missing' ? 'wrong' : 'good'}
          role={said === 'unfit' || said === 'missing' ? 'alert' : 'status'}
        >
          {f(`form.${said}`)}
        </p>
      ) : null}
      <div class="row">
        <button type="submit" class={finishes ? undefined : 'primary'} disabled={!dirty}>
          {f('form.keep')}
        </button>
        {finishes && local.status === 'open' ? (
          <button type="button" class="primary" onClick={() => void send(true)}>
            {f('form.finish')}
          </button>
        ) : null}
      </div>
    </form>
  );
};
