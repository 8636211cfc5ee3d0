import { Point } from 'maplibre-gl';
import { useState } from 'react';

/** A pointer that moved no further did not draw. */
const CLICK_PX = 3;

/** Takes the pointer from the map while a box is drawn: by mouse, pen or finger. */
export const Boxing = ({ onDrawn }: { readonly onDrawn: (from: Point, to: Point) => void }) => {
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point }>();
  const at = ({ currentTarget, clientX, clientY }: React.PointerEvent): Point => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return new Point(clientX - left, clientY - top);
  };
  return (
    <div
      className="map-boxing"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: at(event), to: at(event) });
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ from: drag.from, to: at(event) });
      }}
      onPointerCancel={() => setDrag(undefined)}
      onPointerUp={(event) => {
        setDrag(undefined);
        const to = at(event);
        // A click is no box.
        if (drag && Math.abs(to.x - drag.from.x) > CLICK_PX && Math.abs(to.y - drag.from.y) > CLICK_PX) onDrawn(drag.from, to);
      }}
    >
      {drag ? (
        <div
          className="map-boxed"
          style={{
            left: Math.min(drag.from.x, drag.to.x),
            top: Math.min(drag.from.y, drag.to.y),
            width: Math.abs(drag.to.x - drag.from.x),
            height: Math.abs(drag.to.y - drag.from.y),
          }}
        />
      ) : null}
    </div>
  );
};
