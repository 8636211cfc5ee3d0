import { useQuery } from '@tanstack/react-query';
import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';
import { Alert } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh, workOfBodyQuery } from '../queries.ts';
import { until, WorkList } from './leave.tsx';
import { BodyPicker } from './post-picker.tsx';

/** A body goes: what is open, who goes on with it. */
export const CloseBody = ({ body, close }: { body: OrganizationView; close: () => void }) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const work = useQuery(workOfBodyQuery(body.id));
  const { busy, problem, change } = useChange();
  const [heirId, setHeirId] = useState<string>();
  const [moved, setMoved] = useState<number>();
  const title = t('admin.closeBodyTitle', { body: l(body.name) });
  if (moved !== undefined)
    return (
      <RegisterDrawer title={title} close={close}>
        <Alert type="success" role="status" showIcon title={t('admin.bodyClosed', { n: moved })} className="field" />
      </RegisterDrawer>
    );
  const run = async (): Promise<void> => {
    const asked = heirId ? { heirId } : {};
    const n = await change((commandId) => until(() => administration.closeBody(body.id, { commandId, ...asked })));
    if (n === undefined) return;
    setMoved(n);
    void refresh();
  };
  const needsHeir = (work.data?.cases ?? 0) > 0 && !heirId;
  return (
    <RegisterDrawer
      title={title}
      close={close}
      problem={problem}
      submit={{ label: t('admin.closeBody'), busy, danger: true, missing: needsHeir && t('admin.heir'), run: () => void run() }}
    >
      <Loaded query={work}>
        {(left) => (
          <>
            <WorkList work={left} />
            {left.below > 0 ? <Alert type="warning" showIcon title={t('admin.bodiesBelow', { n: left.below })} className="field" /> : null}
            {left.holders > 0 ? <p>{t('admin.holdersEnd', { n: left.holders })}</p> : null}
            <BodyPicker
              id="heir"
              label={t('admin.heir')}
              hint={t('admin.heirHint')}
              value={heirId}
              without={body.id}
              onChange={setHeirId}
            />
          </>
        )}
      </Loaded>
    </RegisterDrawer>
  );
};
