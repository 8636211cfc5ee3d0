import { dateOf } from '@tongxin/domain/document/rules.ts';
import type { Block, Paper } from '@tongxin/domain/document/schema.ts';
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  ImageRun,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Print } from '../../file/index.ts';

/** Names of typefaces as offices have them; where one is missing, the word processor takes its own of the same style. */
const BODY = '仿宋_GB2312';
const TITLE = '方正小标宋简体';
const HEAD = '黑体';
/** GB/T 9704-2012: third size is 16 points, second 22; a page of 22 lines has 28 points a line. Half points and twentieths, as the format counts. */
const SIZE = { body: 32, title: 44, head: 62, small: 28, box: 24 } as const;
const LINE = 28 * 20;
const RED = 'C00000';
/** Inner width of the page in millimetres: 210 less margins of 28 and 26. */
const WIDTH = 156;

const run = (text: string, more: Partial<IRunOptions> = {}): TextRun =>
  new TextRun({ text, font: { name: BODY, eastAsia: BODY }, size: SIZE.body, ...more });
const paragraph = (text: string, more: IParagraphOptions = {}, how: Partial<IRunOptions> = {}): Paragraph =>
  new Paragraph({ spacing: { line: LINE, lineRule: LineRuleType.EXACT }, children: text ? [run(text, how)] : [], ...more });

const border = { style: BorderStyle.SINGLE, size: 6, color: '000000' };
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const borders = { top: border, bottom: border, left: border, right: border };
const cell = (text: string, millimetres: number, more: { bold?: boolean; sign?: boolean; middle?: boolean } = {}): TableCell =>
  new TableCell({
    borders,
    width: { size: convertMillimetersToTwip(millimetres), type: WidthType.DXA },
    ...(more.middle ? { verticalAlign: VerticalAlign.CENTER } : {}),
    margins: { top: 80, bottom: 80, left: 100, right: 100 },
    children: [
      ...text.split('\n').map(
        (line) =>
          new Paragraph({
            ...(more.middle ? { alignment: AlignmentType.CENTER } : {}),
            children: [run(line, { size: SIZE.box, ...(more.bold ? { bold: true } : {}) })],
          }),
      ),
      ...(more.sign
        ? [
            ...[1, 2, 3].map(() => new Paragraph({ children: [run('', { size: SIZE.box })] })),
            new Paragraph({ alignment: AlignmentType.RIGHT, children: [run('签名：　　　　　　　　年　　月　　日', { size: SIZE.box })] }),
          ]
        : []),
    ],
  });

const grid = (widths: readonly number[], rows: readonly TableRow[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: convertMillimetersToTwip(WIDTH), type: WidthType.DXA },
    columnWidths: widths.map(convertMillimetersToTwip),
    rows: [...rows],
  });

/** Pixels of the format, 96 an inch. */
const pixels = (millimetres: number): number => (millimetres / 25.4) * 96;
const PICTURE = { width: pixels(72), height: pixels(62) } as const;

/** A picture with its caption, as large as its cell allows; words in its place where it was erased. */
const pictureCell = (caption: string, print: Print | undefined): TableCell => {
  const scale = print ? Math.min(PICTURE.width / print.width, PICTURE.height / print.height) : 0;
  const middle = { alignment: AlignmentType.CENTER };
  return new TableCell({
    borders: { top: NO_LINE, bottom: NO_LINE, left: NO_LINE, right: NO_LINE },
    width: { size: convertMillimetersToTwip(WIDTH / 2), type: WidthType.DXA },
    margins: { top: 100, bottom: 100, left: 60, right: 60 },
    children: [
      new Paragraph({
        ...middle,
        children: print
          ? [
              new ImageRun({
                type: 'jpg',
                data: print.jpeg,
                transformation: { width: Math.round(print.width * scale), height: Math.round(print.height * scale) },
                altText: { name: caption, title: caption, description: caption },
              }),
            ]
          : [run(caption ? '（图片已依法删除）' : '', { size: SIZE.box })],
      }),
      new Paragraph({ ...middle, children: [run(caption, { size: SIZE.box })] }),
    ],
  });
};

const picturesOf = (rows: readonly { fileId: string; caption: string }[], prints: ReadonlyMap<string, Print>): Table => {
  const pairs = rows.flatMap((row, index) => (index % 2 === 0 ? [[row, rows[index + 1]] as const] : []));
  return grid(
    [WIDTH / 2, WIDTH / 2],
    pairs.map(
      ([left, right]) =>
        new TableRow({
          cantSplit: true,
          children: [left, right].map((one) => pictureCell(one?.caption ?? '', one && prints.get(one.fileId))),
        }),
    ),
  );
};

/** Kept on one page with the seal that follows. */
const signaturesOf = (names: readonly string[]): Table => {
  const line = (text: string, more: IParagraphOptions = {}): Paragraph =>
    new Paragraph({ keepNext: true, children: [run(text, { size: SIZE.box })], ...more });
  const place = (name: string | undefined): TableCell =>
    new TableCell({
      borders,
      width: { size: convertMillimetersToTwip(WIDTH / 2), type: WidthType.DXA },
      margins: { top: 80, bottom: 80, left: 100, right: 100 },
      children: name
        ? [line(name), line(''), line(''), line('年　　月　　日', { alignment: AlignmentType.RIGHT })]
        : [new Paragraph({ keepNext: true })],
    });
  return grid(
    [WIDTH / 2, WIDTH / 2],
    names.flatMap((_, index) =>
      index % 2 === 0 ? [new TableRow({ cantSplit: true, children: [place(names[index]), place(names[index + 1])] })] : [],
    ),
  );
};

/** Two tables that touch become one in a word processor: a line between them. */
const apart = (parts: readonly (Paragraph | Table)[]): (Paragraph | Table)[] =>
  parts.flatMap((part, index) => (part instanceof Table && parts[index - 1] instanceof Table ? [new Paragraph({}), part] : [part]));

const blockOf = (block: Block, prints: ReadonlyMap<string, Print>, next?: Block): (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'paragraph': {
      // What is signed is signed under words, never on a page of its own.
      const sticks =
        next?.kind === 'signatures'
          ? { keepNext: true, keepLines: true, spacing: { line: LINE, lineRule: LineRuleType.EXACT, after: 160 } }
          : {};
      return [paragraph(block.text, { indent: { firstLine: SIZE.body * 20 }, ...sticks })];
    }
    case 'heading':
      return [paragraph(block.text, { keepNext: true, spacing: { before: 240, after: 120 } }, { font: { name: HEAD, eastAsia: HEAD } })];
    case 'pictures':
      return [picturesOf(block.rows, prints)];
    case 'pageBreak':
      return [new Paragraph({ pageBreakBefore: true })];
    case 'boxes':
      return [
        grid(
          [34, WIDTH - 34],
          block.rows.map(
            ({ name, text, sign }) =>
              new TableRow({
                cantSplit: true,
                children: [cell(name, 34, { bold: true, middle: true }), cell(text, WIDTH - 34, { sign: sign ?? false })],
              }),
          ),
        ),
      ];
    case 'signatures':
      return [signaturesOf(block.names)];
    case 'table': {
      const widths = block.widths.map((share) => (WIDTH * share) / 100);
      return [
        grid(widths, [
          new TableRow({ tableHeader: true, children: block.head.map((name, i) => cell(name, widths[i]!, { bold: true, middle: true })) }),
          ...block.rows.map((row) => new TableRow({ children: row.map((text, i) => cell(text, widths[i]!)) })),
        ]),
      ];
    }
    default:
      return block satisfies never;
  }
};

/** The head of the first page: the office in red over a red line, or nothing. */
const headOf = (paper: Paper): Paragraph[] =>
  paper.redHead
    ? [
        paragraph(
          `${paper.organization}${paper.kind === 'minutes' ? '会议纪要' : '文件'}`,
          { alignment: AlignmentType.CENTER, spacing: { before: 400, after: 600 } },
          { font: { name: TITLE, eastAsia: TITLE }, size: SIZE.head, color: RED },
        ),
        paragraph(paper.number ?? '', {
          alignment: AlignmentType.CENTER,
          border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 6 } },
          spacing: { after: 500 },
        }),
      ]
    : [];

const endOf = (paper: Paper): Paragraph[] => [
  // Two lines for the seal to stand on; the date lies under it.
  ...(paper.sealed
    ? [
        paragraph('', { keepNext: true }),
        paragraph('', { keepNext: true }),
        paragraph(paper.organization, { alignment: AlignmentType.RIGHT, indent: { right: 640 }, keepNext: true }),
        paragraph(dateOf(paper), { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
      ]
    : []),
  ...(paper.copyTo || paper.redHead
    ? [
        // Copies and issue stay together: half of them on the next page reads like another paper.
        paragraph('', { keepNext: true }),
        ...(paper.copyTo
          ? [
              paragraph(
                `抄送：${paper.copyTo}`,
                {
                  keepNext: true,
                  border: { top: { style: BorderStyle.SINGLE, size: 8, color: '000000', space: 4 } },
                  indent: { left: 280, right: 280 },
                },
                { size: SIZE.small },
              ),
            ]
          : []),
        paragraph(
          `${paper.organization}\t${dateOf(paper)}印发`,
          {
            border: {
              top: { style: BorderStyle.SINGLE, size: 4, color: '000000', space: 4 },
              bottom: { style: BorderStyle.SINGLE, size: 8, color: '000000', space: 4 },
            },
            indent: { left: 280, right: 280 },
            tabStops: [{ type: TabStopType.RIGHT, position: convertMillimetersToTwip(WIDTH) - 280 }],
          },
          { size: SIZE.small },
        ),
      ]
    : []),
];

/** Whoever signs does so on each page, beside its number and the number of all: no page is changed for another. */
const placesToSign = (signers: readonly string[]): Paragraph[] => [
  ...signers.flatMap((_, index) =>
    index % 2 === 0
      ? [
          new Paragraph({
            spacing: { before: 120 },
            tabStops: [{ type: TabStopType.LEFT, position: convertMillimetersToTwip(WIDTH / 2) }],
            children: [
              run(
                signers
                  .slice(index, index + 2)
                  .map((name) => `${name}签名、指印：＿＿＿＿＿＿`)
                  .join('\t'),
                { size: 22 },
              ),
            ],
          }),
        ]
      : [],
  ),
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['第', PageNumber.CURRENT, '页　共', PageNumber.TOTAL_PAGES, '页'], size: 22 })],
  }),
];

/** A paper as an Office Open XML document on A4, with the measures of GB/T 9704-2012. */
export const writeWord = (paper: Paper, prints: ReadonlyMap<string, Print> = new Map()): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      creator: paper.organization,
      title: paper.title,
      // Signs are drawn as China writes them, also where the machine knows the typeface of another country first.
      styles: { default: { document: { run: { language: { value: 'zh-CN', eastAsia: 'zh-CN' } } } } },
      sections: [
        {
          properties: {
            page: {
              size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
              margin: {
                top: convertMillimetersToTwip(37),
                bottom: convertMillimetersToTwip(35),
                left: convertMillimetersToTwip(28),
                right: convertMillimetersToTwip(26),
              },
            },
          },
          footers: {
            default: new Footer({
              children: paper.signers
                ? placesToSign(paper.signers)
                : [
                    new Paragraph({
                      alignment: AlignmentType.CENTER,
                      children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: SIZE.small })],
                    }),
                  ],
            }),
          },
          children: [
            ...headOf(paper),
            paragraph(
              paper.title,
              { alignment: AlignmentType.CENTER, spacing: { before: 200, after: paper.redHead || !paper.number ? 400 : 120 } },
              { font: { name: TITLE, eastAsia: TITLE }, size: SIZE.title },
            ),
            ...(!paper.redHead && paper.number
              ? [paragraph(paper.number, { alignment: AlignmentType.CENTER, spacing: { after: 300 } })]
              : []),
            ...(paper.addressee ? [paragraph(`${paper.addressee}：`)] : []),
            ...apart(paper.blocks.flatMap((block, index) => blockOf(block, prints, paper.blocks[index + 1]))),
            ...endOf(paper),
          ],
        },
      ],
    }),
  );
