import { useState } from 'preact/hooks';
import type { Draft } from '../../../lib/draft/draft.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import type { Key } from '../../../lib/i18n/zh.ts';
import { resolveArea } from '../queries.ts';
import { AreaList } from './area-list.tsx';
import { MapChoice } from './map-choice.tsx';

type Finding = 'idle' | 'looking' | 'found' | 'denied' | 'failed' | 'outside';
const SAYS: Partial<Record<Finding, Key>> = {
  denied: 'report.locationDenied',
  failed: 'report.locationFailed',
  outside: 'report.outside',
};

const whereAmI = (): Promise<GeolocationPosition> =>
  new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }),
  );

interface PlaceFieldProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

/** Where it is: the phone's location, a written address, or a choice from the list. Any one is enough, none is demanded. */
export const PlaceField = ({ draft, change }: PlaceFieldProps) => {
  const { t, l } = useWords();
  const [finding, setFinding] = useState<Finding>('idle');
  const { place } = draft;

  const take = async (point: { lon: number; lat: number }): Promise<void> => {
    const resolved = await resolveArea(point.lon, point.lat).catch(() => undefined);
    if (resolved && !resolved.area) return setFinding('outside');
    const named = resolved?.path.filter(({ kind }) => kind !== 'city' && kind !== 'grid').map(({ name }) => l(name));
    change({ place: { point, ...(named?.length ? { named: named.join(' ') } : {}) } });
    setFinding('found');
  };
  const locate = async (): Promise<void> => {
    if (!('geolocation' in navigator)) return setFinding('failed');
    setFinding('looking');
    try {
      const { coords } = await whereAmI();
      await take({ lon: coords.longitude, lat: coords.latitude });
    } catch (problem) {
      setFinding((problem as GeolocationPositionError).code === 1 ? 'denied' : 'failed');
    }
  };

  const says = SAYS[finding];
  return (
    <fieldset>
      <legend>{t('report.place')}</legend>
      <p class="hint">{t('report.placeHint')}</p>
      <button type="button" disabled={finding === 'looking'} onClick={() => void locate()}>
        {t('report.useLocation')}
      </button>
      <div role="status">
        {finding === 'looking' ? <p>{t('report.locating')}</p> : null}
        {says ? <p class="wrong">{t(says)}</p> : null}
        {place.point || place.named ? (
          <p class="row">
            <span>{place.named ? t('report.locatedIn', { place: place.named }) : t('report.located')}</span>
            <button
              type="button"
              class="plain"
              onClick={() => {
                setFinding('idle');
                change({ place: {} });
              }}
            >
              {t('report.dropPlace')}
            </button>
          </p>
        ) : null}
      </div>
      <MapChoice start={place.point} onChoose={(point) => void take(point)} />
      <FormField id="address" label={t('report.address')} hint={t('report.addressHint')}>
        {(tied) => (
          <input
            {...tied}
            type="text"
            maxLength={200}
            autocomplete="street-address"
            value={draft.address}
            onInput={(event) => change({ address: event.currentTarget.value })}
          />
        )}
      </FormField>
      <Chooser onChange={(chosen) => change({ place: chosen })} />
    </fieldset>
  );
};

const Chooser = ({ onChange }: { onChange: (place: Draft['place']) => void }) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('report.pickFromList')}</summary>
      {open ? <AreaList deepest={3} facilities onChange={onChange} /> : null}
    </details>
  );
};
