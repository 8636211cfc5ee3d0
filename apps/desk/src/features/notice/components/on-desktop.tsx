import type { NoticePage } from '@tongxin/client/shapes.ts';
import { Alert, Checkbox } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** On this computer only, and only where the person said so: a browser asks each one itself. */
const KEPT = 'tongxin.onDesktop';
const isWanted = (): boolean =>
  localStorage.getItem(KEPT) === 'on' && 'Notification' in globalThis && Notification.permission === 'granted';

/** The switch for notices of the browser. */
export const OnDesktop = () => {
  const { t } = useWords();
  const [on, setOn] = useState(isWanted);
  const [refused, setRefused] = useState(false);
  if (!('Notification' in globalThis)) return null;
  const turn = async (wanted: boolean): Promise<void> => {
    const granted = wanted && (await Notification.requestPermission()) === 'granted';
    localStorage.setItem(KEPT, granted ? 'on' : 'off');
    setRefused(wanted && !granted);
    setOn(granted);
  };
  return (
    <section className="card" aria-labelledby="on-desktop">
      <h2 id="on-desktop">{t('notice.desktop')}</h2>
      <Checkbox checked={on} onChange={(event) => void turn(event.target.checked)}>
        {t('notice.desktopOn')}
      </Checkbox>
      {refused ? <Alert type="warning" title={t('notice.desktopRefused')} role="status" /> : null}
    </section>
  );
};

/** Shows what was told since this page opened. Kind and number only: a screen may be seen by others. */
export const useDesktopNotices = (page: NoticePage | undefined): void => {
  const { t, of } = useWords();
  const seen = useRef<string>(undefined);
  useEffect(() => {
    const latest = page?.notices[0]?.toldAt;
    if (!page || !latest) return;
    const since = seen.current;
    seen.current = latest;
    if (since === undefined || !isWanted()) return;
    for (const notice of page.notices.filter(({ toldAt, readAt }) => toldAt > since && !readAt).slice(0, 3)) {
      const number = typeof notice.params.number === 'string' ? notice.params.number : '';
      const shown = new Notification(of('notice', notice.kind, t('notice.other')), { body: number, tag: notice.id });
      shown.onclick = () => {
        window.focus();
        location.assign(notice.caseId ? `/desk/cases/${notice.caseId}` : '/desk/notices');
      };
    }
  }, [page, t, of]);
};
