import type { PartyDetails } from '@tongxin/client/shapes.ts';
import { Alert, Button, Checkbox, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { readParty } from '../mutations.ts';

const FIELDS = ['name', 'phone'] as const;
type FieldName = (typeof FIELDS)[number];

/** Opens a party's details for a stated purpose. What was read is gone when the dialog closes. */
export const PartyDialog = ({ caseId, partyId, close }: { caseId: string; partyId: string; close: () => void }) => {
  const { t, why } = useWords();
  const [purpose, setPurpose] = useState('');
  const [fields, setFields] = useState<readonly FieldName[]>(['name', 'phone']);
  const [details, setDetails] = useState<PartyDetails>();
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (purpose.trim().length < 2) {
      setWrong(t('party.purposeMissing'));
      return;
    }
    setWrong(undefined);
    setBusy(true);
    try {
      setDetails(await readParty(caseId, partyId, { purpose: purpose.trim(), fields: [...fields] }));
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <Modal open title={t('party.title')} onCancel={close} footer={null} destroyOnHidden>
      {details ? (
        <>
          <dl className="facts">
            {fields.map((field) => (
              <div key={field} style={{ display: 'contents' }}>
                <dt>{t(`party.${field}`)}</dt>
                <dd>{details[field] ?? t('party.none')}</dd>
              </div>
            ))}
          </dl>
          <p>
            <Button onClick={close}>{t('party.close')}</Button>
          </p>
        </>
      ) : (
        <form onSubmit={(event) => void open(event)} noValidate>
          <Alert type="warning" showIcon title={t('party.warning')} className="field" />
          <FormField id="purpose" label={t('party.purpose')} hint={t('party.purposeHint')} wrong={wrong}>
            {(tied) => <Input {...tied} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
          </FormField>
          <fieldset className="field">
            <legend>{t('party.fields')}</legend>
            <Checkbox.Group
              value={[...fields]}
              onChange={(chosen) => setFields(chosen as FieldName[])}
              options={FIELDS.map((field) => ({ value: field, label: t(`party.${field}`) }))}
            />
          </fieldset>
          <Button type="primary" htmlType="submit" loading={busy} disabled={!fields.length}>
            {t('party.open')}
          </Button>
        </form>
      )}
    </Modal>
  );
};
