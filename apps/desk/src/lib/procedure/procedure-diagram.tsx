import { type Box, curve, drawProcedure } from '@tongxin/domain/diagram/rules.ts';
import { type Trace, traceOf } from '@tongxin/domain/diagram/trace/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { Step } from '@tongxin/domain/soundness/schema.ts';
import { Button } from 'antd';
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { openingOf } from './opening.ts';
import './procedure.css';

const LINE = 19;
const STEP = 1.25;
const LEAST = 0.25;
const MOST = 3;
const NUDGE = 60;
/** A drawing shown whole is so many pixels lower than its view, or a fraction of one would make it scroll. */
const SPARE = 2;

const textClass = (box: Box, index: number): string => (box.small > 0 && index >= box.small ? 'small' : box.kind);

const BoxMark = ({ box, steps, last }: { box: Box; steps: readonly number[] | undefined; last: boolean }) => {
  const top = box.y + (box.height - box.lines.length * LINE) / 2;
  return (
    <g className={`box ${box.kind}${steps ? ' passed' : ''}${last ? ' last' : ''}`}>
      {box.kind === 'action' && !steps ? null : (
        <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={box.kind === 'end' ? 16 : 5} />
      )}
      {box.lines.map((line, index) => (
        <text key={line} className={textClass(box, index)} x={box.x + box.width / 2} y={top + index * LINE + LINE * 0.72}>
          {line}
        </text>
      ))}
      {steps && box.kind !== 'note' ? (
        <g className="number">
          <circle cx={box.x} cy={box.y} r={11} />
          <text x={box.x} y={box.y + 4.5}>
            {steps[0]! + 1}
          </text>
        </g>
      ) : null}
    </g>
  );
};

interface ProcedureDiagramProps {
  readonly procedure: Procedure;
  /** A way from filing, drawn thick and numbered. */
  readonly path?: readonly Step[];
}

/** The procedure as a picture to move about in, by hand or by keys. What it shows stands as a table beside it. */
export const ProcedureDiagram = ({ procedure, path }: ProcedureDiagramProps) => {
  const { t, l, language } = useWords('procedure');
  const drawing = useMemo(() => drawProcedure(procedure, language), [procedure, language]);
  const trace = useMemo<Trace | undefined>(() => (path ? traceOf(procedure, drawing, path) : undefined), [procedure, drawing, path]);
  const view = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number }>(undefined);
  const opened = useRef(false);
  const [scale, setScale] = useState<number>();
  useLayoutEffect(() => {
    const box = view.current;
    // Folded away it has no width; and what somebody enlarged stays so while the procedure is written.
    if (opened.current || !box?.clientWidth) return;
    const height = Number.parseFloat(getComputedStyle(box).maxHeight) - SPARE;
    const { scale: first, left } = openingOf(drawing, { width: box.clientWidth, height });
    setScale(first);
    // Once it is drawn as wide.
    const later = requestAnimationFrame(() => {
      opened.current = true;
      box.scrollLeft = left;
    });
    return () => cancelAnimationFrame(later);
  }, [drawing]);
  const zoom = (by: number): void => {
    const now = scale ?? (view.current ? Math.min(1, view.current.clientWidth / drawing.width) : 1);
    setScale(Math.min(MOST, Math.max(LEAST, now * by)));
  };
  const onKey = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, () => void>> = {
      '+': () => zoom(STEP),
      '=': () => zoom(STEP),
      '-': () => zoom(1 / STEP),
      '0': () => setScale(undefined),
      ArrowLeft: () => view.current?.scrollBy(-NUDGE, 0),
      ArrowRight: () => view.current?.scrollBy(NUDGE, 0),
      ArrowUp: () => view.current?.scrollBy(0, -NUDGE),
      ArrowDown: () => view.current?.scrollBy(0, NUDGE),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onDrag = (event: PointerEvent): void => {
    if (!held.current || event.pointerType === 'touch') return;
    view.current?.scrollBy(held.current.x - event.clientX, held.current.y - event.clientY);
    held.current = { x: event.clientX, y: event.clientY };
  };
  const title = t('procedure.diagram', { title: l(procedure.title) });
  return (
    <figure className="drawing">
      <div className="row no-print">
        <Button size="small" onClick={() => zoom(STEP)}>
          {t('procedure.zoomIn')}
        </Button>
        <Button size="small" onClick={() => zoom(1 / STEP)}>
          {t('procedure.zoomOut')}
        </Button>
        <Button size="small" onClick={() => setScale(undefined)}>
          {t('procedure.zoomFit')}
        </Button>
        <span className="quiet">{t('procedure.diagramHint')}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a set of fields it is not */}
      <div
        ref={view}
        className="drawing-view"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and what scrolls must be reached by keys
        tabIndex={0}
        role="group"
        aria-label={title}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={onDrag}
        onPointerUp={() => {
          held.current = undefined;
        }}
        onPointerLeave={() => {
          held.current = undefined;
        }}
      >
        <svg
          role="img"
          aria-label={title}
          viewBox={`0 0 ${drawing.width} ${drawing.height}`}
          style={scale === undefined ? { width: '100%', maxWidth: drawing.width } : { width: drawing.width * scale }}
        >
          <defs>
            {['tip', 'tip-passed'].map((id) => (
              <marker
                key={id}
                id={id}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerUnits="userSpaceOnUse"
                markerWidth={id === 'tip' ? 8 : 14}
                markerHeight={id === 'tip' ? 8 : 14}
                orient="auto"
              >
                <path d="M0 0L8 4L0 8z" />
              </marker>
            ))}
          </defs>
          {drawing.arrows.map((arrow, index) => (
            <path
              key={`${arrow.from}>${arrow.to}`}
              className={trace?.arrows.has(index) ? 'arrow passed' : 'arrow'}
              d={curve(arrow.points)}
              {...(arrow.to.startsWith('action:') ? {} : { markerEnd: trace?.arrows.has(index) ? 'url(#tip-passed)' : 'url(#tip)' })}
            />
          ))}
          {drawing.boxes.map((box) => (
            <BoxMark key={box.id} box={box} steps={trace?.boxes.get(box.id)} last={trace?.last === box.id} />
          ))}
        </svg>
      </div>
    </figure>
  );
};
