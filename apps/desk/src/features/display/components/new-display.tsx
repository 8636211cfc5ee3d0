import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { addDisplay } from '../mutations.ts';

/** Lets a screen in: its address holds the token and is shown once. */
export const NewDisplay = ({ made }: { made: () => void }) => {
  const { t, why } = useWords('display');
  const [id, setId] = useState(uuidv7);
  const [name, setName] = useState('');
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [address, setAddress] = useState('');
  const [copied, setCopied] = useState(false);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const areaId = path.at(-1)?.id;
    setAddress('');
    if (!name.trim() || !areaId) {
      setWrong(t('display.missing'));
      return;
    }
    setBusy(true);
    setWrong('');
    try {
      const { token } = await addDisplay({ id, name: name.trim(), areaId });
      setAddress(`${location.origin}/wall#${token}`);
      setCopied(false);
      setId(uuidv7());
      setName('');
      made();
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  const copy = (): void => {
    navigator.clipboard
      .writeText(address)
      .then(() => setCopied(true))
      .catch(() => undefined);
  };
  return (
    <section className="card" aria-labelledby="new-display">
      <h2 id="new-display">{t('display.new')}</h2>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <FormField id="display-name" label={t('display.name')} hint={t('display.nameHint')}>
          {(tied) => <Input {...tied} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
        </FormField>
        <FormField id="display-area" label={t('display.area')} wrong={wrong || undefined}>
          {(tied) => <AreaCascader id={tied.id} empty={t('display.areaEmpty')} value={path.map((area) => area.id)} onChange={setPath} />}
        </FormField>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('display.make')}
        </Button>
      </form>
      {address ? (
        <div role="status" className="field">
          <Alert type="success" title={t('display.made')} />
          <FormField id="display-address" label={t('display.address')}>
            {(tied) => <Input {...tied} readOnly value={address} onFocus={(event) => event.target.select()} />}
          </FormField>
          <Button onClick={copy}>{t('display.copy')}</Button> {copied ? t('display.copied') : ''}
        </div>
      ) : null}
    </section>
  );
};
