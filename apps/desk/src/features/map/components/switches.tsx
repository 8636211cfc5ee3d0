import { LIGHTS, lightNames } from '@tongxin/ui/light.ts';
import { useState } from 'react';
import { useDark } from '../../../lib/dark.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';
import { stepColors, stepsOf } from '../../../lib/map/area-layers.ts';

const LAYERS = ['figures', 'cases', 'facilities', 'teams'] as const;
export type Layer = (typeof LAYERS)[number];
export type Shown = Readonly<Record<Layer, boolean>>;

const KEPT = 'tongxin.map.layers';
const AT_FIRST: Shown = { figures: true, cases: true, facilities: false, teams: false };

const kept = (): Shown => {
  const on = localStorage.getItem(KEPT)?.split(' ');
  return on ? (Object.fromEntries(LAYERS.map((layer) => [layer, on.includes(layer)])) as unknown as Shown) : AT_FIRST;
};

/** Which layers are drawn, remembered in this browser. */
export const useShown = (): readonly [Shown, (layer: Layer, on: boolean) => void] => {
  const [shown, setShown] = useState(kept);
  return [
    shown,
    (layer, on) => {
      const next = { ...shown, [layer]: on };
      localStorage.setItem(KEPT, LAYERS.filter((one) => next[one]).join(' '));
      setShown(next);
    },
  ];
};

interface SwitchesProps {
  readonly shown: Shown;
  readonly onSwitch: (layer: Layer, on: boolean) => void;
  readonly figures: readonly { id: string; n: number }[];
  /** So far in that cases stand one by one. */
  readonly close: boolean;
}

/** Layers to switch, each with what its signs mean. */
export const Switches = ({ shown, onSwitch, figures, close }: SwitchesProps) => {
  const { t } = useWords('map');
  const dark = useDark();
  const steps = stepsOf(figures);
  const meaning: Readonly<Record<Layer, React.ReactNode>> = {
    figures: (
      <ul className="legend">
        {steps.map((from, i) => (
          <li key={from}>
            <span className="swatch" aria-hidden="true" style={{ background: stepColors(dark)[i] }} />
            {i + 1 < steps.length ? (steps[i + 1]! - 1 === from ? from : `${from}–${steps[i + 1]! - 1}`) : t('onemap.andMore', { n: from })}
          </li>
        ))}
      </ul>
    ),
    cases: (
      <>
        <p className="quiet">{t('onemap.casesMeaning', { sign: LIGHTS.red.sign })}</p>
        <ul className="legend">
          {lightNames.map((light) => (
            <li key={light}>
              <LightMark light={light} />
            </li>
          ))}
        </ul>
      </>
    ),
    facilities: <p className="quiet">{t(close ? 'onemap.facilitiesMeaning' : 'onemap.facilitiesFar')}</p>,
    teams: <p className="quiet">{t('onemap.teamsMeaning')}</p>,
  };
  return (
    <fieldset className="card switches">
      <legend>{t('onemap.layers')}</legend>
      {LAYERS.map((layer) => (
        <div key={layer}>
          <label>
            <input type="checkbox" checked={shown[layer]} onChange={(event) => onSwitch(layer, event.target.checked)} />{' '}
            {t(`onemap.layer.${layer}`)}
          </label>
          {shown[layer] ? meaning[layer] : null}
        </div>
      ))}
      <p className="quiet">{t('onemap.notShown')}</p>
    </fieldset>
  );
};
