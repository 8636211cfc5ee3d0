import type { Paper } from '@tongxin/domain/document/schema.ts';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../platform/errors/problem.ts';
import { drawPages, printPdf, setsChinese } from './service.ts';

/** The compiler brings it along; it has Latin, Greek and Cyrillic signs, and no Chinese one. */
const LATIN = 'Libertinus Serif';
const paper: Paper = {
  kind: 'assignment',
  redHead: false,
  organization: '甲镇综治中心',
  title: '关于路灯的交办单',
  blocks: [{ kind: 'paragraph', text: '请办理。' }],
  sealed: true,
  datedOn: '2026-09-30',
};
const failing = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof Problem ? [error.status, error.code] : error;
  }
};

describe('a paper is set in Chinese signs or not at all', () => {
  test('the compiler itself says whether it has them', () => {
    expect([setsChinese(), setsChinese(LATIN), setsChinese('No Such Typeface')]).toEqual([true, false, false]);
  });

  test('where it has none, it is neither printed nor previewed: 503 noFonts', () => {
    for (const work of [() => printPdf(paper, { typeface: LATIN }), () => drawPages(paper, { typeface: LATIN })])
      expect(failing(work)).toEqual([503, 'noFonts']);
    // And one refusal changes nothing for the next paper.
    expect(printPdf(paper).subarray(0, 5).toString()).toBe('%PDF-');
    expect(drawPages(paper).subarray(0, 4).toString()).toBe('<svg');
  });

  test('a picture that is gone is words in its place, and what looks like a path opens nothing of the machine', () => {
    const row = (fileId: string) => ({ ...paper, blocks: [{ kind: 'pictures' as const, rows: [{ fileId, caption: '附件 1' }] }] });
    for (const fileId of ['00000000-0000-7000-8000-000000000001', '../../../etc/passwd'])
      expect(printPdf(row(fileId)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(() => printPdf(row('x'), { prints: new Map([['x', { jpeg: Buffer.from('no picture'), width: 1, height: 1 }]]) })).toThrow();
    expect(printPdf(paper).length).toBeGreaterThan(1000);
  });
});
