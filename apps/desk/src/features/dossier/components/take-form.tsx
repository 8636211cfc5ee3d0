import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { takeDossier } from '../mutations.ts';

/** The whole file as a PDF, for a purpose that its parties read. */
export const TakeForm = ({ caseId, name, done }: { caseId: string; name: string; done: () => void }) => {
  const { t, why } = useWords('dossier');
  const [purpose, setPurpose] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong('');
    try {
      await takeDossier(caseId, purpose.trim(), name);
      setPurpose('');
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
    done();
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-label={t('dossier.take')}>
      <FormField id="dossier-purpose" label={t('party.purpose')} hint={t('dossier.purposeHint')}>
        {(tied) => <Input {...tied} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
      </FormField>
      {wrong ? <Alert type="error" role="alert" showIcon title={wrong} className="field" /> : null}
      <Button type="primary" htmlType="submit" loading={busy} disabled={purpose.trim().length < 2}>
        {t('dossier.take')}
      </Button>
    </form>
  );
};
