import { useQuery } from '@tanstack/react-query';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Channel, DemandKind } from '@tongxin/domain/case/schema.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import { dangerIn } from '@tongxin/ui/danger.ts';
import { Alert, Button, Checkbox, Input, Radio, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { categoriesQuery } from '../../lib/directory.ts';
import { FoundDraft, useFormDraft } from '../../lib/draft/form-draft.tsx';
import { AreaCascader } from '../../lib/form/area-cascader.tsx';
import { BodySelect } from '../../lib/form/body-select.tsx';
import { CategorySelect } from '../../lib/form/category-select.tsx';
import { FileField } from '../../lib/form/file-field.tsx';
import { FormField } from '../../lib/form/form-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { type BehalfOf, BehalfOfFields, statedBehalfOf } from './components/behalf-of-fields.tsx';
import { Logged } from './components/logged.tsx';
import { logCase } from './mutations.ts';

const CHANNELS = ['hotline', 'window', 'letter', 'patrol', 'department', 'media'] as const satisfies readonly Channel[];
const DEMANDS = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const satisfies readonly DemandKind[];

export const LogPage = () => {
  const { t } = useWords();
  const { data: me } = useQuery(meQuery);
  const [receipt, setReceipt] = useState<Receipt>();
  const [turn, setTurn] = useState(0);
  if (me && !mayDo(me, 'case.register'))
    return (
      <>
        <h1>{t('log.title')}</h1>
        <Alert type="info" title={t('log.onlyIfYouMay')} />
      </>
    );
  return (
    <>
      <h1>{t('log.title')}</h1>
      {receipt ? (
        <Logged
          receipt={receipt}
          next={() => {
            setReceipt(undefined);
            setTurn((n) => n + 1);
          }}
        />
      ) : (
        <LogForm key={turn} done={setReceipt} anew={() => setTurn((n) => n + 1)} />
      )}
    </>
  );
};

interface LogFormProps {
  readonly done: (receipt: Receipt) => void;
  /** An empty form in its place. */
  readonly anew: () => void;
}

const LogForm = ({ done, anew }: LogFormProps) => {
  const { t, l, why } = useWords();
  const { data: categories = [] } = useQuery(categoriesQuery);
  const [ids, setIds] = useState(() => ({ caseId: uuidv7(), uploaded: new Set<string>() }));
  const [procedure, setProcedure] = useState<'order' | 'letter'>('order');
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('hotline');
  const [text, setText] = useState('');
  const [demandKind, setDemandKind] = useState<DemandKind>();
  const [categoryId, setCategoryId] = useState<string>();
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [flags, setFlags] = useState({ protected: false, callBackWanted: false });
  const [behalfOf, setBehalfOf] = useState<BehalfOf>();
  const [respondent, setRespondent] = useState<string>();
  const [files, setFiles] = useState<readonly UploadFile[]>([]);
  const [wrong, setWrong] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const written = {
    caseId: ids.caseId,
    procedure,
    channel,
    text,
    demandKind,
    categoryId,
    path,
    address,
    name,
    phone,
    flags,
    behalfOf,
    respondent,
    files,
  };
  const { found, forget } = useFormDraft('log', written, (kept) => {
    setProcedure(kept.procedure);
    setChannel(kept.channel);
    setText(kept.text);
    setDemandKind(kept.demandKind);
    setCategoryId(kept.categoryId);
    setPath(kept.path);
    setAddress(kept.address);
    setName(kept.name);
    setPhone(kept.phone);
    setFlags(kept.flags);
    setBehalfOf(kept.behalfOf);
    setRespondent(kept.respondent);
    setFiles(kept.files);
    // The same case again: what of it had arrived is not logged twice.
    setIds({ caseId: kept.caseId, uploaded: new Set() });
  });
  const danger = dangerIn(text, categories.find(({ id }) => id === categoryId)?.danger);

  const bodyOf = (): NewCase => {
    const areaId = path.at(-1)?.id;
    const place = [path.map((one) => l(one.name)).join(' '), address.trim()].filter(Boolean).join(' ');
    return {
      id: ids.caseId,
      procedure,
      channel,
      text: text.trim(),
      ...(demandKind ? { demandKind } : {}),
      ...(categoryId ? { categoryId } : {}),
      ...(areaId ? { areaId } : {}),
      ...(place ? { address: place } : {}),
      reporter: { ...(name.trim() ? { name: name.trim() } : {}), ...(phone.trim() ? { phone: phone.trim() } : {}), ...flags },
      ...(behalfOf ? { behalfOf: statedBehalfOf(behalfOf) } : {}),
      ...(respondent ? { respondentOrganizationId: respondent } : {}),
      ...(files.length ? { fileIds: files.map((file) => file.fileId) } : {}),
    };
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    if (!text.trim()) {
      setWrong(t('log.textMissing'));
      document.getElementById('text')?.focus();
      return;
    }
    setWrong(undefined);
    setBusy(true);
    try {
      const receipt = await logCase(bodyOf(), files, ids.uploaded);
      await forget();
      done(receipt);
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <form className="columns" onSubmit={(event) => void send(event)} noValidate>
      <div className="card">
        <FoundDraft found={found} drop={() => void forget().then(anew)} />
        <fieldset className="field">
          <legend>{t('log.kind')}</legend>
          <Radio.Group
            name="procedure"
            value={procedure}
            onChange={(event) => setProcedure(event.target.value)}
            options={[
              { value: 'order', label: t('log.order') },
              { value: 'letter', label: t('log.letter') },
            ]}
          />
        </fieldset>
        <FormField id="text" label={t('log.text')} wrong={text.trim() ? undefined : wrong}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              autoSize={{ minRows: 5 }}
              maxLength={10_000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
        <div role="alert">
          {danger.length ? (
            <Alert
              type="error"
              showIcon
              className="field"
              title={`${t('danger.title')} ${danger.map((n) => t(`danger.${n}`)).join(' · ')}`}
            />
          ) : null}
        </div>
        <fieldset className="field">
          <legend>{t('log.demandKind')}</legend>
          <Radio.Group
            name="demandKind"
            value={demandKind}
            onChange={(event) => setDemandKind(event.target.value)}
            options={DEMANDS.map((kind) => ({ value: kind, label: t(`demand.${kind}`) }))}
          />
        </fieldset>
        <FormField id="category" label={t('log.category')}>
          {(tied) => <CategorySelect id={tied.id} empty={t('log.unsure')} value={categoryId} onChange={setCategoryId} />}
        </FormField>
        <FormField id="area" label={t('log.area')} hint={t('log.areaHint')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('inbox.unplaced')} value={path.map(({ id }) => id)} onChange={setPath} />}
        </FormField>
        <FormField id="address" label={t('log.address')}>
          {(tied) => <Input {...tied} maxLength={200} value={address} onChange={(event) => setAddress(event.target.value)} />}
        </FormField>
        <FileField id="files" label={t('form.files')} files={files} onChange={setFiles} />
      </div>
      <div>
        <div className="card">
          <FormField id="channel" label={t('log.channel')}>
            {(tied) => (
              <Select
                id={tied.id}
                value={channel}
                onChange={setChannel}
                options={CHANNELS.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
              />
            )}
          </FormField>
          <h2>{t('log.reporter')}</h2>
          <FormField id="name" label={t('log.name')}>
            {(tied) => <Input {...tied} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}
          </FormField>
          <FormField id="phone" label={t('log.phone')}>
            {(tied) => <Input {...tied} type="tel" maxLength={40} value={phone} onChange={(event) => setPhone(event.target.value)} />}
          </FormField>
          {(['protected', 'callBackWanted'] as const).map((flag) => (
            <div key={flag}>
              <Checkbox checked={flags[flag]} onChange={(event) => setFlags({ ...flags, [flag]: event.target.checked })}>
                {t(flag === 'callBackWanted' ? 'log.callBack' : `log.${flag}`)}
              </Checkbox>
            </div>
          ))}
          <BehalfOfFields value={behalfOf} onChange={setBehalfOf} />
          <FormField id="respondent" label={t('log.respondent')} hint={t('log.respondentHint')}>
            {(tied) => <BodySelect respondents id={tied.id} value={respondent} onChange={setRespondent} />}
          </FormField>
        </div>
        {problem ? <Alert role="alert" type="error" showIcon className="field" title={why(problem)} /> : null}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('log.submit')}
        </Button>
      </div>
    </form>
  );
};
