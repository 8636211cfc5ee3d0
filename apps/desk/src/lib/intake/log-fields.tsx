import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { dangerIn } from '@tongxin/ui/danger.ts';
import { Alert, Checkbox, Input, Radio, Select } from 'antd';
import { categoriesQuery } from '../directory.ts';
import { AreaCascader } from '../form/area-cascader.tsx';
import { BodySelect } from '../form/body-select.tsx';
import { CategorySelect } from '../form/category-select.tsx';
import { FileField } from '../form/file-field.tsx';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { api } from '../services.ts';
import { BehalfOfFields } from './behalf-of-fields.tsx';
import { askedOf, DEMANDS, LOG_CHANNELS, type LogDraft, overIn } from './log-draft.ts';
import { Questions } from './questions.tsx';

interface Fields {
  readonly draft: LogDraft;
  readonly change: (part: Partial<LogDraft>) => void;
}

/** Whom a caller must call first, by what they say and what it is about. */
export const useDanger = ({ text, categoryId }: Pick<LogDraft, 'text' | 'categoryId'>) => {
  const { data: categories = [] } = useQuery(categoriesQuery);
  return dangerIn(text, categories.find(({ id }) => id === categoryId)?.danger);
};

/** What it is about: words, danger, kind and category with what it asks, place, papers. `isRefused`: what lacks or is too long is said. */
export const WhatFields = ({ draft, change, isRefused }: Fields & { isRefused: boolean }) => {
  const { t } = useWords('intake');
  const { data: categories = [] } = useQuery(categoriesQuery);
  const danger = useDanger(draft);
  const over = isRefused ? overIn(draft, categories) : 0;
  const wrong = isRefused && !draft.text.trim() ? t('log.textMissing') : over ? t('log.tooLong', { n: over }) : undefined;
  return (
    <>
      <fieldset className="field">
        <legend>{t('log.kind')}</legend>
        <Radio.Group
          name="procedure"
          value={draft.procedure}
          onChange={(event) => change({ procedure: event.target.value })}
          options={[
            { value: 'order', label: t('log.order') },
            { value: 'letter', label: t('log.letter') },
          ]}
        />
      </fieldset>
      <FormField id="text" label={t('log.text')} {...(wrong ? { wrong } : {})}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            autoSize={{ minRows: 5 }}
            maxLength={9000}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
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
          value={draft.demandKind}
          onChange={(event) => change({ demandKind: event.target.value })}
          options={DEMANDS.map((kind) => ({ value: kind, label: t(`demand.${kind}`) }))}
        />
      </fieldset>
      <FormField id="category" label={t('log.category')}>
        {(tied) => (
          <CategorySelect
            id={tied.id}
            empty={t('log.unsure')}
            value={draft.categoryId}
            onChange={(categoryId) => change({ categoryId, answers: [] })}
          />
        )}
      </FormField>
      <Questions {...askedOf(draft, categories)} isRefused={isRefused} onChange={(answers) => change({ answers })} />
      <FormField id="area" label={t('log.area')} hint={t('log.areaHint')}>
        {(tied) => (
          <AreaCascader
            id={tied.id}
            empty={t('inbox.unplaced')}
            value={draft.path.map(({ id }) => id)}
            onChange={(path) => change({ path })}
          />
        )}
      </FormField>
      <FormField id="address" label={t('log.address')}>
        {(tied) => <Input {...tied} maxLength={200} value={draft.address} onChange={(event) => change({ address: event.target.value })} />}
      </FormField>
      <FileField id="files" label={t('log.papers')} files={draft.files} onChange={(files) => change({ files })} />
    </>
  );
};

/** Who tells it, and what they wish: kept from the other side, called back, told by SMS, told for somebody else. */
export const WhoFields = ({ draft, change, channels = LOG_CHANNELS }: Fields & { channels?: readonly LogDraft['channel'][] }) => {
  const { t } = useWords('intake');
  const { data: ways } = useQuery({ queryKey: keys.channels, queryFn: ({ signal }) => api.channels(signal), staleTime: 10 * 60_000 });
  return (
    <>
      {channels.length > 1 ? (
        <FormField id="channel" label={t('log.channel')}>
          {(tied) => (
            <Select
              id={tied.id}
              value={draft.channel}
              onChange={(channel) => change({ channel })}
              options={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
            />
          )}
        </FormField>
      ) : null}
      <h2>{t('log.reporter')}</h2>
      <FormField id="name" label={t('log.name')}>
        {(tied) => <Input {...tied} maxLength={80} value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
      </FormField>
      <FormField id="phone" label={t('log.phone')}>
        {(tied) => (
          <Input {...tied} type="tel" maxLength={40} value={draft.phone} onChange={(event) => change({ phone: event.target.value })} />
        )}
      </FormField>
      {(['protected', 'callBackWanted'] as const).map((flag) => (
        <div key={flag}>
          <Checkbox checked={draft[flag]} onChange={(event) => change({ [flag]: event.target.checked })}>
            {t(flag === 'callBackWanted' ? 'log.callBack' : `log.${flag}`)}
          </Checkbox>
        </div>
      ))}
      {ways?.sms ? (
        <div>
          <Checkbox
            checked={draft.notify && draft.phone.trim() !== ''}
            disabled={draft.phone.trim() === ''}
            onChange={(event) => change({ notify: event.target.checked })}
          >
            {t('log.notify')}
          </Checkbox>
        </div>
      ) : null}
      <BehalfOfFields value={draft.behalfOf} onChange={(behalfOf) => change({ behalfOf })} />
      <FormField id="respondent" label={t('log.respondent')} hint={t('log.respondentHint')}>
        {(tied) => <BodySelect respondents id={tied.id} value={draft.respondent} onChange={(respondent) => change({ respondent })} />}
      </FormField>
    </>
  );
};
