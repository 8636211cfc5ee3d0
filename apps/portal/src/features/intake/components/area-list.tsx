import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { useState } from 'preact/hooks';
import type { DraftPlace } from '../../../lib/draft/draft.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { listAreas, listFacilities } from '../queries.ts';

interface LevelProps {
  readonly parentId?: string;
  readonly level: 1 | 2 | 3;
  readonly deepest: number;
  readonly above: readonly AreaView[];
  readonly onChange: (chosen: readonly AreaView[]) => void;
}

/** One level of the area tree; the next one appears under it once something is chosen. */
const AreaLevel = ({ parentId, level, deepest, above, onChange }: LevelProps) => {
  const { t, l } = useWords();
  const { loaded, reload } = useLoad(async () => {
    const found = await listAreas(parentId);
    // The whole installation is one city: nobody needs to choose it.
    return level === 1 && found.length === 1 && found[0]!.kind === 'city' ? listAreas(found[0]!.id) : found;
  }, [parentId]);
  const [chosen, setChosen] = useState('');
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const areas = loaded.data.filter((area) => area.kind !== 'dedicatedGrid');
  if (!areas.length) return null;
  const area = areas.find(({ id }) => id === chosen);
  return (
    <>
      <FormField id={`area-${level}`} label={t(`report.pickArea${level}`)}>
        {(tied) => (
          <select
            {...tied}
            value={chosen}
            onChange={(event) => {
              const id = event.currentTarget.value;
              setChosen(id);
              const next = areas.find((other) => other.id === id);
              onChange(next ? [...above, next] : above);
            }}
          >
            <option value="">{t('report.pick')}</option>
            {areas.map((one) => (
              <option key={one.id} value={one.id}>
                {l(one.name)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {area && level < deepest ? (
        <AreaLevel
          key={area.id}
          parentId={area.id}
          level={(level + 1) as 2 | 3}
          deepest={deepest}
          above={[...above, area]}
          onChange={onChange}
        />
      ) : null}
    </>
  );
};

const Facilities = ({ area, onChange }: { area: AreaView; onChange: (place: DraftPlace) => void }) => {
  const { t, l } = useWords();
  const { loaded } = useLoad(() => listFacilities(area.id), [area.id]);
  if (loaded.state !== 'ready' || !loaded.data.length) return null;
  const facilities = loaded.data;
  return (
    <FormField id="facility" label={t('report.pickFacility')}>
      {(tied) => (
        <select
          {...tied}
          onChange={(event) => {
            const one = facilities.find(({ id }) => id === event.currentTarget.value);
            if (one) onChange({ point: { lon: one.lon, lat: one.lat }, named: l(one.name), facilityId: one.id });
          }}
        >
          <option value="">{t('report.pick')}</option>
          {facilities.map((one) => (
            <option key={one.id} value={one.id}>
              {l(one.name)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
};

/** Town, community, grid, then a facility there. What is chosen is also named in the address. */
export const AreaList = ({
  deepest,
  facilities,
  onChange,
}: {
  deepest: 1 | 2 | 3;
  facilities: boolean;
  onChange: (place: DraftPlace) => void;
}) => {
  const { l } = useWords();
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const last = path.at(-1);

  const choose = (chosen: readonly AreaView[]): void => {
    setPath(chosen);
    const area = chosen.at(-1);
    onChange(area ? { areaId: area.id, named: chosen.map((one) => l(one.name)).join(' ') } : {});
  };
  return (
    <>
      <AreaLevel level={1} deepest={deepest} above={[]} onChange={choose} />
      {facilities && last && last.kind !== 'town' ? <Facilities key={last.id} area={last} onChange={onChange} /> : null}
    </>
  );
};
