import type { MapFilter } from '@tongxin/client/api.ts';
import { LIGHTS, lightNames } from '@tongxin/ui/light.ts';
import type { SourceSpecification } from 'maplibre-gl';
import type { Language } from '../i18n/i18n.tsx';
import { api } from '../services.ts';
import { FONTS, nameIn, paletteOf } from './ground.ts';
import type { MapLayer } from './map-view.tsx';

export const CASES = 'cases';
/** Deepest tiles with cases of their own; closer in they are drawn larger. */
const CLOSEST = 18;

/** Colours of signs on the map, dark enough for white words on them. */
export const TONES = { good: '#0b5a4a', warn: '#8a4b00', bad: '#a11616', quiet: '#4a5a55' } as const;
const FACILITY = '#1f5a96';
const TEAM = '#5b3a8c';

const tiles = (url: string, minzoom: number, maxzoom: number): SourceSpecification => ({
  type: 'vector',
  tiles: [location.origin + url],
  minzoom,
  maxzoom,
});

export const caseSource = (filter: MapFilter): SourceSpecification => tiles(api.tilesUrl('cases', filter), 5, CLOSEST);
export const facilitySource = (): SourceSpecification => tiles(api.tilesUrl('facilities'), 13, CLOSEST);
export const teamSource = (): SourceSpecification => tiles(api.tilesUrl('teams'), 8, 15);

/** By a case's light: what stands for each of them. */
const byLight = (of: (light: (typeof lightNames)[number]) => string, otherwise: string) =>
  ['match', ['get', 'light'], ...lightNames.flatMap((light) => [light, of(light)]), otherwise] as never;

const LATE = ['coalesce', ['get', 'late'], 0];
const N = ['to-string', ['get', 'n']];
/** `12`; below it how many of them are late, `✕3`; `✕2` where both are. */
const CELL_WORDS = [
  'case',
  ['==', LATE, 0],
  N,
  ['==', LATE, ['get', 'n']],
  ['concat', LIGHTS.red.sign, N],
  ['concat', N, `\n${LIGHTS.red.sign}`, ['to-string', LATE]],
] as never;

/** Cases gathered from afar and one by one from close by; the sign says the light, the colour repeats it. */
export const caseLayers = (dark: boolean): MapLayer[] => {
  const { halo } = paletteOf(dark);
  return [
    {
      id: 'case-cells',
      over: true,
      type: 'circle',
      source: CASES,
      'source-layer': 'cells',
      paint: {
        'circle-color': ['case', ['>', LATE, 0], TONES.bad, TONES.good] as never,
        'circle-opacity': 0.86,
        'circle-radius': [
          'max',
          ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, 11, 10, 17, 60, 30],
          // Two lines need room.
          ['case', ['all', ['>', LATE, 0], ['<', LATE, ['get', 'n']]], 15, 0],
        ] as never,
        'circle-stroke-color': halo,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'case-cell-words',
      over: true,
      type: 'symbol',
      source: CASES,
      'source-layer': 'cells',
      layout: {
        'text-field': CELL_WORDS,
        'text-font': FONTS,
        'text-size': 11,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'text-line-height': 1.05,
      },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'case-points',
      over: true,
      type: 'circle',
      source: CASES,
      'source-layer': 'cases',
      paint: {
        'circle-color': byLight((light) => TONES[LIGHTS[light].tone], TONES.quiet),
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, 6, 18, 11],
        'circle-stroke-color': halo,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'case-point-signs',
      over: true,
      type: 'symbol',
      source: CASES,
      'source-layer': 'cases',
      layout: {
        'text-field': byLight((light) => LIGHTS[light].sign, '–'),
        'text-font': FONTS,
        'text-size': 10,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#ffffff' },
    },
  ];
};

export const facilityLayers = (dark: boolean, language: Language): MapLayer[] => {
  const { words, halo } = paletteOf(dark);
  return [
    {
      id: 'facility-cells',
      type: 'circle',
      source: 'facilities',
      'source-layer': 'cells',
      paint: {
        'circle-color': FACILITY,
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, 7, 20, 16],
        'circle-opacity': 0.75,
      },
    },
    {
      id: 'facility-cell-words',
      over: true,
      type: 'symbol',
      source: 'facilities',
      'source-layer': 'cells',
      layout: {
        'text-field': ['to-string', ['get', 'n']],
        'text-font': FONTS,
        'text-size': 10,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'facility-points',
      type: 'circle',
      source: 'facilities',
      'source-layer': 'facilities',
      paint: { 'circle-color': FACILITY, 'circle-radius': 4, 'circle-stroke-color': halo, 'circle-stroke-width': 1 },
    },
    {
      id: 'facility-names',
      over: true,
      type: 'symbol',
      source: 'facilities',
      'source-layer': 'facilities',
      minzoom: 16,
      layout: {
        'text-field': nameIn(language) as never,
        'text-font': FONTS,
        'text-size': 10,
        'text-offset': [0, 0.9],
        'text-anchor': 'top',
      },
      paint: { 'text-color': words, 'text-halo-color': halo, 'text-halo-width': 1.4 },
    },
  ];
};

export const teamLayers = (dark: boolean, language: Language): MapLayer[] => {
  const { words, halo } = paletteOf(dark);
  return [
    {
      id: 'team-points',
      over: true,
      type: 'circle',
      source: 'teams',
      'source-layer': 'teams',
      paint: {
        'circle-color': TEAM,
        'circle-radius': ['case', ['>', ['get', 'onDuty'], 0], 9, 6],
        'circle-stroke-color': ['case', ['>', ['get', 'onDuty'], 0], '#e0a100', halo],
        'circle-stroke-width': ['case', ['>', ['get', 'onDuty'], 0], 3, 1.2],
      },
    },
    {
      // How many are on duty: the ring repeats it.
      id: 'team-duty',
      over: true,
      type: 'symbol',
      source: 'teams',
      'source-layer': 'teams',
      filter: ['>', ['get', 'onDuty'], 0],
      layout: {
        'text-field': ['to-string', ['get', 'onDuty']],
        'text-font': FONTS,
        'text-size': 11,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'team-names',
      over: true,
      type: 'symbol',
      source: 'teams',
      'source-layer': 'teams',
      minzoom: 11,
      layout: {
        'text-field': [
          'concat',
          nameIn(language),
          ['case', ['>', ['get', 'n'], 1], ['concat', '\n+', ['to-string', ['-', ['get', 'n'], 1]]], ''],
        ] as never,
        'text-font': FONTS,
        'text-size': 11,
        'text-offset': [0, 1],
        'text-anchor': 'top',
        'text-max-width': 12,
      },
      paint: { 'text-color': words, 'text-halo-color': halo, 'text-halo-width': 1.6 },
    },
  ];
};
