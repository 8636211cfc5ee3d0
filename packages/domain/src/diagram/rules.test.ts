import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { type Box, drawProcedure, procedureMermaid, procedureSvg } from './rules.ts';

const touch = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether a straight piece of an arrow enters the inside of a box. */
const crosses = (box: Box, a: { x: number; y: number }, b: { x: number; y: number }): boolean => {
  for (let step = 0; step <= 50; step += 1) {
    const [x, y] = [a.x + ((b.x - a.x) * step) / 50, a.y + ((b.y - a.y) * step) / 50];
    if (x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1) return true;
  }
  return false;
};

describe('the drawing of a procedure', () => {
  for (const procedure of [orderProcedure, letterProcedure])
    for (const language of ['zh', 'en'] as const) {
      const drawing = drawProcedure(procedure, language);

      it(`has every stage and every action, and no two boxes overlap: ${procedure.id} ${language}`, () => {
        expect(
          drawing.boxes
            .filter((box) => ['start', 'stage', 'end'].includes(box.kind))
            .map((box) => box.id)
            .sort(),
        ).toEqual(Object.keys(procedure.stages).sort());
        const svg = procedureSvg(procedure, language);
        for (const { label } of Object.values(procedure.actions))
          expect(svg).toContain((language === 'zh' ? label.zh : label.en!).replace("'", '&#39;'));
        for (const [index, box] of drawing.boxes.entries())
          for (const other of drawing.boxes.slice(index + 1))
            expect({ box: box.id, other: other.id, touch: touch(box, other) }).toMatchObject({ touch: false });
      });

      it(`leads no arrow through a stage or a note: ${procedure.id} ${language}`, () => {
        for (const { from, to, points } of drawing.arrows)
          for (const box of drawing.boxes) {
            if (box.kind === 'action' || box.id === from || box.id === to) continue;
            for (const [index, point] of points.slice(1).entries())
              expect({ from, to, through: crosses(box, points[index]!, point) ? box.id : undefined }).toEqual({
                from,
                to,
                through: undefined,
              });
          }
      });

      it(`stays on its page: ${procedure.id} ${language}`, () => {
        for (const box of drawing.boxes) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(drawing.width);
          expect(box.y + box.height).toBeLessThanOrEqual(drawing.height);
        }
      });
    }

  it('is the same whenever it is drawn, and carries no markup of its labels', () => {
    expect(procedureSvg(orderProcedure, 'zh')).toBe(procedureSvg(orderProcedure, 'zh'));
    const received = { ...orderProcedure.stages.received!, label: { zh: '<script>' } };
    const hostile = { ...orderProcedure, title: { zh: '"><script>alert(1)</script>' }, stages: { ...orderProcedure.stages, received } };
    expect(procedureSvg(hostile, 'zh')).not.toContain('<script');
    expect(procedureMermaid(orderProcedure, 'en')).toContain('received --> accepted: Accept');
  });

  it('marks where a case is, the way it came and what may come next, each by more than its colour', () => {
    const came = [
      { from: 'received', to: 'accepted', action: 'accept' },
      { from: 'accepted', to: 'dispatched', action: 'dispatch' },
    ];
    const svg = procedureSvg(orderProcedure, 'zh', { at: 'dispatched', came, ahead: ['handling', 'objected', 'accepted', 'withdrawn'] });
    const boxes = [...svg.matchAll(/<g class="(here|passed)">.*?font-weight="600">([^<]+)</gu)].map(([, mark, name]) => [mark, name]);
    expect(boxes).toEqual(
      expect.arrayContaining([
        ['passed', '待受理'],
        ['passed', '待派单'],
        ['here', '待签收'],
      ]),
    );
    expect(boxes).toHaveLength(3);
    // Two arrows each: to the words and from them to the next stage.
    expect(svg.match(/class="came"/gu)).toHaveLength(4);
    expect(svg.match(/class="ahead"/gu)!.length).toBeGreaterThanOrEqual(4);
    expect(svg).toContain('stroke-dasharray="6 4"');
    for (const word of ['▼ 现在', '✓ 走过', '可能的下一步']) expect(svg).toContain(word);
    // The definition alone has no marks.
    expect(procedureSvg(orderProcedure, 'zh')).not.toMatch(/class="(?:here|passed|came|ahead|legend)"/u);
  });
});
