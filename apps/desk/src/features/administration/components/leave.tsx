import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { HoldingView } from '@tongxin/domain/staff/view.ts';
import type { WorkLeft } from '@tongxin/domain/succession/view.ts';
import { formatEntered, formatShort, localDate } from '@tongxin/ui/time.ts';
import { Alert, Checkbox, Radio, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh, workLeftQuery } from '../queries.ts';

/** Open work before it is handed over: how much, and the most urgent by number. */
export const WorkList = ({ work }: { work: WorkLeft }) => {
  const { t, l, language } = useWords('administration');
  return (
    <>
      <p>{work.cases === 0 ? t('admin.noWork') : t('admin.workLeft', { n: work.cases })}</p>
      {work.confidential > 0 ? <p className="quiet">{t('admin.confidentialWork', { n: work.confidential })}</p> : null}
      {work.rows.length > 0 ? (
        <ul>
          {work.rows.slice(0, 10).map((row) => (
            <li key={row.id}>
              <Link to="/cases/$id" params={{ id: row.id }}>
                {row.number}
              </Link>{' '}
              {row.stage ? l(row.stage) : ''} {row.dueAt ? t('admin.due', { at: formatShort(row.dueAt, language) }) : ''}
            </li>
          ))}
        </ul>
      ) : null}
      {work.tasks > 0 ? <p className="quiet">{t('admin.tasksLeft', { n: work.tasks })}</p> : null}
      {work.shifts > 0 ? <p className="quiet">{t('admin.shiftsLeft', { n: work.shifts })}</p> : null}
    </>
  );
};

/** Repeats a command that moves work until all is moved: each answer says how far it has come. */
export const until = async <T extends { moved: number; done: boolean }>(once: () => Promise<T>): Promise<number> => {
  let moved = 0;
  for (let round = 0; round < 200; round++) {
    const answer = await once();
    moved += answer.moved;
    if (answer.done) return moved;
    if (answer.moved === 0) await new Promise((go) => setTimeout(go, 1000));
  }
  return moved;
};

/** Somebody leaves a post: what is open, who takes it over, from when. */
export const Leave = ({ holding, name, close }: { holding: HoldingView; name: string; close: () => void }) => {
  const { t, l, language } = useWords('administration');
  const refresh = useRefresh();
  const work = useQuery(workLeftQuery(holding.id));
  const { busy, problem, change } = useChange();
  const [later, setLater] = useState(false);
  const [day, setDay] = useState('');
  const [receiverId, setReceiverId] = useState<string>();
  const [lock, setLock] = useState(true);
  const [moved, setMoved] = useState<number>();
  const title = t('admin.leaveTitle', { name, post: l(holding.title) });
  if (moved !== undefined)
    return (
      <RegisterDrawer title={title} close={close}>
        <Alert
          type="success"
          role="status"
          showIcon
          title={t(later ? 'admin.leavePlanned' : 'admin.left', { n: moved })}
          className="field"
        />
      </RegisterDrawer>
    );
  const run = async (): Promise<void> => {
    const asked = later ? { to: day } : { ...(receiverId ? { receiverId } : {}), ...(work.data?.lastPost && lock ? { lock } : {}) };
    const n = await change((commandId) => until(() => administration.endHolding(holding.id, { commandId, ...asked })));
    if (n === undefined) return;
    setMoved(n);
    void refresh();
  };
  return (
    <RegisterDrawer
      title={title}
      close={close}
      problem={problem}
      submit={{ label: t('admin.endPost'), busy, danger: true, missing: later && !day && t('admin.firstDayOff'), run: () => void run() }}
    >
      <Loaded query={work}>
        {(left) => (
          <>
            <WorkList work={left} />
            <fieldset className="field">
              <legend>{t('admin.leaveWhen')}</legend>
              <Radio.Group
                value={later}
                onChange={(event) => setLater(event.target.value)}
                options={[
                  { value: false, label: t('admin.leaveNow') },
                  { value: true, label: t('admin.leaveLater') },
                ]}
              />
            </fieldset>
            {later ? (
              <DayField
                id="leave-day"
                label={t('admin.firstDayOff')}
                hint={t('admin.leaveLaterHint', { today: formatEntered(localDate(Date.now()), language) })}
                value={day}
                onChange={setDay}
              />
            ) : (
              <>
                {left.cases > 0 ? (
                  <FormField
                    id="receiver"
                    label={t('admin.receiver')}
                    hint={t(left.receivers.length ? 'admin.receiverHint' : 'admin.noReceivers')}
                  >
                    {(tied) => (
                      <Select
                        {...tied}
                        allowClear
                        placeholder={t('admin.backToBody')}
                        value={receiverId}
                        onChange={(id?: string) => setReceiverId(id)}
                        options={left.receivers.map((one) => ({ value: one.personId, label: `${one.name} · ${l(one.post)}` }))}
                      />
                    )}
                  </FormField>
                ) : null}
                {left.lastPost ? (
                  <div className="field">
                    <Checkbox checked={lock} onChange={(event) => setLock(event.target.checked)}>
                      {t('admin.lockToo')}
                    </Checkbox>
                  </div>
                ) : null}
              </>
            )}
          </>
        )}
      </Loaded>
    </RegisterDrawer>
  );
};
