import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Language } from '../i18n/i18n.tsx';

/** Text is drawn by the reader's own fonts: without a glyph server in the style MapLibre takes the stack as a family of CSS. */
export const FONTS = ['system-ui', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif'];

/** Ids of the ground's own sources and layers begin so; `beforeId: NAMES` puts a layer under the names. */
export const GROUND = 'ground';
export const NAMES = `${GROUND}-names-grid`;

interface Palette {
  readonly outside: string;
  readonly land: string;
  readonly line: string;
  readonly grid: string;
  readonly words: string;
  readonly halo: string;
}
const LIGHT: Palette = { outside: '#e6ebe9', land: '#fbfcfc', line: '#7d8c87', grid: '#b9c4c0', words: '#22302c', halo: '#ffffff' };
const DARK: Palette = { outside: '#101614', land: '#1a2320', line: '#71827c', grid: '#3c4a45', words: '#dfe8e5', halo: '#101614' };
export const paletteOf = (dark: boolean): Palette => (dark ? DARK : LIGHT);

/** A name in the reader's language; Chinese where there is no other. */
export const nameIn = (language: Language) =>
  language === 'en' ? ['coalesce', ['get', 'en'], ['get', 'zh']] : (['get', 'zh'] as unknown as ['get', string]);

/** Pictures below everything, from a server or a file that the installation names; none by default. */
export interface Backdrop {
  readonly sources: Readonly<Record<string, SourceSpecification>>;
  readonly layers: readonly LayerSpecification[];
}

export interface GroundOptions {
  readonly dark: boolean;
  readonly language: Language;
  readonly backdrop?: Backdrop | undefined;
  /** Areas and their names; `false` for a drawing without ground. */
  readonly areas?: boolean;
}

const is = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]] as ['in', unknown, unknown];

/** Areas, grids and their names out of our own tiles. */
const areaLayers = (p: Palette, language: Language, covered: boolean): LayerSpecification[] => {
  const source = `${GROUND}-areas`;
  const line = (id: string, kinds: string[], color: string, width: number, minzoom: number): LayerSpecification => ({
    id: `${GROUND}-line-${id}`,
    type: 'line',
    source,
    'source-layer': 'areas',
    minzoom,
    filter: is(...kinds) as never,
    paint: { 'line-color': color, 'line-width': ['interpolate', ['linear'], ['zoom'], minzoom, width * 0.6, minzoom + 4, width] },
  });
  const names = (id: string, kinds: string[], size: number, minzoom: number, maxzoom: number): LayerSpecification => ({
    id: `${GROUND}-names-${id}`,
    type: 'symbol',
    source,
    'source-layer': 'names',
    minzoom,
    maxzoom,
    filter: is(...kinds) as never,
    layout: { 'text-field': nameIn(language) as never, 'text-font': FONTS, 'text-size': size, 'text-max-width': 7, 'text-padding': 4 },
    paint: { 'text-color': p.words, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
  });
  return [
    ...(covered
      ? []
      : [
          {
            id: `${GROUND}-land`,
            type: 'fill',
            source,
            'source-layer': 'areas',
            filter: is('city') as never,
            paint: { 'fill-color': p.land, 'fill-antialias': false },
          } as LayerSpecification,
        ]),
    line('grid', ['grid'], p.grid, 1, 13),
    line('dedicated', ['dedicatedGrid'], p.line, 1.4, 13),
    line('community', ['community'], p.grid, 1.4, 10),
    line('town', ['town'], p.line, 1.6, 8),
    line('city', ['district', 'city'], p.line, 2.4, 0),
    names('grid', ['grid', 'dedicatedGrid'], 11, 14, 24),
    names('community', ['community'], 12, 12, 16),
    names('town', ['town'], 13, 9, 13),
    names('city', ['district', 'city'], 15, 4, 9),
  ];
};

/** The whole style of the ground. Addresses are absolute: the worker that fetches has no page to be relative to. */
export const groundStyle = ({ dark, language, backdrop, areas = true }: GroundOptions, origin: string): StyleSpecification => {
  const p = paletteOf(dark);
  return {
    version: 8,
    sources: {
      ...backdrop?.sources,
      ...(areas
        ? {
            [`${GROUND}-areas`]: {
              type: 'vector',
              tiles: [`${origin}/api/v1/map/tiles/areas/{z}/{x}/{y}.mvt`],
              minzoom: 4,
              maxzoom: 15,
            } satisfies SourceSpecification,
          }
        : {}),
    },
    layers: [
      { id: `${GROUND}-outside`, type: 'background', paint: { 'background-color': p.outside } },
      ...(backdrop?.layers ?? []),
      ...(areas ? areaLayers(p, language, backdrop !== undefined) : []),
    ],
  };
};
