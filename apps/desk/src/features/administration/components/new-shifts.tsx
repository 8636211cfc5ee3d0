import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { PostView } from '@tongxin/domain/organization/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Checkbox, Radio, Select } from 'antd';
import { useState } from 'react';
import { plus } from '../../../lib/days.ts';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';

const HOURS = { night: ['17:30', '09:00'], holiday: ['09:00', '17:30'], day: ['09:00', '17:30'] } as const;
type Kind = keyof typeof HOURS;
const at = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();

interface NewShiftsProps {
  readonly organizationId: string;
  readonly posts: readonly PostView[];
  readonly from: string;
  readonly close: () => void;
}

/** One shift, or the same on several days in a row. An end at or before the beginning is on the next day. */
export const NewShifts = ({ organizationId, posts, from, close }: NewShiftsProps) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const today = localDate(Date.now());
  const [postId, setPostId] = useState<string>();
  const [kind, setKind] = useState<Kind>('night');
  const [first, setFirst] = useState(from > today ? from : today);
  const [last, setLast] = useState(first);
  const [starts, setStarts] = useState<string>(HOURS.night[0]);
  const [ends, setEnds] = useState<string>(HOURS.night[1]);
  const [ids] = useState(() => Array.from({ length: 31 }, () => uuidv7()));
  const choose = (next: Kind): void => {
    setKind(next);
    setStarts(HOURS[next][0]);
    setEnds(HOURS[next][1]);
  };
  const days = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
  const missing = !postId ? t('admin.post') : !(days >= 1 && days <= 31) ? t('admin.last') : undefined;
  const run = async (): Promise<void> => {
    const shifts = Array.from({ length: days }, (_, n) => {
      const day = plus(first, n);
      return { id: ids[n]!, postId: postId!, kind, startsAt: at(day, starts), endsAt: at(ends <= starts ? plus(day, 1) : day, ends) };
    });
    if (!(await change((commandId) => administration.addShifts(organizationId, { commandId, shifts })))) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={t('admin.newShift')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
    >
      <FormField id="shift-post" label={t('admin.post')} hint={posts.length === 0 ? t('admin.noPosts') : undefined}>
        {(tied) => (
          <Select
            {...tied}
            placeholder={t('form.pick')}
            value={postId}
            onChange={(chosen: string) => setPostId(chosen)}
            options={posts.map((post) => ({ value: post.id, label: t('admin.postHolders', { post: l(post.title), n: post.holders }) }))}
          />
        )}
      </FormField>
      <fieldset className="field">
        <legend>{t('admin.shiftKind')}</legend>
        <Radio.Group
          value={kind}
          onChange={(event) => choose(event.target.value)}
          options={(['night', 'holiday', 'day'] as const).map((one) => ({ value: one, label: t(`admin.shift.${one}`) }))}
        />
      </fieldset>
      <DayField
        id="shift-first"
        label={t('admin.from')}
        value={first}
        onChange={(day) => {
          setFirst(day);
          if (last < day) setLast(day);
        }}
      />
      <div className="field">
        <Checkbox checked={last !== first} onChange={(event) => setLast(event.target.checked ? plus(first, 1) : first)}>
          {t('admin.severalDays')}
        </Checkbox>
      </div>
      {last === first ? null : <DayField id="shift-last" label={t('admin.last')} value={last} onChange={setLast} />}
      <FormField id="shift-starts" label={t('admin.starts')}>
        {({ status: _status, ...tied }) => (
          <input {...tied} type="time" value={starts} onChange={(event) => setStarts(event.target.value)} />
        )}
      </FormField>
      <FormField id="shift-ends" label={t('admin.ends')} hint={ends <= starts ? t('admin.nextDay') : undefined}>
        {({ status: _status, ...tied }) => <input {...tied} type="time" value={ends} onChange={(event) => setEnds(event.target.value)} />}
      </FormField>
    </RegisterDrawer>
  );
};
