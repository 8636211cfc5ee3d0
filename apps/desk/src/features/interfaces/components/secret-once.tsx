import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** A secret that is shown now and never again. */
export const SecretOnce = ({ label, secret, close }: { label: string; secret: string; close: () => void }) => {
  const { t } = useWords('interfaces');
  const [copied, setCopied] = useState(false);
  return (
    <div role="status" className="field">
      <Alert type="warning" showIcon title={t('interfaces.once')} className="field" />
      <label htmlFor="secret-once">{label}</label>
      <div className="row">
        <Input id="secret-once" readOnly value={secret} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}>
          {t(copied ? 'interfaces.copied' : 'interfaces.copy')}
        </Button>
        <Button onClick={close}>{t('interfaces.kept')}</Button>
      </div>
    </div>
  );
};
