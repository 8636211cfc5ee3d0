import type { WallView } from '@tongxin/domain/wall/view.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Flow } from './flow.tsx';
import { Lights, Rising, Waiting } from './lists.tsx';
import { Places } from './places.tsx';
import { Tiles } from './tiles.tsx';

/** Figures older than this are called old, whatever the line says. */
const OLD_MS = 180_000;

const useMinute = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

interface ScreenProps {
  readonly view: WallView;
  readonly areaId: string | undefined;
  readonly connected: boolean;
  readonly loadedAt: number;
}

export const Screen = ({ view, areaId, connected, loadedAt }: ScreenProps) => {
  const { t, l, language } = useWords('wall');
  const now = useMinute();
  const asOf = formatTime(view.asOf, language);
  const cut = !connected || now - loadedAt > OLD_MS;
  return (
    <main className="wall">
      <header className="wall-head">
        <h1>{t('wall.title', { area: l(view.area.label) })}</h1>
        <p className={cut || view.behind > 0 ? 'wall-state warn' : 'wall-state'} role="status">
          {cut
            ? t('wall.cut', { at: asOf })
            : view.behind > 0
              ? t('wall.behind', { n: view.behind, at: asOf })
              : t('wall.asOf', { at: asOf })}
        </p>
        <p className="wall-time">
          {formatDay(new Date(now).toISOString(), language)} <strong>{formatTime(new Date(now).toISOString(), language)}</strong>
        </p>
      </header>
      <Tiles view={view} />
      <Places view={view} areaId={areaId} />
      <Flow flow={view.flow} />
      <Lights lights={view.lights} />
      <Rising rising={view.rising} />
      <Waiting waiting={view.waiting} />
    </main>
  );
};
