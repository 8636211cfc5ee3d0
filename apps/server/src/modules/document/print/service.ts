import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { chineseDate } from '@tongxin/domain/document/rules.ts';
import type { Paper } from '@tongxin/domain/document/schema.ts';
import { Problem } from '../../../platform/errors/problem.ts';

/**
 * The page. Words come in as data and are set as they are: nothing in them is read as markup. Measures are those of GB/T 9704-2012; typefaces are
 * the standard's where the machine has them, else Noto's, which know rare names.
 */
const PAGE = `
#let paper = json(bytes(sys.inputs.at("paper")))
#let song = ("FZXiaoBiaoSong-B05S", "STSong", "Noto Serif CJK SC")
#let fang = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC")
#let hei = ("SimHei", "Noto Sans CJK SC")
#set document(title: paper.title, author: paper.organization)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —", number-align: center)
#set text(font: fang, size: 16pt, lang: "zh", region: "cn")
#set par(leading: 12pt, spacing: 12pt, justify: true)
#let red = rgb("#c00000")
#let lines(words) = words.split("\\n").map(line => [#line]).join(linebreak())
#if paper.redHead {
  v(8mm)
  align(center, text(font: song, size: 31pt, fill: red, tracking: 2pt, paper.organization + if paper.kind == "minutes" { "会议纪要" } else { "文件" }))
  v(10mm)
  align(center, paper.at("number", default: ""))
  v(-2mm)
  line(length: 100%, stroke: 1.5pt + red)
  v(8mm)
}
#align(center, text(font: song, size: 22pt, weight: "bold", paper.title))
#if not paper.redHead and "number" in paper { align(center, paper.number) }
#v(4mm)
#if "addressee" in paper [#paper.addressee：]
#for block in paper.blocks {
  if block.kind == "paragraph" { par(first-line-indent: (amount: 2em, all: true), block.text) }
  else if block.kind == "heading" { v(3mm); text(font: hei, block.text); v(1mm) }
  else if block.kind == "pageBreak" { pagebreak() }
  else if block.kind == "boxes" {
    set text(size: 12pt)
    set par(justify: false, leading: 8pt)
    table(columns: (34mm, 1fr), inset: 8pt, align: (center + horizon, left + top),
      ..block.rows.map(row => (text(font: hei, row.name), {
        lines(row.text)
        if row.at("sign", default: false) { v(14mm); align(right)[签名：#h(40mm)年#h(8mm)月#h(8mm)日] }
      })).flatten())
  } else if block.kind == "table" {
    set text(size: 11pt)
    set par(justify: false, leading: 7pt)
    let wide = block.widths.map(share => share * 1fr)
    table(columns: wide, inset: 6pt, table.header(..block.head.map(name => text(font: hei, name))), ..block.rows.flatten().map(lines))
  }
}
#if paper.sealed { v(18mm); align(right, block(inset: (right: 11mm))[#set align(center); #paper.organization \\ #paper.dated]) }
#if paper.redHead or "copyTo" in paper {
  v(1fr)
  set text(size: 14pt)
  line(length: 100%, stroke: 1pt)
  if "copyTo" in paper { block(inset: (x: 5mm))[抄送：#paper.copyTo]; line(length: 100%, stroke: 0.6pt) }
  block(inset: (x: 5mm))[#paper.organization #h(1fr) #paper.dated 印发]
  line(length: 100%, stroke: 1pt)
}
`;

let compiler: NodeCompiler | undefined;

/** Compiles and forgets: papers are made of personal words, and the compiler would keep them. */
const compiled = <T>(
  paper: Paper,
  work: (compiler: NodeCompiler, options: { mainFileContent: string; inputs: Record<string, string> }) => T,
): T => {
  compiler ??= NodeCompiler.create({});
  const inputs = { paper: JSON.stringify({ ...paper, dated: chineseDate(paper.datedOn) }) };
  try {
    return work(compiler, { mainFileContent: PAGE, inputs });
  } finally {
    compiler.evictCache(0);
  }
};

/** A paper as PDF on A4, fonts embedded. Throws 503 `noFonts` where the machine has no Chinese typeface, instead of a paper of empty boxes. */
export const printPdf = (paper: Paper): Buffer => {
  const bytes = compiled(paper, (one, options) => one.pdf(options));
  if (!/CJK|Song|Hei|Fang/u.test(bytes.toString('latin1'))) throw new Problem(503, 'noFonts');
  return bytes;
};

/** The same pages as one picture, for looking at before the paper is issued. (`plainSvg` paints the ground of each later page over the first.) */
export const drawPages = (paper: Paper): Buffer => Buffer.from(compiled(paper, (one, options) => one.svg(options)));
