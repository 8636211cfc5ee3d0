import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { addNote } from '../mutations.ts';

/** A word among staff, on the record and never shown to the reporter. */
export const NoteForm = ({ caseId, hint }: { caseId: string; hint: string }) => {
  const { t, why } = useWords();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [commandId, setCommandId] = useState(uuidv7);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!words.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    setBusy(true);
    setWrong(undefined);
    try {
      await addNote(caseId, commandId, words.trim());
      setWords('');
      setCommandId(uuidv7());
      await client.invalidateQueries({ queryKey: keys.case(caseId) });
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <form className="note-form" onSubmit={(event) => void send(event)} noValidate>
      <FormField id="note" label={t('note.title')} hint={hint} wrong={wrong}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={5000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
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
