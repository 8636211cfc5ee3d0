import { queryOptions, useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Backdrop as BackdropView } from '@tongxin/domain/map/schema.ts';
import { addProtocol, type LayerSpecification, type SourceSpecification } from 'maplibre-gl';
import { useMemo } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { api } from '../services.ts';
import { type Backdrop, GROUND } from './ground.ts';

/** Where the map lies and what is below it: of the installation, so it stays for as long as the page does. */
export const groundQuery = queryOptions({
  queryKey: keys.mapGround,
  queryFn: api.getMapGround,
  staleTime: Number.POSITIVE_INFINITY,
  // What failed once is not asked by every map anew: a map without a base is a map.
  retryOnMount: false,
});

/** Pictures are paler than what stands over them. */
const raster = (source: string, id: string, dark: boolean): LayerSpecification => ({
  id,
  type: 'raster',
  source,
  paint: dark ? { 'raster-brightness-max': 0.45, 'raster-saturation': -0.5 } : { 'raster-saturation': -0.3, 'raster-contrast': -0.1 },
});

const pictures = ({ urls, attribution }: BackdropView, dark: boolean): Backdrop => {
  const id = (i: number) => `${GROUND}-pictures-${i}`;
  return {
    sources: Object.fromEntries(
      urls.map((url, i): [string, SourceSpecification] => [
        id(i),
        { type: 'raster', tiles: [url], tileSize: 256, maxzoom: 18, ...(i === 0 ? { attribution } : {}) },
      ]),
    ),
    layers: urls.map((_, i) => raster(id(i), id(i), dark)),
  };
};

/** An archive of vector tiles in the common layout (`earth`, `water`, `roads`, `buildings`): enough to know where one is. */
const drawn = (source: string, dark: boolean): LayerSpecification[] => {
  const of = (layer: string) => ({ id: `${GROUND}-base-${layer}`, source, 'source-layer': layer });
  return [
    { ...of('earth'), type: 'fill', paint: { 'fill-color': dark ? '#1a2320' : '#fbfcfc' } },
    { ...of('landuse'), type: 'fill', paint: { 'fill-color': dark ? '#1f2c26' : '#eef4ee' } },
    { ...of('water'), type: 'fill', paint: { 'fill-color': dark ? '#12304a' : '#cfe3f1' } },
    {
      ...of('roads'),
      type: 'line',
      paint: { 'line-color': dark ? '#3a4743' : '#d3d8d6', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 16, 6] },
    },
    { ...of('buildings'), type: 'fill', minzoom: 14, paint: { 'fill-color': dark ? '#26322e' : '#e7e9e8' } },
  ];
};

let archives: Promise<{ isVector: (url: string) => Promise<boolean> }> | undefined;
/** The reader of archives is fetched where an archive is named. */
const openArchives = () => {
  archives ??= import('pmtiles').then(({ PMTiles, Protocol, TileType }) => {
    const protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
    return {
      isVector: async (url) => {
        const archive = new PMTiles(url);
        protocol.add(archive);
        return (await archive.getHeader()).tileType === TileType.Mvt;
      },
    };
  });
  return archives;
};

const archiveQuery = (url: string) =>
  queryOptions({
    queryKey: [...keys.mapGround, 'archive', url],
    queryFn: async () => (await openArchives()).isVector(url),
    enabled: url !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });

const archived = (url: string, attribution: string, isVector: boolean, dark: boolean): Backdrop => {
  const id = `${GROUND}-archive`;
  const source: SourceSpecification = isVector
    ? { type: 'vector', url: `pmtiles://${url}`, attribution }
    : { type: 'raster', url: `pmtiles://${url}`, tileSize: 256, attribution };
  return { sources: { [id]: source }, layers: isVector ? drawn(id, dark) : [raster(id, id, dark)] };
};

/** What this installation puts below its maps; nothing by default, and until it is known. */
export const useBackdrop = (dark: boolean): Backdrop | undefined => {
  const { t } = useWords();
  const { data } = useQuery(groundQuery);
  const backdrop = data?.backdrop;
  const archive = backdrop?.kind === 'pmtiles' ? new URL(backdrop.urls[0] ?? '', location.origin).href : '';
  const { data: isVector } = useQuery(archiveQuery(archive));
  return useMemo(() => {
    if (!backdrop) return undefined;
    // Whoever drew it shifted it; nobody shifts it back unasked, and everybody is told.
    const named = { ...backdrop, attribution: backdrop.shifted ? `${backdrop.attribution} · ${t('map.shifted')}` : backdrop.attribution };
    if (backdrop.kind === 'xyz') return pictures(named, dark);
    return isVector === undefined ? undefined : archived(archive, named.attribution, isVector, dark);
  }, [backdrop, archive, isVector, dark, t]);
};
