import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useCommandDraft } from '../../../lib/draft/command-draft.ts';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { addNote } from '../mutations.ts';

/** A word among staff, on the record and never shown to the reporter. */
export const NoteForm = ({ caseId, hint }: { caseId: string; hint: string }) => {
  const { t, why } = useWords();
  const client = useQueryClient();
  const { value, found, change, drop, send: sendKept } = useCommandDraft(`note/${caseId}`, { words: '' });
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!value.words.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    setBusy(true);
    setWrong(undefined);
    try {
      await sendKept(({ words }, { commandId }) => addNote(caseId, { commandId, words: words.trim() }));
      await client.invalidateQueries({ queryKey: keys.case(caseId) });
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <form className="note-form" onSubmit={(event) => void send(event)} noValidate>
      <FoundDraft found={found} drop={drop} />
      <FormField id="note" label={t('note.title')} hint={hint} wrong={wrong}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={5000}
            value={value.words}
            onChange={(event) => change({ words: event.target.value })}
            autoSize={{ minRows: 2 }}
          />
        )}
      </FormField>
      <Button htmlType="submit" loading={busy}>
        {t('note.add')}
      </Button>
    </form>
  );
};
