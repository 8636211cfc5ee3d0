import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { DIGESTS, MUTABLE_KINDS, NOTICE_KINDS, type NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import { Alert, Button, Checkbox, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { Wrong } from '../../../lib/form/wrong.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { chooseNotices } from '../mutations.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const timeOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const minuteOf = (time: string): number | undefined => {
  const [, hour, minute] = /^(\d\d):(\d\d)/u.exec(time) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
};
const NIGHT = { from: 22 * 60, to: 7 * 60 + 30 };
const isMutable = (kind: string): kind is NoticeSettings['muted'][number] => (MUTABLE_KINDS as readonly string[]).includes(kind);

interface TimeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly wrong?: string;
  readonly onChange: (minute: number) => void;
}
const TimeField = ({ id, label, value, wrong, onChange }: TimeFieldProps) => (
  <FormField id={id} label={label} wrong={wrong}>
    {({ status: _status, ...tied }) => (
      <input
        {...tied}
        type="time"
        required
        value={timeOf(value)}
        onChange={(event) => {
          const minute = minuteOf(event.target.value);
          if (minute !== undefined) onChange(minute);
        }}
      />
    )}
  </FormField>
);

/** When a person wants to be told of what. */
export const SettingsForm = ({ kept }: { kept: NoticeSettings }) => {
  const { t, why } = useWords();
  const client = useQueryClient();
  const [settings, setSettings] = useState(kept);
  const [wrong, setWrong] = useState('');
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const { muted, quiet, urgentPasses, digest, digestAt } = settings;
  const change = (part: Partial<NoticeSettings>): void => {
    setSettings({ ...settings, ...part });
    setDone(false);
  };
  const setQuiet = (next: NoticeSettings['quiet']): void => {
    const { quiet: _before, ...others } = settings;
    setSettings(next ? { ...others, quiet: next } : others);
    setDone(false);
  };
  const sameTimes = quiet !== undefined && quiet.from === quiet.to;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (sameTimes) return;
    setBusy(true);
    setWrong('');
    try {
      client.setQueryData(keys.noticeSettings, await chooseNotices(settings));
      await client.invalidateQueries({ queryKey: keys.notices });
      setDone(true);
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <fieldset className="field">
        <legend>{t('notice.kinds')}</legend>
        <p className="quiet">{t('notice.kindsHint')}</p>
        {NOTICE_KINDS.map((kind) => (
          <div key={kind}>
            <Checkbox
              checked={!(isMutable(kind) && muted.includes(kind))}
              disabled={!isMutable(kind)}
              onChange={(event) => {
                if (isMutable(kind)) change({ muted: event.target.checked ? muted.filter((one) => one !== kind) : [...muted, kind] });
              }}
            >
              {t(`notice.${kind}`)}
            </Checkbox>
          </div>
        ))}
      </fieldset>
      <fieldset className="field">
        <legend>{t('notice.quiet')}</legend>
        <div>
          <Checkbox checked={quiet !== undefined} onChange={(event) => setQuiet(event.target.checked ? NIGHT : undefined)}>
            {t('notice.quietOn')}
          </Checkbox>
        </div>
        {quiet ? (
          <div className="row">
            <TimeField id="quiet-from" label={t('notice.quietFrom')} value={quiet.from} onChange={(from) => setQuiet({ ...quiet, from })} />
            <TimeField
              id="quiet-to"
              label={t('notice.quietTo')}
              value={quiet.to}
              wrong={sameTimes ? t('notice.quietSame') : undefined}
              onChange={(to) => setQuiet({ ...quiet, to })}
            />
          </div>
        ) : null}
      </fieldset>
      <fieldset className="field">
        <legend>{t('notice.digestLegend')}</legend>
        <Radio.Group
          value={digest}
          onChange={(event) => change({ digest: event.target.value })}
          options={DIGESTS.map((one) => ({ value: one, label: t(`notice.digest.${one}`) }))}
        />
        {digest === 'daily' || digest === 'shift' ? (
          <TimeField
            id="digest-at"
            label={t(digest === 'daily' ? 'notice.digestAt' : 'notice.digestAtSpare')}
            value={digestAt}
            onChange={(minute) => change({ digestAt: minute })}
          />
        ) : null}
      </fieldset>
      <p>
        <Checkbox checked={urgentPasses} onChange={(event) => change({ urgentPasses: event.target.checked })}>
          {t('notice.urgentPasses')}
        </Checkbox>
      </p>
      <Wrong words={wrong} />
      {done ? <Alert type="success" title={t('notice.kept')} role="status" className="field" /> : null}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('notice.keep')}
      </Button>
    </form>
  );
};
