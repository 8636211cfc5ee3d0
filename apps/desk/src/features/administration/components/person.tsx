import type { FirstPassword as Given, HoldingView, StaffView } from '@tongxin/domain/staff/view.ts';
import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useDays } from '../../../lib/days.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { Changes } from './changes.tsx';
import { FirstPassword } from './new-person.tsx';

interface PersonProps {
  readonly person: StaffView;
  readonly name: string;
  readonly appoint: () => void;
  readonly leave: (holding: HoldingView) => void;
  readonly close: () => void;
}

/** One person: posts with their days, account, and what was changed. */
export const Person = ({ person, name, appoint, leave, close }: PersonProps) => {
  const { t, l, of } = useWords('administration');
  const days = useDays();
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [given, setGiven] = useState<Given>();
  const [locked, setLocked] = useState(false);
  const give = async (): Promise<void> => {
    const answer = await change((commandId) => administration.givePassword(person.id, { commandId }));
    if (!answer) return;
    setLocked(false);
    setGiven(answer);
    void refresh();
  };
  const lock = async (): Promise<void> => {
    if (!(await change((commandId) => administration.lock(person.id, { commandId })))) return;
    setGiven(undefined);
    setLocked(true);
    void refresh();
  };
  return (
    <RegisterDrawer title={name} close={close} problem={problem} below={<Changes kind="person" subjectId={person.id} />}>
      <h2>{t('admin.posts')}</h2>
      <ul className="cards card">
        {person.holdings.map((holding) => (
          <li key={holding.id}>
            <div className="row">
              <strong>{l(holding.title)}</strong>
              <Mark tone={holding.state === 'now' ? 'good' : 'quiet'}>{of('admin.holding', holding.state, holding.state)}</Mark>
            </div>
            <div className="quiet">
              {l(holding.organization)} · {l(holding.area)} · {of('admin.role', holding.role, t('admin.roleOther'))} · {days(holding)}
            </div>
            {holding.state === 'over' ? null : (
              <Button size="small" onClick={() => leave(holding)}>
                {t('admin.leave')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button onClick={appoint}>{t('admin.addPost')}</Button>
      <h2>{t('admin.account')}</h2>
      <p>
        {person.username ?? '—'} · {of('admin.accountState', locked ? 'locked' : given ? 'once' : person.account, '')}
        {person.secondFactor ? ` · ${t('admin.secondFactor')}` : ''}
      </p>
      {given ? <FirstPassword given={given} /> : null}
      {locked ? <Alert role="status" type="info" showIcon title={t('admin.lockedNow')} className="field" /> : null}
      {person.elsewhere ? <p className="quiet">{t('admin.elsewhere')}</p> : null}
      {person.account === 'none' || person.elsewhere ? null : (
        <div className="row field">
          <Popconfirm
            title={t('admin.givePasswordSure')}
            okText={t('admin.givePassword')}
            cancelText={t('form.cancel')}
            onConfirm={() => void give()}
          >
            <Button loading={busy}>{t('admin.givePassword')}</Button>
          </Popconfirm>
          {person.account === 'locked' || locked ? null : (
            <Popconfirm title={t('admin.lockSure')} okText={t('admin.lock')} cancelText={t('form.cancel')} onConfirm={() => void lock()}>
              <Button danger loading={busy}>
                {t('admin.lock')}
              </Button>
            </Popconfirm>
          )}
        </div>
      )}
    </RegisterDrawer>
  );
};
