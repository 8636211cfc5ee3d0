import { writePositions } from '@tongxin/domain/area/import/rules.ts';
import type { Position } from '@tongxin/domain/area/schema.ts';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import type { TerraDraw } from 'terra-draw';

export type Pen = 'polygon' | 'linestring';

/** What is being drawn, and who wrote it last: the other side then follows. */
export interface Sketch {
  /** A line as it is; a polygon's ring without the first position again. */
  readonly positions: readonly Position[];
  readonly by: 'map' | 'text';
}
export const EMPTY: Sketch = { positions: [], by: 'text' };

/** Digits behind the point that the pen keeps, and demands: a centimetre. */
const PRECISION = 7;
const COLOR = '#b3261e';

const begin = async (map: MapLibreMap): Promise<TerraDraw> => {
  const [{ TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawSelectMode }, { TerraDrawMapLibreGLAdapter }] =
    await Promise.all([import('terra-draw'), import('terra-draw-maplibre-gl-adapter')]);
  const coordinates = { midpoints: true, draggable: true, deletable: true } as const;
  return new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: PRECISION }),
    modes: [
      new TerraDrawPolygonMode({ styles: { fillColor: COLOR, fillOpacity: 0.15, outlineColor: COLOR, outlineWidth: 3 } }),
      new TerraDrawLineStringMode({ styles: { lineStringColor: COLOR, lineStringWidth: 3 } }),
      new TerraDrawSelectMode({
        flags: { polygon: { feature: { draggable: false, coordinates } }, linestring: { feature: { draggable: false, coordinates } } },
        styles: {
          selectedPolygonColor: COLOR,
          selectedPolygonOutlineColor: COLOR,
          selectedLineStringColor: COLOR,
          selectionPointColor: COLOR,
        },
      }),
    ],
  });
};

const shapeOf = (draw: TerraDraw, pen: Pen): Position[] | undefined => {
  const found = draw.getSnapshot().find(({ properties, geometry }) => properties.mode === pen && geometry.type !== 'Point');
  if (found?.geometry.type === 'Polygon') return found.geometry.coordinates[0]!.slice(0, -1) as unknown as Position[];
  return found?.geometry.type === 'LineString' ? (found.geometry.coordinates as unknown as Position[]) : undefined;
};

/** Shows a sketch on the map, ready to be changed; a pen in hand where there is none yet. */
const show = (draw: TerraDraw, pen: Pen, positions: readonly Position[]): void => {
  draw.clear();
  const points = positions.map((position) => position.map((one) => Number(one.toFixed(PRECISION))));
  const enough = points.length >= (pen === 'polygon' ? 3 : 2);
  if (!enough) {
    draw.setMode(pen);
    return;
  }
  const geometry =
    pen === 'polygon'
      ? { type: 'Polygon' as const, coordinates: [[...points, points[0]!]] }
      : { type: 'LineString' as const, coordinates: points };
  const [added] = draw.addFeatures([{ type: 'Feature', properties: { mode: pen }, geometry }]);
  draw.setMode(added?.valid ? 'select' : pen);
  if (added?.valid && added.id !== undefined) draw.selectFeature(added.id);
};

/** A pen on the map for one sketch. Everything it does can be done by the text field beside the map as well. */
export const useDrawing = (
  map: MapLibreMap | undefined,
  pen: Pen | undefined,
  sketch: Sketch,
  onSketch: (sketch: Sketch) => void,
): void => {
  const held = useRef<TerraDraw>(undefined);
  const latest = useRef({ sketch, onSketch });
  latest.current = { sketch, onSketch };
  useEffect(() => {
    if (!map || !pen) return;
    let gone = false;
    void begin(map).then((draw) => {
      if (gone) return;
      held.current = draw;
      draw.start();
      const told = (): void => {
        const positions = shapeOf(draw, pen);
        // What was just shown comes back as a change: whoever is typing must not have it typed over.
        if (positions && writePositions(positions) !== writePositions(latest.current.sketch.positions))
          latest.current.onSketch({ positions, by: 'map' });
      };
      draw.on('finish', (id, { action }) => {
        told();
        if (action !== 'draw') return;
        draw.setMode('select');
        draw.selectFeature(id);
      });
      draw.on('change', (_ids, type) => {
        if (type === 'delete' || draw.getMode() !== 'select') return;
        told();
      });
      show(draw, pen, latest.current.sketch.positions);
    });
    return () => {
      gone = true;
      held.current?.stop();
      held.current = undefined;
    };
  }, [map, pen]);
  useEffect(() => {
    if (sketch.by === 'text' && held.current && pen) show(held.current, pen, sketch.positions);
  }, [sketch, pen]);
};
