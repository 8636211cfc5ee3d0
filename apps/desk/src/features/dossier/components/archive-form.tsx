import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { RETENTIONS, type Retention } from '@tongxin/domain/dossier/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Alert, Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { DayField } from '../../../lib/register/fields.tsx';
import { archiveDossier } from '../mutations.ts';

/** 归档: number, day and term; where a demanded piece is missing it is said why. */
export const ArchiveForm = ({ caseId, lacks, done }: { caseId: string; lacks: boolean; done: () => void }) => {
  const { t, why } = useWords('dossier');
  const [commandId] = useState(uuidv7);
  const [archivedOn, setArchivedOn] = useState(localDate(Date.now()));
  const [retention, setRetention] = useState<Retention>('long');
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong('');
    try {
      await archiveDossier(caseId, { commandId, archivedOn, retention, ...(note.trim() ? { note: note.trim() } : {}) });
      done();
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-label={t('dossier.archive')}>
      <DayField id="archived-on" label={t('dossier.archivedOn')} value={archivedOn} onChange={setArchivedOn} />
      <FormField id="retention" label={t('dossier.retention')} hint={t('dossier.retentionHint')}>
        {(tied) => (
          <Select
            {...tied}
            value={retention}
            onChange={(chosen: Retention) => setRetention(chosen)}
            options={RETENTIONS.map((one) => ({ value: one, label: t(`dossier.retention.${one}`) }))}
          />
        )}
      </FormField>
      <FormField id="dossier-note" label={t('dossier.note')} hint={lacks ? t('dossier.noteMissing') : undefined}>
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
      {wrong ? <Alert type="error" role="alert" showIcon title={wrong} className="field" /> : null}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('dossier.archive')}
      </Button>
    </form>
  );
};
