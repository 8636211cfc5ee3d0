import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import L from 'leaflet';
import { PbfReader } from 'pbf';

/** What the installation knows of its own ground, drawn as lines and names: nothing is asked of anybody outside, and no graphics card is needed. */
const SIZE = 256;
const INK = '#4a5a55';
const LINES = { city: 3, district: 2, town: 1.5, community: 1, grid: 0.6, dedicatedGrid: 0.6 } as const;
/** From here on single lamps and lifts can be told apart. */
const FACILITIES_FROM = 15;
const NAMES_FROM = 17;

const wordsOf = ({ properties }: VectorTileFeature, language: string): string =>
  String((language === 'en' && properties.en) || properties.zh || '');

const trace = (context: CanvasRenderingContext2D, feature: VectorTileFeature, scale: number): void => {
  context.beginPath();
  for (const ring of feature.loadGeometry()) {
    for (const [i, { x, y }] of ring.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](x * scale, y * scale);
    context.closePath();
  }
};

const eachOf = (tile: VectorTile, layer: string, draw: (feature: VectorTileFeature, scale: number) => void): void => {
  const found = tile.layers[layer];
  for (let i = 0; found && i < found.length; i++) draw(found.feature(i), SIZE / found.extent);
};

const drawAreas = (context: CanvasRenderingContext2D, tile: VectorTile, language: string): void => {
  eachOf(tile, 'areas', (feature, scale) => {
    context.strokeStyle = INK;
    context.lineWidth = LINES[feature.properties.kind as keyof typeof LINES] ?? 1;
    trace(context, feature, scale);
    context.stroke();
  });
  context.font = '14px system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 3;
  context.strokeStyle = '#fff';
  context.fillStyle = '#16211e';
  eachOf(tile, 'names', (feature, scale) => {
    const { x, y } = feature.loadGeometry()[0]![0]!;
    const words = wordsOf(feature, language);
    context.strokeText(words, x * scale, y * scale);
    context.fillText(words, x * scale, y * scale);
  });
};

const drawFacilities = (context: CanvasRenderingContext2D, tile: VectorTile, language: string, named: boolean): void => {
  context.fillStyle = '#0b5a4a';
  context.font = '12px system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif';
  context.textAlign = 'left';
  eachOf(tile, 'facilities', (feature, scale) => {
    const { x, y } = feature.loadGeometry()[0]![0]!;
    context.beginPath();
    context.arc(x * scale, y * scale, 3, 0, 2 * Math.PI);
    context.fill();
    if (named) context.fillText(wordsOf(feature, language), x * scale + 6, y * scale + 4);
  });
};

const fetchTile = async (layer: 'areas' | 'facilities', { z, x, y }: L.Coords): Promise<VectorTile> => {
  const answer = await fetch(`/api/v1/map/tiles/${layer}/${z}/${x}/${y}.mvt`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new VectorTile(new PbfReader(await answer.arrayBuffer()));
};

/** The ground as a layer of Leaflet. */
class Ground extends L.GridLayer {
  readonly language: string;
  constructor(language: string) {
    super({ minZoom: 8, maxZoom: 19 });
    this.language = language;
  }
  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    const ratio = Math.min(devicePixelRatio || 1, 2);
    canvas.width = SIZE * ratio;
    canvas.height = SIZE * ratio;
    const context = canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    const draw = async (): Promise<void> => {
      drawAreas(context, await fetchTile('areas', coords), this.language);
      if (coords.z >= FACILITIES_FROM)
        drawFacilities(context, await fetchTile('facilities', coords), this.language, coords.z >= NAMES_FROM);
    };
    draw().then(
      () => done(undefined, canvas),
      (error: Error) => done(error, canvas),
    );
    return canvas;
  }
}
export const groundLayer = (language: string): L.GridLayer => new Ground(language);
