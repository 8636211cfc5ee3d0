import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { FirstPassword as Given, StaffView } from '@tongxin/domain/staff/view.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Alert, Input } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { PostPicker } from './post-picker.tsx';

/** The first password, shown once: to be passed on, and replaced at the first sign-in. */
export const FirstPassword = ({ given }: { given: Given }) => {
  const { t } = useWords('administration');
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      title={t('admin.firstPassword', { username: given.username })}
      description={
        <>
          <p className="code">{given.firstPassword}</p>
          <p>{t('admin.firstPasswordHint')}</p>
        </>
      }
    />
  );
};

const useAppointment = () => {
  const [organizationId, setOrganizationId] = useState<string>();
  const [postId, setPostId] = useState<string>();
  const [from, setFrom] = useState(() => localDate(Date.now()));
  const [last, setLast] = useState('');
  const [holdingId] = useState(() => uuidv7());
  const { t } = useWords('administration');
  // `to` is the first day that no longer counts; people name the last that does.
  const after = last ? new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : undefined;
  return {
    value: postId ? { holdingId, postId, ...(from ? { from } : {}), ...(after ? { to: after } : {}) } : undefined,
    fields: (
      <>
        <PostPicker
          organizationId={organizationId}
          postId={postId}
          onChange={(body, post) => {
            setOrganizationId(body);
            setPostId(post);
          }}
        />
        <DayField id="from" label={t('admin.from')} value={from} onChange={setFrom} />
        <DayField id="last" label={t('admin.last')} hint={t('admin.lastHint')} value={last} onChange={setLast} />
      </>
    ),
  };
};

/** A new person: name, user name, first post; then the first password. */
export const NewPerson = ({ close }: { close: () => void }) => {
  const { t } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [personId] = useState(() => uuidv7());
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [given, setGiven] = useState<Given>();
  const { value, fields } = useAppointment();
  if (given)
    return (
      <RegisterDrawer title={t('admin.newPerson')} close={close}>
        <FirstPassword given={given} />
        <br />
      </RegisterDrawer>
    );
  const missing = !name.trim() ? t('admin.name') : !username.trim() ? t('admin.username') : !value ? t('admin.post') : undefined;
  const run = async (): Promise<void> => {
    const made = await change((commandId) =>
      administration.addStaff({ commandId, personId, name: name.trim(), username: username.trim(), ...value! }),
    );
    if (!made) return;
    setGiven(made);
    void refresh();
  };
  return (
    <RegisterDrawer
      title={t('admin.newPerson')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.appoint'), busy, missing, run: () => void run() }}
    >
      <FormField id="person-name" label={t('admin.name')} hint={t('admin.nameHint')}>
        {(tied) => <Input {...tied} autoComplete="off" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
      </FormField>
      <FormField id="person-username" label={t('admin.username')} hint={t('admin.usernameHint')}>
        {(tied) => (
          <Input {...tied} autoComplete="off" maxLength={60} value={username} onChange={(event) => setUsername(event.target.value)} />
        )}
      </FormField>
      {fields}
    </RegisterDrawer>
  );
};

/** A further post of somebody: of the same body or of another. */
export const AppointPerson = ({ person, name, close }: { person: StaffView; name: string; close: () => void }) => {
  const { t } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const { value, fields } = useAppointment();
  const run = async (): Promise<void> => {
    if (!(await change((commandId) => administration.appoint(person.id, { commandId, ...value! })))) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={t('admin.appointTitle', { name })}
      close={close}
      problem={problem}
      submit={{ label: t('admin.appoint'), busy, missing: !value && t('admin.post'), run: () => void run() }}
    >
      {fields}
    </RegisterDrawer>
  );
};
