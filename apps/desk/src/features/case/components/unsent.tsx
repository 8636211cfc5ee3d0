import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { drafts, useDrafts } from '../../../lib/draft/drafts.ts';
import { formDrafts } from '../../../lib/draft/form-draft.tsx';
import { parting } from '../../../lib/draft/parting.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const AGAIN_AFTER_MS = 20_000;

/** Takes what the server answered into what is shown. */
export const useShow = () => {
  const client = useQueryClient();
  return useCallback(
    (view: CaseView): void => {
      client.setQueryData(keys.case(view.id), view);
      void client.invalidateQueries({ queryKey: ['case', view.id], refetchType: 'active' });
      void client.invalidateQueries({ queryKey: keys.allCases });
    },
    [client],
  );
};

/** Forms that lie on this device and no server has yet: sent by themselves when there is a network, said until then. */
export const Unsent = ({ personId }: { personId: string }) => {
  const { t, l } = useWords();
  const all = useDrafts(personId);
  const show = useShow();
  const [busy, setBusy] = useState(false);
  /** Half-filled forms of an earlier visit; those of this one lie open before their writer. */
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const waiting = all.filter(({ state }) => state === 'waiting');
  const back = all.filter(({ state, problem }) => state === 'writing' && problem);
  const half = all.filter(({ id, state, problem }) => state === 'writing' && !problem && left.has(id));
  const flush = useCallback(async (): Promise<void> => {
    setBusy(true);
    for (const view of await drafts.flush(personId)) show(view);
    setBusy(false);
  }, [personId, show]);
  useEffect(() => {
    parting.now = false;
    void formDrafts.keepOnly(personId);
    void drafts
      .keepOnly(personId)
      .then(() => drafts.of(personId))
      .then((found) => setLeft(new Set(found.map(({ id }) => id))));
    void flush();
    const online = (): void => void flush();
    addEventListener('online', online);
    return () => removeEventListener('online', online);
  }, [personId, flush]);
  const waits = waiting.length > 0;
  useEffect(() => {
    if (!waits) return;
    const again = setInterval(() => void flush(), AGAIN_AFTER_MS);
    return () => clearInterval(again);
  }, [waits, flush]);
  const listed = (some: readonly (typeof all)[number][]) =>
    some.map(({ id, caseId, caseNumber, label }) => (
      <Link key={id} to="/cases/$id" params={{ id: caseId }}>
        {caseNumber} {l(label)}
      </Link>
    ));
  return (
    <>
      {waits ? (
        <p className="strip row">
          <span>{t('draft.waiting', { n: waiting.length })}</span>
          {listed(waiting)}
          <Button size="small" loading={busy} onClick={() => void flush()}>
            {t('draft.sendNow')}
          </Button>
        </p>
      ) : null}
      {back.length ? (
        <p className="strip row">
          <span>{t('draft.back', { n: back.length })}</span>
          {listed(back)}
        </p>
      ) : null}
      {half.length ? (
        <p className="strip row">
          <span>{t('draft.half', { n: half.length })}</span>
          {listed(half)}
        </p>
      ) : null}
    </>
  );
};
