import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import { chineseDate, minuteOf } from '@tongxin/domain/document/rules.ts';
import { type Line, paginate, RETENTION_NAMES, type ScreenSignature } from '@tongxin/domain/dossier/rules.ts';
import type { Archived } from '@tongxin/domain/dossier/schema.ts';
import type { Print } from '../../../file/index.ts';
import { setPdf } from '../../print/service.ts';

/** What every page of the binding begins with: words are data and nothing in them is read as markup. */
const HEAD = `
#let data = json(bytes(sys.inputs.at("data")))
#let song = ("FZXiaoBiaoSong-B05S", "STSong", "Noto Serif CJK SC")
#let fang = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC")
#let hei = ("SimHei", "Noto Sans CJK SC")
#set page(paper: "a4", margin: (top: 30mm, bottom: 25mm, left: 28mm, right: 26mm))
#set text(font: fang, size: 16pt, lang: "zh", region: "cn")
`;
const COVER = `${HEAD}
#set document(title: data.title, author: data.organization)
#v(22mm)
#align(center, text(font: song, size: 22pt, weight: "bold", data.organization))
#v(8mm)
#align(center, text(font: song, size: 34pt, weight: "bold", tracking: 8pt)[调解卷宗])
#v(6mm)
#align(center, data.number)
#v(22mm)
#table(columns: (38mm, 1fr), rows: auto, inset: 11pt, align: (center + horizon, left + horizon), stroke: 0.7pt,
  ..data.facts.map(row => (text(font: hei, row.at(0)), row.at(1))).flatten())
`;
const CONTENTS = `${HEAD}
#align(center, text(font: song, size: 22pt, weight: "bold", tracking: 6pt)[卷内目录])
#v(6mm)
#set text(size: 13pt)
#table(columns: (16mm, 1fr, 26mm, 26mm), inset: 8pt, stroke: 0.7pt, align: (center + horizon, left + horizon, center + horizon, center + horizon),
  table.header(..("序号", "材料名称", "页号", "备注").map(name => text(font: hei, name))),
  ..data.lines.enumerate().map(((i, line)) => (str(i + 1), line.title, line.pages, "")).flatten())
`;
const NOTE = `${HEAD}
#align(center, text(font: song, size: 22pt, weight: "bold", tracking: 4pt)[卷宗情况说明])
#v(8mm)
#set par(leading: 12pt, spacing: 14pt)
#for line in data.lines { par(first-line-indent: (amount: 2em, all: true), line) }
#v(1fr)
#align(right)[立卷人：#h(45mm)]
#align(right)[检查人：#h(45mm)]
#align(right)[年#h(12mm)月#h(12mm)日#h(8mm)]
`;
const BACK = `${HEAD}
#v(1fr)
#align(center, text(size: 14pt)[（封底）])
#v(20mm)
`;
/** Signatures given on screen, in place of hands under a paper: one table for each. */
const SIGNED = `${HEAD}
#set document(title: data.title, author: data.organization)
#align(center, text(font: song, size: 22pt, weight: "bold", tracking: 2pt, data.title))
#v(4mm)
#set text(size: 13pt)
#set par(leading: 9pt, spacing: 10pt, justify: true)
#for line in data.before { par(first-line-indent: (amount: 2em, all: true), line) }
#v(2mm)
#for rows in data.signatures {
  block(breakable: false, above: 5mm, table(columns: (44mm, 1fr), inset: 8pt, stroke: 0.7pt, align: (center + horizon, left + horizon),
    ..rows.map(row => (text(font: hei, row.at(0)), row.at(1))).flatten()))
}
#v(3mm)
#for line in data.after { par(first-line-indent: (amount: 2em, all: true), line) }
#v(8mm)
#align(right, data.organization)
`;
/** A picture on a page of its own, upright as it is, with what it is below. */
const PICTURE = `${HEAD}
#align(center + horizon, block(image("/" + data.fileId + ".jpg", width: 100%, height: 215mm, fit: "contain")))
#align(center, text(size: 11pt, data.caption))
`;
const ABSENT = `${HEAD}
#align(center + horizon, block(width: 120mm, inset: 10mm, stroke: 0.7pt)[#text(font: hei, data.title) \\ #v(4mm) #data.why])
`;
/** Numbers of the whole file, at the upper right as archives put them; laid over each page. */
const NUMBERS = `
#let data = json(bytes(sys.inputs.at("data")))
#set page(width: 30mm, height: 10mm, margin: 0pt, fill: none)
#set text(font: ("SimHei", "Noto Sans CJK SC"), size: 12pt, lang: "zh")
#for n in range(1, data.pages + 1) {
  if n > 1 { pagebreak() }
  align(right + horizon, str(n))
}
`;

/** One piece of the file: a paper of ours, a picture, a PDF that was attached, or what cannot be printed. */
export type Piece =
  | { readonly title: string; readonly kind: 'paper'; readonly pdf: Buffer }
  | { readonly title: string; readonly kind: 'picture'; readonly fileId: string; readonly print: Print; readonly caption: string }
  | { readonly title: string; readonly kind: 'pdf'; readonly pdf: Buffer }
  | { readonly title: string; readonly kind: 'absent'; readonly why: string };

export interface Binding {
  readonly organization: string;
  /** As the ministry's format has it; with room where it was not archived yet. */
  readonly number: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly pieces: readonly Piece[];
  /** 卷宗情况说明, paragraphs. */
  readonly note: readonly string[];
}

const A4 = { width: 595.28, height: 841.89 } as const;
const MM = 72 / 25.4;

/** Puts the pages of a PDF from elsewhere on A4, upright, within margins; nothing of it but what is drawn comes along. */
const addForeign = async (into: PDFDocument, from: PDFDocument): Promise<number> => {
  const pages = from.getPages();
  const embedded = await into.embedPages(pages);
  for (const [i, drawn] of embedded.entries()) {
    const turned = ((pages[i]!.getRotation().angle % 360) + 360) % 360;
    const isAcross = turned === 90 || turned === 270;
    const [width, height] = isAcross ? [drawn.height, drawn.width] : [drawn.width, drawn.height];
    const scale = Math.min((A4.width - 20 * MM) / width, (A4.height - 40 * MM) / height, 1);
    const [w, h] = [width * scale, height * scale];
    const [left, bottom] = [(A4.width - w) / 2, (A4.height - h) / 2];
    const corner = { 0: [left, bottom], 90: [left, bottom + h], 180: [left + w, bottom + h], 270: [left + w, bottom] }[turned] ?? [
      left,
      bottom,
    ];
    const page = into.addPage([A4.width, A4.height]);
    page.drawPage(drawn, { x: corner[0]!, y: corner[1]!, xScale: scale, yScale: scale, rotate: degrees(-turned) });
  }
  return pages.length;
};

const addOwn = async (into: PDFDocument, pdf: Buffer): Promise<number> => {
  const from = await PDFDocument.load(pdf);
  const pages = await into.copyPages(from, from.getPageIndices());
  for (const page of pages) into.addPage(page);
  return pages.length;
};

const absent = (title: string, why: string): Buffer => setPdf(ABSENT, { title, why });

/** Whether a PDF can be read and copied; what is locked or broken cannot. */
const loaded = (pdf: Buffer): Promise<PDFDocument | undefined> => PDFDocument.load(pdf).catch(() => undefined);

const addPiece = async (into: PDFDocument, piece: Piece): Promise<number> => {
  switch (piece.kind) {
    case 'paper':
      return addOwn(into, piece.pdf);
    case 'picture': {
      const { fileId, caption, print } = piece;
      return addOwn(into, setPdf(PICTURE, { fileId, caption }, { prints: new Map([[fileId, print]]) }));
    }
    case 'pdf': {
      const from = await loaded(piece.pdf);
      return from ? addForeign(into, from) : addOwn(into, absent(piece.title, '此 PDF 已加密或损坏，不能并入卷宗，原件存于系统。'));
    }
    case 'absent':
      return addOwn(into, absent(piece.title, piece.why));
    default:
      return piece satisfies never;
  }
};

const pagesOf = ({ from, to }: Line): string => (from === to ? String(from) : `${from}—${to}`);

/** The whole file as one PDF: cover, contents, every piece and the note with page numbers over the whole, back cover. Throws 503 `noFonts`. */
export const bind = async ({ organization, number, facts, pieces, note }: Binding): Promise<Buffer> => {
  const body = await PDFDocument.create();
  const counted: { title: string; pages: number }[] = [];
  for (const piece of pieces) {
    const pages = await addPiece(body, piece);
    const last = counted.at(-1);
    // Several pictures of one thing are one line of the contents.
    if (last?.title === piece.title) last.pages += pages;
    else counted.push({ title: piece.title, pages });
  }
  const noted = await addOwn(body, setPdf(NOTE, { lines: [`本卷共 ${body.getPageCount() + 1} 页（封面、目录、封底不计）。`, ...note] }));
  const lines = paginate([...counted, { title: '卷宗情况说明', pages: noted }]);
  const numbers = await body.embedPdf(setPdf(NUMBERS, { pages: body.getPageCount() }), [...body.getPageIndices()]);
  for (const [i, page] of body.getPages().entries())
    page.drawPage(numbers[i]!, { x: page.getWidth() - 42 * MM, y: page.getHeight() - 20 * MM });
  const whole = await PDFDocument.create();
  whole.setTitle(`调解卷宗 ${number}`);
  whole.setProducer(organization);
  const total = `${body.getPageCount()} 页`;
  await addOwn(
    whole,
    setPdf(COVER, { title: `调解卷宗 ${number}`, organization, number, facts: [...facts, ['页数', total], ['备注', ' ']] }),
  );
  await addOwn(whole, setPdf(CONTENTS, { lines: lines.map((line) => ({ title: line.title, pages: pagesOf(line) })) }));
  const bound = await whole.copyPages(body, body.getPageIndices());
  for (const page of bound) whole.addPage(page);
  await addOwn(whole, setPdf(BACK, {}));
  return Buffer.from(await whole.save());
};

/** What the cover says of the archiving; lines to be written by hand where it is not done yet. */
export const archivingFacts = (archived: Archived | undefined): [string, string][] => [
  ['立卷日期', archived ? chineseDate(archived.archivedOn) : '　　年　　月　　日'],
  ['保管期限', archived ? RETENTION_NAMES[archived.retention] : '□永久　□长期　□短期'],
];

/** The page of the file that stands in for hands under the agreement: who signed on screen, when, how that was known, and which words. */
export const signedPage = (organization: string, number: string, title: string, signatures: readonly ScreenSignature[]): Piece => ({
  kind: 'paper',
  title,
  pdf: setPdf(SIGNED, {
    title,
    organization,
    before: [`登记编号 ${number}。下列当事人读完调解协议全文，声明自愿同意，并在屏幕上签名：`],
    signatures: signatures.map(({ side, at, proof, digest }) => [
      ['当事人', side],
      ['签名时间', minuteOf(at)],
      ['身份核实方式', proof],
      // In groups that can be read aloud and compared by eye.
      ['协议文本校验值', digest.replace(/.{8}(?=.)/gu, '$& ')],
    ]),
    after: ['本页由系统按事项的办理记录生成。校验值（SHA-256）由签名时的协议全文算出，文字改动，校验值就不同。手机号码不列入本卷。'],
  }),
});
