import { useState } from 'preact/hooks';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LazyMap } from '../../../lib/map/lazy.tsx';
import type { Point } from '../../../lib/map/map.tsx';

/** The spot by moving the map under its mark, or by a tap on it; taken only when said so. */
export const MapChoice = ({ start, onChoose }: { start: Point | undefined; onChoose: (point: Point) => void }) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [middle, setMiddle] = useState<Point>();
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('report.pickOnMap')}</summary>
      {open ? (
        <>
          <p class="hint">{t('report.pickOnMapHint')}</p>
          <LazyMap label={t('report.pickOnMap')} start={start} onMove={setMiddle} />
          <button
            type="button"
            class="primary"
            disabled={!middle}
            onClick={() => {
              if (middle) onChoose(middle);
              setOpen(false);
            }}
          >
            {t('report.takeMiddle')}
          </button>
        </>
      ) : null}
    </details>
  );
};
