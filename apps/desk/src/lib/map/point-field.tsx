import { InputNumber } from 'antd';
import { useMemo, useState } from 'react';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { type MapMarker, MapView } from './map-view.tsx';

export interface Spot {
  readonly lon: number;
  readonly lat: number;
}

interface PointFieldProps {
  readonly id: string;
  readonly value: Partial<Spot>;
  readonly onChange: (value: Partial<Spot>) => void;
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
const AXES = [
  ['lon', 180, 'field.lon'],
  ['lat', 90, 'field.lat'],
] as const;

/** A place: a click on the map or a drag of its mark, or the two numbers, which are the same by keyboard. WGS-84. */
export const PointField = ({ id, value, onChange }: PointFieldProps) => {
  const { t } = useWords();
  const { lon, lat } = value;
  const isPlaced = lon !== undefined && lat !== undefined;
  // Where the map opens; it does not run after the hand that moves the mark.
  const [center] = useState(() => (isPlaced ? ([lon, lat] as const) : undefined));
  const markers = useMemo(
    (): readonly MapMarker[] =>
      isPlaced
        ? [
            {
              id: 'spot',
              lon,
              lat,
              label: t('field.spot'),
              sign: '●',
              tone: 'bad',
              onMove: (x, y) => onChange({ lon: rounded(x), lat: rounded(y) }),
            },
          ]
        : [],
    [isPlaced, lon, lat, t, onChange],
  );
  return (
    <fieldset className="field">
      <legend>{t('field.place')}</legend>
      <p className="quiet">{t('field.placeHint')}</p>
      <MapView
        label={t('field.placeMap')}
        className="small"
        {...(center ? { center, zoom: 16 } : {})}
        markers={markers}
        onClick={(click) => onChange({ lon: rounded(click.lon), lat: rounded(click.lat) })}
      />
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
        {AXES.map(([axis, most, label]) => (
          <FormField key={axis} id={`${id}-${axis}`} label={t(label)}>
            {(tied) => (
              <InputNumber
                {...tied}
                min={-most}
                max={most}
                step={0.0001}
                controls={false}
                style={{ width: '100%' }}
                value={value[axis] ?? null}
                onChange={(degrees) => {
                  const { [axis]: _was, ...rest } = value;
                  onChange(typeof degrees === 'number' ? { ...rest, [axis]: rounded(degrees) } : rest);
                }}
              />
            )}
          </FormField>
        ))}
      </div>
    </fieldset>
  );
};
