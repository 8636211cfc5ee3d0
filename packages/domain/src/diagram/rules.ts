import { Graph, layout } from '@dagrejs/dagre';
import { inLanguage, type Language } from '../label/schema.ts';
import type { Procedure } from '../procedure/schema.ts';

/** An action taken from this many stages is drawn once, from a note that lists them, or the arrows would hide the procedure. */
const MANY = 4;
const SIZE = 14;
const LINE = 19;
const PAD = 10;
/** Straight end of an arrow, so that its head points at its box. */
const STUB = 8;
/** Widest line of a box, in characters of Chinese width. */
const WIDEST = 16;

export interface Box {
  readonly id: string;
  readonly kind: 'start' | 'stage' | 'end' | 'note' | 'action';
  readonly lines: readonly string[];
  /** Lines from this index on are small: actions that stay in the stage. */
  readonly small: number;
  /** Of a box of words: ids of the actions it names. */
  readonly actions?: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Width of text in em: Chinese signs are square, Latin letters about half. Rounded up, so that nothing is clipped. */
const ems = (text: string): number => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e7f ? 1.02 : 0.6), 0);

/** Breaks a list of names into lines of bounded width. */
const wrapped = (names: readonly string[], between: string): string[] => {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && ems(last + between + name) <= WIDEST) lines[lines.length - 1] = last + between + name;
    else lines.push(name);
  }
  return lines;
};

interface Plan {
  readonly boxes: Map<string, { kind: Box['kind']; lines: string[]; small: number }>;
  /** From box, to box, and the actions written on the arrow. */
  readonly arrows: { from: string; to: string; lines: string[]; actions: string[] }[];
}

/** What is drawn, before it has a place: stages, notes, and arrows gathered by where they lead. */
const planOf = (procedure: Procedure, language: Language): Plan => {
  const stageName = (id: string): string => inLanguage(procedure.stages[id]!.label, language);
  const between = language === 'zh' ? '、' : ', ';
  const boxes: Plan['boxes'] = new Map();
  for (const [id, stage] of Object.entries(procedure.stages)) {
    const staying = Object.values(procedure.actions).filter((action) => action.to === 'same' && action.from.includes(id));
    const small = wrapped(
      staying.map((action) => inLanguage(action.label, language)),
      between,
    );
    boxes.set(id, { kind: stage.end ? 'end' : id === procedure.start ? 'start' : 'stage', lines: [stageName(id), ...small], small: 1 });
  }
  const gathered = new Map<string, Plan['arrows'][number]>();
  for (const [id, action] of Object.entries(procedure.actions)) {
    if (action.to === 'same') continue;
    const from = action.from.filter((stage) => stage !== action.to);
    const name = inLanguage(action.label, language);
    if (from.length >= MANY) {
      boxes.set(`note:${id}`, { kind: 'note', lines: wrapped(from.map(stageName), between), small: 0 });
      gathered.set(`note:${id}`, { from: `note:${id}`, to: action.to, lines: [name], actions: [id] });
      continue;
    }
    for (const stage of from) {
      const key = `${stage}>${action.to}`;
      const arrow = gathered.get(key) ?? { from: stage, to: action.to, lines: [], actions: [] };
      arrow.lines.push(name);
      arrow.actions.push(id);
      gathered.set(key, arrow);
    }
  }
  return { boxes, arrows: [...gathered.values()] };
};

/** Lays a definition out from top to bottom: stages as boxes, actions as labelled arrows. Deterministic and pure. */
export const drawProcedure = (procedure: Procedure, language: Language): Drawing => {
  const plan = planOf(procedure, language);
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 34, edgesep: 18, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  const size = (lines: readonly string[]) => ({
    width: Math.ceil(Math.max(...lines.map(ems)) * SIZE) + 2 * PAD,
    height: lines.length * LINE + 2 * PAD,
  });
  for (const [id, box] of plan.boxes) graph.setNode(id, size(box.lines));
  // Each arrow passes through a box of its own that carries its words: dagre keeps boxes apart, but not the labels of edges.
  for (const [index, arrow] of plan.arrows.entries()) {
    const { width, height } = size(arrow.lines);
    graph.setNode(`action:${index}`, { width: width - PAD, height: height - PAD });
    graph.setEdge(arrow.from, `action:${index}`);
    graph.setEdge(`action:${index}`, arrow.to);
  }
  layout(graph);
  const place = (id: string, kind: Box['kind'], lines: readonly string[], small: number): Box => {
    const { x, y, width, height } = graph.node(id) as unknown as Box;
    return { id, kind, lines, small, x: x - width / 2, y: y - height / 2, width, height };
  };
  const boxes = [
    ...[...plan.boxes].map(([id, box]) => place(id, box.kind, box.lines, box.small)),
    ...plan.arrows.map((arrow, index) => ({ ...place(`action:${index}`, 'action', arrow.lines, 0), actions: arrow.actions })),
  ];
  const boxOf = new Map(boxes.map((box) => [box.id, box]));
  const arrows = graph.edges().map(({ v, w }: { v: string; w: string }) => ({
    from: v,
    to: w,
    points: routed(boxes, boxOf.get(v)!, boxOf.get(w)!, (graph.edge(v, w) as unknown as Arrow).points),
  }));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width: Math.ceil(width), height: Math.ceil(height), boxes, arrows };
};

/** Top and bottom of the row of boxes that a height lies in, or the height itself between rows. */
const rowAt = (boxes: readonly Box[], y: number): { top: number; bottom: number } => {
  let [top, bottom] = [y, y];
  for (const box of boxes) {
    if (Math.abs(box.y + box.height / 2 - y) > 1) continue;
    top = Math.min(top, box.y);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { top, bottom };
};

/**
 * Leads an arrow straight down (or up) through each row and lets it go sideways between rows only: dagre keeps a free column for it in every
 * row, but its own straight lines would cut the corners of taller neighbours.
 */
const routed = (boxes: readonly Box[], from: Box, to: Box, points: Arrow['points']): Arrow['points'] => {
  const inside = points.slice(1, -1);
  const down = to.y > from.y;
  const within = (box: Box, x: number): number => Math.min(Math.max(x, box.x + PAD), box.x + box.width - PAD);
  const [first, last] = [inside[0] ?? points.at(-1)!, inside.at(-1) ?? points[0]!];
  const through = (x: number, row: { top: number; bottom: number }) =>
    down
      ? [
          { x, y: row.top },
          { x, y: row.bottom },
        ]
      : [
          { x, y: row.bottom },
          { x, y: row.top },
        ];
  const [out, into] = [within(from, first.x), within(to, last.x)];
  const [leave, arrive] = [rowAt(boxes, from.y + from.height / 2), rowAt(boxes, to.y + to.height / 2)];
  const path = [
    { x: out, y: down ? from.y + from.height : from.y },
    { x: out, y: down ? leave.bottom + STUB : leave.top - STUB },
    ...inside.flatMap(({ x, y }) => through(x, rowAt(boxes, y))),
    { x: into, y: down ? arrive.top - STUB : arrive.bottom + STUB },
    { x: into, y: down ? to.y : to.y + to.height },
  ];
  return path.filter((point, index) => index === 0 || point.x !== path[index - 1]!.x || point.y !== path[index - 1]!.y);
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A line through points as the data of an SVG path, its corners rounded by at most a few pixels, so that it stays in the column kept for it. */
export const curve = (points: Arrow['points']): string => {
  let path = `M${n(points[0]!.x)} ${n(points[0]!.y)}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, at, next] = [points[index - 1]!, points[index]!, points[index + 1]!];
    const towards = (other: typeof at) => {
      const length = Math.hypot(other.x - at.x, other.y - at.y);
      const share = Math.min(10, length / 2) / (length || 1);
      return `${n(at.x + (other.x - at.x) * share)} ${n(at.y + (other.y - at.y) * share)}`;
    };
    path += `L${towards(before)}Q${n(at.x)} ${n(at.y)} ${towards(next)}`;
  }
  const last = points.at(-1)!;
  return `${path}L${n(last.x)} ${n(last.y)}`;
};

const STYLE: Readonly<Record<Box['kind'], string>> = {
  start: 'fill="#e6f0ff" stroke="#1d5fbf" stroke-width="2"',
  stage: 'fill="#ffffff" stroke="#44546a"',
  end: 'fill="#eef6ee" stroke="#2e7d32" stroke-width="2"',
  note: 'fill="#fafafa" stroke="#9aa5b1" stroke-dasharray="4 3"',
  action: 'fill="none" stroke="none"',
};

const boxMarkup = (box: Box): string => {
  const top = box.y + (box.height - box.lines.length * LINE) / 2;
  const text = box.lines
    .map((line, index) => {
      const small = box.small > 0 && index >= box.small;
      const look = small
        ? 'font-size="12" fill="#52606d"'
        : box.kind === 'action'
          ? 'fill="#1d3f72"'
          : box.kind === 'note'
            ? 'fill="#52606d"'
            : 'font-weight="600"';
      return `<text x="${n(box.x + box.width / 2)}" y="${n(top + index * LINE + LINE * 0.72)}" ${look}>${escaped(line)}</text>`;
    })
    .join('');
  const radius = box.kind === 'end' ? 16 : 5;
  const frame =
    box.kind === 'action'
      ? ''
      : `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="${radius}" ${STYLE[box.kind]}/>`;
  return `<g>${frame}${text}</g>`;
};

/** The diagram as an SVG document, in one language. */
export const procedureSvg = (procedure: Procedure, language: Language): string => {
  const drawing = drawProcedure(procedure, language);
  const title = inLanguage(procedure.title, language);
  const arrows = drawing.arrows
    .map(({ points, to }) => `<path d="${curve(points)}"${to.startsWith('action:') ? '' : ' marker-end="url(#tip)"'}/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" lang="${language}" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width}" height="${drawing.height}" font-family="'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="${SIZE}" text-anchor="middle"><title>${escaped(title)}</title><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#7b8794"/></marker></defs><rect width="100%" height="100%" fill="#ffffff"/><g fill="none" stroke="#7b8794">${arrows}</g>${drawing.boxes.map(boxMarkup).join('')}</svg>`;
};

const mermaidWords = (text: string): string => text.replace(/[":;#\n]/g, ' ');

/** The same as Mermaid text, for pages that draw it themselves. */
export const procedureMermaid = (procedure: Procedure, language: Language): string => {
  const lines = ['stateDiagram-v2'];
  for (const [id, stage] of Object.entries(procedure.stages))
    lines.push(`  state "${mermaidWords(inLanguage(stage.label, language))}" as ${id}`);
  lines.push(`  [*] --> ${procedure.start}`);
  for (const action of Object.values(procedure.actions))
    if (action.to !== 'same')
      for (const from of action.from) lines.push(`  ${from} --> ${action.to}: ${mermaidWords(inLanguage(action.label, language))}`);
  for (const [id, stage] of Object.entries(procedure.stages)) if (stage.end) lines.push(`  ${id} --> [*]`);
  return `${lines.join('\n')}\n`;
};
