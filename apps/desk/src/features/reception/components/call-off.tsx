import { Alert, Button, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { callOffReception } from '../mutations.ts';

/** A session is not held: whoever booked reads these words. */
export const CallOff = ({ id, booked, close, done }: { id: string; booked: number; close: () => void; done: () => void }) => {
  const { t, why } = useWords('reception');
  const [because, setBecause] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!because.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    setBusy(true);
    try {
      await callOffReception(id, because.trim());
      done();
    } catch (problem) {
      setWrong(why(problem));
      setBusy(false);
    }
  };
  return (
    <Modal open title={t('reception.callOff')} onCancel={close} footer={null} destroyOnHidden>
      <form onSubmit={(event) => void send(event)} noValidate>
        <Alert type="warning" showIcon title={t('reception.callOffHint', { n: booked })} className="field" />
        <FormField id="call-off-because" label={t('reception.because')} wrong={wrong}>
          {(tied) => <Input {...tied} maxLength={200} value={because} onChange={(event) => setBecause(event.target.value)} />}
        </FormField>
        <Button type="primary" danger htmlType="submit" loading={busy}>
          {t('reception.callOff')}
        </Button>
      </form>
    </Modal>
  );
};
