import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { sendUp } from '../mutations.ts';
import { centresQuery } from '../queries.ts';

const WHY = ['complex', 'manyParties', 'trade', 'failed'] as const;

/** One tier up, with the whole record; nothing is shown where there is no higher centre. */
export const SendUp = ({ caseId }: { caseId: string }) => {
  const { t, l } = useWords('dispute');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: centres } = useQuery(centresQuery(caseId));
  const [commandId] = useState(uuidv7);
  const [to, setTo] = useState<string>();
  const [why, setWhy] = useState<(typeof WHY)[number]>('complex');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<unknown>();
  if (!centres?.length) return null;
  const send = async (): Promise<void> => {
    try {
      await sendUp(caseId, { commandId, to: to ?? centres[0]!.id, why, ...(note.trim() ? { note: note.trim() } : {}) });
      await client.invalidateQueries({ queryKey: keys.disputes });
      await navigate({ to: '/disputes' });
    } catch (failure) {
      setProblem(failure);
    }
  };
  return (
    <section className="card" aria-labelledby="send-up">
      <h2 id="send-up">{t('sendUp.title')}</h2>
      <p className="quiet">{t('sendUp.hint')}</p>
      <fieldset className="field">
        <legend>{t('sendUp.to')}</legend>
        <Radio.Group
          name="to"
          value={to ?? centres[0]!.id}
          onChange={(event) => setTo(event.target.value)}
          options={centres.map(({ id, label }) => ({ value: id, label: l(label) }))}
        />
      </fieldset>
      <fieldset className="field">
        <legend>{t('sendUp.why')}</legend>
        <Radio.Group
          name="why"
          value={why}
          onChange={(event) => setWhy(event.target.value)}
          options={WHY.map((value) => ({ value, label: t(`sendUp.why.${value}`) }))}
        />
      </fieldset>
      <FormField id="up-note" label={t('sendUp.note')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={1000}
            autoSize={{ minRows: 2 }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </FormField>
      <Wrong problem={problem} />
      <Button onClick={() => void send()}>{t('sendUp.send')}</Button>
    </section>
  );
};
