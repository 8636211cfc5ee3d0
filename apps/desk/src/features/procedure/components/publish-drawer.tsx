import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Button, Drawer, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { publishProcedureDraft } from '../mutations.ts';

interface PublishDrawerProps {
  readonly draftId: string;
  readonly version: number;
  readonly area: string;
  readonly done: (published: { id: string; version: number }) => void;
  readonly close: () => void;
}

/** Publishes a draft: with a note, from a day on. */
export const PublishDrawer = ({ draftId, version, area, done, close }: PublishDrawerProps) => {
  const { t } = useWords('procedure');
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [from, setFrom] = useState(() => localDate(Date.now()));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!note.trim()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const published = await publishProcedureDraft(draftId, { version, note: note.trim(), from });
      await client.invalidateQueries({ queryKey: keys.procedures });
      done(published);
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <Drawer open title={t('procedure.publish')} onClose={close} size={480} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <form onSubmit={(event) => void submit(event)} noValidate aria-label={t('procedure.publish')}>
        <p>{t('procedure.publishHint', { area })}</p>
        <FormField
          id="publish-note"
          label={t('procedure.publishNote')}
          wrong={tried && !note.trim() ? t('procedure.noteMissing') : undefined}
        >
          {(tied) => (
            <Input.TextArea
              {...tied}
              maxLength={400}
              autoSize={{ minRows: 3 }}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </FormField>
        <FormField id="publish-from" label={t('procedure.from')}>
          {(tied) => (
            <Input {...tied} type="date" value={from} min={localDate(Date.now())} onChange={(event) => setFrom(event.target.value)} />
          )}
        </FormField>
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('procedure.publish')}
        </Button>
      </form>
    </Drawer>
  );
};
