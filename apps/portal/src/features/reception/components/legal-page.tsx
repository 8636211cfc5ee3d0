import { elsewhereIn } from '@tongxin/domain/publish/rules.ts';
import type { Released } from '@tongxin/domain/publish/schema.ts';
import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatMonth } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useLoad } from '../../../lib/load.tsx';
import { adviceReleases } from '../queries.ts';
import { Sessions } from './session-list.tsx';

/** How many were advised in the last month that was released, as far as that may be told. */
const Counted = () => {
  const { t, l, language } = useWords();
  const { loaded } = useLoad(adviceReleases, []);
  const last = loaded.state === 'ready' ? loaded.data[0] : undefined;
  if (!last?.figures.count) return null;
  const told = (last.figures.parts[0] ?? []).filter(
    (part): part is Released & { count: number } => Boolean(part.count) && part.id !== elsewhereIn(last.figures.id),
  );
  return (
    <p class="hint">
      {t('legal.counted', { month: formatMonth(`${last.month}-15T04:00:00Z`, language), n: last.figures.count })}
      {told.map(({ id, count }) => {
        const label = last.labels[id];
        return label ? ` ${l(label)} ${count}` : '';
      })}
    </p>
  );
};

/** Lawyers on duty: the nearest or the next, and the check for legal aid. */
export const LegalPage = () => {
  const { t, l } = useWords();
  const [spot, setSpot] = useState<{ lon: number; lat: number }>();
  const [missed, setMissed] = useState(false);
  const [area, setArea] = useState('');
  const [all, setAll] = useState<readonly SessionView[]>([]);
  const areas = new Map(all.flatMap(({ areaId, areaLabel }) => (areaId && areaLabel ? [[areaId, areaLabel] as const] : [])));
  const locate = (): void => {
    setMissed(false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setSpot({ lon: coords.longitude, lat: coords.latitude }),
      () => setMissed(true),
      { timeout: 10_000 },
    );
  };
  return (
    <>
      <h1 tabIndex={-1}>{t('legal.title')}</h1>
      <p>{t('legal.intro')}</p>
      <Link to="/legal/aid" class="button">
        {t('aid.title')}
      </Link>
      <h2>{t('legal.hours')}</h2>
      {areas.size > 1 ? (
        <FormField id="area" label={t('legal.area')}>
          {(tied) => (
            <select {...tied} value={area} onChange={(event) => setArea(event.currentTarget.value)}>
              <option value="">{t('legal.anywhere')}</option>
              {[...areas].map(([id, label]) => (
                <option key={id} value={id}>
                  {l(label)}
                </option>
              ))}
            </select>
          )}
        </FormField>
      ) : null}
      <button type="button" class="wide" onClick={locate}>
        {t(spot ? 'legal.nearestFirst' : 'legal.nearest')}
      </button>
      {missed ? <p role="alert">{t('legal.noSpot')}</p> : null}
      <Sessions kind="legal" spot={spot} area={area} onAreas={setAll} />
      <p class="hint">{t('legal.privacy')}</p>
      <Counted />
      <Link to="/advice" class="button">
        {t('legal.mine')}
      </Link>
    </>
  );
};
