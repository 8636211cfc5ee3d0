import type { Language } from '../i18n/i18n.tsx';
import { FONTS, GROUND, nameIn, paletteOf } from './ground.ts';
import type { MapLayer } from './map-view.tsx';

/** From pale to strong; words stay readable on each. */
const STEPS = {
  light: ['#f1f6f4', '#d4e8e1', '#a9d3c6', '#72b7a4', '#3f927d'],
  dark: ['#1a2320', '#1d3a33', '#215146', '#27705f', '#2f8f78'],
} as const;

export interface AreaFigure {
  readonly id: string;
  readonly n: number;
}

/** Where the steps begin: none, then quarters of the areas that have any. The same figure always has the same step. */
export const stepsOf = (figures: readonly AreaFigure[]): readonly number[] => {
  const some = figures
    .map(({ n }) => n)
    .filter((n) => n > 0)
    .sort((a, b) => a - b);
  const at = (share: number): number => some[Math.min(some.length - 1, Math.floor(some.length * share))] ?? 1;
  return [...new Set([0, 1, at(0.25), at(0.5), at(0.75)])].sort((a, b) => a - b).slice(0, STEPS.light.length);
};

export const stepColors = (dark: boolean): readonly string[] => STEPS[dark ? 'dark' : 'light'];

const colorOf = (n: number, steps: readonly number[], dark: boolean): string => {
  const step = steps.findLastIndex((from) => n >= from);
  return stepColors(dark)[Math.max(0, step)]!;
};

/** `match` needs a pair at least. */
const byId = (pairs: readonly (readonly [string, string | number])[], otherwise: string | number) =>
  (pairs.length ? ['match', ['get', 'id'], ...pairs.flat(), otherwise] : otherwise) as never;

/** Areas coloured by a figure, with the figure itself written under the name, and the chosen one outlined. */
export const areaLayers = (
  figures: readonly AreaFigure[],
  chosen: string | undefined,
  look: { readonly dark: boolean; readonly language: Language; readonly colored: boolean },
): MapLayer[] => {
  const { dark, language, colored } = look;
  const { words, halo } = paletteOf(dark);
  const source = `${GROUND}-areas`;
  const ids = figures.map(({ id }) => id);
  const steps = stepsOf(figures);
  const among = ['in', ['get', 'id'], ['literal', ids]] as never;
  return [
    {
      id: 'area-figures',
      under: true,
      type: 'fill',
      source,
      'source-layer': 'areas',
      filter: among,
      paint: {
        // Without a colour it still takes the click.
        'fill-color': byId(
          figures.map(({ id, n }) => [id, colorOf(n, steps, dark)]),
          '#000000',
        ),
        'fill-opacity': colored ? 0.72 : 0,
      },
    },
    {
      id: 'area-chosen',
      type: 'line',
      source,
      'source-layer': 'areas',
      filter: ['==', ['get', 'id'], chosen ?? ''] as never,
      paint: { 'line-color': dark ? '#ffd75e' : '#0a58ca', 'line-width': 3 },
    },
    ...(colored
      ? [
          {
            id: 'area-numbers',
            over: true,
            type: 'symbol',
            source,
            'source-layer': 'names',
            filter: among,
            layout: {
              // Name and number in one: the ground's own name of the same place gives way to it.
              'text-field': [
                'concat',
                nameIn(language),
                '\n',
                byId(
                  figures.map(({ id, n }) => [id, n.toLocaleString()]),
                  '',
                ),
              ] as never,
              'text-font': FONTS,
              'text-size': 13,
              'text-max-width': 9,
            },
            paint: { 'text-color': words, 'text-halo-color': halo, 'text-halo-width': 2 },
          } as MapLayer,
        ]
      : []),
  ];
};
