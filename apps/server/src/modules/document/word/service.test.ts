import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type DisputePaper, disputePaper } from '@tongxin/domain/dispute/agreement/paper/rules.ts';
import { draftOf as agreementOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import { DOCUMENTS, draftOf, paperOf } from '@tongxin/domain/document/rules.ts';
import { DOCUMENT_KINDS, type DocumentKind, type Paper } from '@tongxin/domain/document/schema.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Print } from '../../file/index.ts';
import { printPdf } from '../print/service.ts';
import { writeWord } from './service.ts';

/** Every kind of paper through the word processor offices have: its words and its pages, as they come out of the other end. */
const NOW = '2026-10-09T18:30:00.000Z';
const photo = '00000000-0000-7000-8000-00000000000a';
const gone = '00000000-0000-7000-8000-00000000000b';
const entry = (no: number, action: string, zh: string, answers: Record<string, string>, files: readonly string[] = []) => ({
  no,
  type: 'case.acted',
  action,
  label: { zh },
  at: NOW,
  occurredAt: NOW,
  by: { zh: '甲镇综治中心 调度员' },
  answers: Object.entries(answers).map(([id, value]) => ({ id, label: { zh: id === 'reply' ? '办理结果' : '意见' }, value })),
  files: files.map((id) => ({ id, kind: 'photo', mediaType: 'image/jpeg', bytes: 1, url: '/' })),
  erased: false,
});
const view = {
  number: 'GD2026-0000012',
  procedureId: 'letter',
  title: '路灯不亮',
  text: '公园北门两盏路灯不亮，生僻字：𠮷、㐂、堃。',
  address: '人民公园北门坡道旁',
  areaLabels: [{ zh: '示例市' }, { zh: '甲镇' }],
  categoryLabel: { zh: '路灯不亮' },
  receivingOrganizationLabel: { zh: '甲镇综治中心' },
  leadOrganizationLabel: { zh: '甲镇规划建设办' },
  stageLabel: { zh: '办理中' },
  reportedAt: '2026-09-30T13:40:00.000Z',
  clocks: [
    { clock: 'handling', label: { zh: '承办时限' }, status: 'running', startedAt: NOW, dueAt: '2026-10-12T15:59:59.999Z', overdue: false },
  ],
  files: [],
  record: [
    entry(1, 'dispatch', '派单', { opinion: '请节前修复。' }),
    entry(2, 'instruct', '领导批示', { instruction: '抓紧办。' }),
    entry(3, 'resolve', '办结', { reply: '已更换两盏灯具。' }, [photo, gone]),
  ],
} as unknown as CaseView;

/** A quarrel settled in three instalments, for the papers that have words of their own. */
const sides = ['00000000-0000-7000-8000-00000000000c', '00000000-0000-7000-8000-00000000000d'];
const [payee, payer] = sides as [string, string];
const instalments = ['2026-11-01', '2026-12-01', '2027-01-01'].map((dueOn) => ({
  kind: 'pay' as const,
  by: payer,
  to: payee,
  amount: 160_000,
  dueOn,
}));
const ownPaper = (kind: DisputePaper): Paper =>
  disputePaper(
    kind,
    {
      sides,
      number: 'TJ2026-000012',
      text: {
        ...agreementOf({ terms: instalments }, sides, '楼上卫生间漏水，楼下天花板发霉脱落。'.repeat(12)),
        parties: sides.map((partyId, index) => ({ partyId, name: ['赵堃', '钱㐂'][index]!, about: '住翠竹苑三栋' })),
        responsibility: '由乙方承担。',
        way: '银行转账。',
      },
      performed: new Map([[1, '2026-10-30']]),
      followUps: [{ on: '2026-11-02', words: '第一期已付。' }],
      court: { ground: 'home', name: '石岐区人民法院' },
      effectiveOn: '2026-10-09',
      acceptance: { kind: 'neighbour', origin: 'referred', on: '2026-09-30', facts: '楼上漏水，楼下天花板发霉。', place: '翠竹苑三栋' },
      session: {
        startsAt: '2026-10-09T01:00:00.000Z',
        endsAt: '2026-10-09T02:30:00.000Z',
        room: '第一调解室',
        attended: sides,
        record: '甲方：墙面和天花板要重新粉刷。\n乙方：愿意承担，请分期。\n'.repeat(14),
        result: 'agreed',
      },
      referral: { sender: 'police', body: '甲镇派出所', number: '甲派调2026-88', receivedOn: '2026-09-29', result: 'agreed' },
      today: '2026-12-05',
    },
    '甲镇人民调解委员会',
    DOCUMENTS[kind].mark ? '（2026）甲人调字第7号' : undefined,
  );

const NEEDED = { soffice: 'libreoffice-writer-nogui', pdftotext: 'poppler-utils', pdftoppm: 'poppler-utils' } as const;
const run = (tool: keyof typeof NEEDED, args: readonly string[]): void => {
  const { error, status, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 180_000 });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    throw new Error(
      `${tool} is missing: install ${NEEDED[tool]} (bash scripts/system-deps as root), without it nobody knows how a paper opens`,
    );
  if (error || status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${error?.message ?? stderr}`);
};

const folder = mkdtempSync(join(tmpdir(), 'tongxin-papers-'));
const papers = new Map<DocumentKind, Paper>();
let prints: Map<string, Print>;

beforeAll(async () => {
  const jpeg = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#3a7d44' } })
    .jpeg()
    .toBuffer();
  prints = new Map([[photo, { jpeg, width: 600, height: 400 }]]);
  for (const kind of DOCUMENT_KINDS) {
    const draft = { ...draftOf(kind, view, NOW), copyTo: '甲镇党政办', redHead: true };
    const paper = DOCUMENTS[kind].door
      ? ownPaper(kind as DisputePaper)
      : paperOf(kind, draft, view, '甲镇综治中心', DOCUMENTS[kind].mark ? '甲综〔2026〕7号' : undefined);
    papers.set(kind, paper);
    writeFileSync(join(folder, `${kind}.docx`), await writeWord(paper, prints));
    writeFileSync(join(folder, `${kind}-typst.pdf`), printPdf(paper, { prints }));
  }
  const words = DOCUMENT_KINDS.map((kind) => join(folder, `${kind}.docx`));
  // A profile of its own: an office suite that somebody has open is left alone.
  run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...words]);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words without the blanks and line ends that layout put between them. */
const bare = (text: string): string => text.replace(/\s+/gu, '');
const wordsOf = (pdf: string): string => {
  run('pdftotext', ['-layout', join(folder, pdf), join(folder, `${pdf}.txt`)]);
  return bare(readFileSync(join(folder, `${pdf}.txt`), 'utf8'));
};
const pagesOf = (pdf: string): string[] => {
  run('pdftoppm', ['-r', '40', '-png', join(folder, pdf), join(folder, `${pdf}-page`)]);
  return readdirSync(folder).filter((name) => name.startsWith(`${pdf}-page`) && name.endsWith('.png'));
};

/** Share of a page that is not white, in thousandths. */
const inkOf = async (page: string): Promise<number> => {
  const { data } = await sharp(join(folder, page)).greyscale().raw().toBuffer({ resolveWithObject: true });
  return Math.round((data.filter((value) => value < 200).length / data.length) * 1000);
};

/** What must be legible on a paper, whatever the layout breaks it into. */
const wanted = (paper: Paper): string[] => [
  paper.title,
  ...(paper.number ? [paper.number] : []),
  ...(paper.addressee ? [paper.addressee] : []),
  ...(paper.copyTo ? [`抄送：${paper.copyTo}`] : []),
  ...(paper.sealed ? [paper.organization] : []),
  ...paper.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return [block.text];
      case 'boxes':
        return block.rows.flatMap(({ name, text }) => [name, ...text.split('\n')]);
      case 'table':
        return block.head.filter((name) => [...name].length <= 3);
      case 'pictures':
        return block.rows.map(({ caption }) => caption);
      case 'signatures':
        return block.names;
      case 'pageBreak':
        return [];
      default:
        return block satisfies never;
    }
  }),
];
/** A line that a narrow column or the end of a page may break is looked for in pieces. */
const pieces = (text: string): string[] => bare(text).match(/.{1,8}/gu) ?? [];

describe.each(DOCUMENT_KINDS)('%s', (kind) => {
  test.each([
    ['through the word processor', `${kind}.pdf`],
    ['as our own PDF', `${kind}-typst.pdf`],
  ])('keeps its Chinese words and has ink on every page: %s', async (_, pdf) => {
    const shown = wordsOf(pdf);
    const missing = wanted(papers.get(kind)!)
      .flatMap(pieces)
      .filter((piece) => !shown.includes(piece) && ![...piece].every((sign) => shown.includes(sign)));
    expect(missing).toEqual([]);
    expect(shown).not.toContain('\u{fffd}');
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThanOrEqual(1);
    for (const page of pages) expect({ page, ink: (await inkOf(page)) > 1 }).toEqual({ page, ink: true });
  });
});

test('who gets copies and when it was issued stand on the same page', () => {
  const copied = [...papers].filter(([, { copyTo }]) => copyTo).flatMap(([kind]) => [`${kind}.pdf`, `${kind}-typst.pdf`]);
  expect(copied.length).toBeGreaterThan(20);
  for (const pdf of copied) {
    run('pdftotext', ['-layout', join(folder, pdf), join(folder, `${pdf}.txt`)]);
    const last = readFileSync(join(folder, `${pdf}.txt`), 'utf8')
      .split('\f')
      .find((page) => /印\s*发/u.test(page));
    expect([pdf, last]).toEqual([pdf, expect.stringContaining('抄送')]);
  }
});

test('an agreement has places to sign and the number of all pages at the foot of each; nobody signs on a page without words', () => {
  for (const pdf of ['agreement.pdf', 'agreement-typst.pdf']) {
    const pages = pagesOf(pdf).length;
    const shown = wordsOf(pdf);
    expect(pages).toBeGreaterThan(1);
    expect([pdf, shown.match(/甲方签名、指印/gu)?.length, shown.match(/乙方签名、指印/gu)?.length]).toEqual([pdf, pages, pages]);
    for (let page = 1; page <= pages; page++) expect(shown).toContain(`第${page}页共${pages}页`);
    run('pdftotext', ['-f', String(pages), '-l', String(pages), join(folder, pdf), join(folder, 'last.txt')]);
    expect(bare(readFileSync(join(folder, 'last.txt'), 'utf8')).replace(/甲方签名.*/u, '')).toContain('申请司法确认。');
  }
});

test('the case file shows its evidence, and says so where a picture was erased', () => {
  expect(papers.get('dossier')!.blocks.filter(({ kind }) => kind === 'pictures')).toMatchObject([
    { rows: [{ fileId: photo }, { fileId: gone }] },
  ]);
  for (const pdf of ['dossier.pdf', 'dossier-typst.pdf']) {
    expect(wordsOf(pdf)).toContain('（图片已依法删除）');
    const { stdout } = spawnSync('pdfimages', ['-list', join(folder, pdf)], { encoding: 'utf8' });
    expect([pdf, stdout.split('\n').filter((line) => /\bimage\b/u.test(line)).length]).toEqual([pdf, 1]);
  }
});
