import { expect, test } from 'vitest';
import type { CaseView } from '../case/view.ts';
import { chineseDate, DOCUMENTS, documentNumber, draftOf, offeredDocuments, paperOf } from './rules.ts';
import { DOCUMENT_KINDS } from './schema.ts';

const NOW = '2026-10-09T18:30:00.000Z';
const view = {
  number: 'GD2026-0000012',
  procedureId: 'order',
  title: '路灯不亮',
  text: '公园北门两盏路灯不亮，我叫李小明，电话13812345678。',
  areaLabels: [{ zh: '示例市' }, { zh: '甲镇' }],
  categoryLabel: { zh: '路灯不亮' },
  leadOrganizationLabel: { zh: '甲镇规划建设办' },
  stageLabel: { zh: '办理中' },
  reportedAt: '2026-09-30T13:40:00.000Z',
  clocks: [],
  files: [],
  record: [
    {
      no: 2,
      type: 'case.acted',
      action: 'dispatch',
      label: { zh: '派单' },
      at: NOW,
      occurredAt: NOW,
      answers: [{ id: 'opinion', label: { zh: '拟办意见' }, value: '请节前修复，联系人王大力。' }],
      files: [],
      erased: false,
    },
  ],
} as unknown as CaseView;

test('every kind has first words without a telephone or a name, dated today in Shanghai', () => {
  for (const kind of DOCUMENT_KINDS) {
    const draft = draftOf(kind, view, NOW);
    const text = JSON.stringify(paperOf(kind, draft, view, '甲镇综治中心'));
    expect({ kind, named: /13812345678|李小明|王大力/.test(text), dated: draft.datedOn }).toEqual({
      kind,
      named: false,
      dated: '2026-10-10',
    });
  }
});

test('a handling sheet has the proposal from the record and room to sign for proposal, instruction and result', () => {
  const paper = paperOf('handlingSheet', draftOf('handlingSheet', view, NOW), view, '甲镇综治中心');
  const boxes = paper.blocks.flatMap((block) => (block.kind === 'boxes' ? block.rows : []));
  expect(boxes.filter((row) => row.sign).map((row) => row.name)).toEqual(['拟办意见', '领导批示', '承办结果']);
  expect(boxes.find((row) => row.name === '拟办意见')!.text).toContain('请节前修复');
  expect(paper.sealed).toBe(false);
});

test('a red head is for what an office itself issues, asked for or not', () => {
  for (const kind of DOCUMENT_KINDS) {
    const paper = paperOf(kind, { ...draftOf(kind, view, NOW), redHead: true }, view, '甲镇综治中心');
    expect({ kind, red: paper.redHead }).toEqual({ kind, red: DOCUMENTS[kind].mayHaveRedHead });
  }
});

test('papers of a letter are not offered of an order', () => {
  expect(offeredDocuments({ procedureId: 'order' })).not.toContain('opinion');
  expect(offeredDocuments({ procedureId: 'letter' })).toContain('serviceReceipt');
});

test('numbers and dates are written as the standard has them', () => {
  expect([documentNumber('石综督', 2026, 3), chineseDate('2026-10-09')]).toEqual(['石综督〔2026〕3号', '2026年10月9日']);
});
