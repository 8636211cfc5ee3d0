import { type Referral, SENDERS, type Sender } from '@tongxin/domain/dispute/referral/schema.ts';
import { Checkbox, Input, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Who passed it on, under which number, and by when an answer is waited for. */
export const ReferralFields = ({ referral, change }: { referral: Referral; change: (referral: Referral) => void }) => {
  const { t } = useWords('dispute');
  const isCourt = referral.sender.startsWith('court');
  return (
    <>
      <FormField id="sender" label={t('referral.sender')}>
        {(tied) => (
          <Select
            {...tied}
            value={referral.sender}
            onChange={(sender: Sender) => change({ ...referral, sender })}
            options={SENDERS.map((value) => ({ value, label: t(`referral.sender.${value}`) }))}
          />
        )}
      </FormField>
      <FormField id="sender-body" label={t('referral.body')}>
        {(tied) => (
          <Input
            {...tied}
            maxLength={80}
            value={referral.body ?? ''}
            onChange={(event) => change({ ...referral, body: event.target.value })}
          />
        )}
      </FormField>
      <FormField id="sender-number" label={t('referral.number')}>
        {(tied) => (
          <Input
            {...tied}
            maxLength={60}
            value={referral.number ?? ''}
            onChange={(event) => change({ ...referral, number: event.target.value })}
          />
        )}
      </FormField>
      <FormField id="received-on" label={t('referral.receivedOn')} {...(isCourt ? { hint: t('referral.courtHint') } : {})}>
        {(tied) => (
          <Input
            {...tied}
            type="date"
            value={referral.receivedOn}
            onChange={(event) => change({ ...referral, receivedOn: event.target.value })}
          />
        )}
      </FormField>
      <div className="field">
        <Checkbox checked={referral.fileConsent} onChange={(event) => change({ ...referral, fileConsent: event.target.checked })}>
          {t('referral.fileConsent')}
        </Checkbox>
      </div>
    </>
  );
};
