import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { dateOf } from '@tongxin/domain/document/rules.ts';
import type { Paper } from '@tongxin/domain/document/schema.ts';
import { Problem } from '../../../platform/errors/problem.ts';
import type { Print } from '../../file/index.ts';

/**
 * The page. Words come in as data and are set as they are: nothing in them is read as markup. Measures are those of GB/T 9704-2012; typefaces are
 * the standard's where the machine has them, else Noto's, which know rare names.
 */
const PAGE = `
#let paper = json(bytes(sys.inputs.at("paper")))
#let prints = json(bytes(sys.inputs.at("prints")))
#let song = ("FZXiaoBiaoSong-B05S", "STSong", "Noto Serif CJK SC")
#let fang = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC")
#let hei = ("SimHei", "Noto Sans CJK SC")
#set document(title: paper.title, author: paper.organization)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —", number-align: center)
// Whoever signs does so on each page, beside its number and the number of all: no page is changed for another.
#set page(footer: context {
  set text(size: 11pt)
  set par(justify: false, leading: 10pt)
  v(2mm)
  paper.signers.map(name => box[#name#text[签名、指印：]#box(width: 24mm, stroke: (bottom: 0.5pt), height: 10pt)]).join(h(5mm))
  v(1mm)
  align(center)[第#counter(page).get().first()页　共#counter(page).final().first()页]
}) if "signers" in paper
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
#let seal = if paper.sealed { v(18mm); align(right, block(inset: (right: 11mm))[#set align(center); #paper.organization \\ #paper.dated]) }
#if "addressee" in paper [#paper.addressee：]
// What is signed is signed under words, never on a page of its own.
#for (at, part) in paper.blocks.enumerate() {
  let before = at + 1 < paper.blocks.len() and paper.blocks.at(at + 1).kind == "signatures"
  if part.kind == "paragraph" {
    let words = par(first-line-indent: (amount: 2em, all: true), part.text)
    if before { block(sticky: true, words) } else { words }
  }
  else if part.kind == "heading" { block(sticky: true, above: 6mm, below: 4mm, text(font: hei, part.text)) }
  else if part.kind == "pageBreak" { pagebreak() }
  else if part.kind == "pictures" {
    set text(size: 10.5pt)
    set par(justify: false, leading: 5pt)
    grid(columns: (1fr, 1fr), column-gutter: 6mm, row-gutter: 6mm, ..part.rows.map(row => block(breakable: false, width: 100%, align(center, {
      if row.fileId in prints { image("/" + row.fileId + ".jpg", width: 100%, height: 62mm, fit: "contain") } else { v(4mm); [（图片已依法删除）]; v(4mm) }
      linebreak()
      row.caption
    }))))
  }
  else if part.kind == "signatures" {
    block(breakable: false, width: 100%, above: 5mm, {
      {
        set text(size: 12pt)
        table(columns: (1fr, 1fr), inset: 7pt, ..part.names.map(name => { text(font: hei, name); v(11mm); align(right)[年#h(8mm)月#h(8mm)日] }))
      }
      seal
    })
  }
  else if part.kind == "boxes" {
    set text(size: 12pt)
    set par(justify: false, leading: 8pt)
    table(columns: (34mm, 1fr), inset: 8pt, align: (center + horizon, left + top),
      ..part.rows.map(row => (text(font: hei, row.name), {
        lines(row.text)
        if row.at("sign", default: false) { v(14mm); align(right)[签名：#h(40mm)年#h(8mm)月#h(8mm)日] }
      })).flatten())
  } else if part.kind == "table" {
    set text(size: 11pt)
    set par(justify: false, leading: 7pt)
    let wide = part.widths.map(share => share * 1fr)
    table(columns: wide, inset: 6pt, table.header(..part.head.map(name => text(font: hei, name))), ..part.rows.flatten().map(lines))
  }
}
#if paper.blocks.len() == 0 or paper.blocks.last().kind != "signatures" { seal }
#if paper.redHead or "copyTo" in paper {
  v(1fr)
  // Copies and issue stay together: half of them on the next page reads like another paper.
  block(breakable: false, width: 100%, {
    set text(size: 14pt)
    line(length: 100%, stroke: 1pt)
    if "copyTo" in paper { block(inset: (x: 5mm))[抄送：#paper.copyTo]; line(length: 100%, stroke: 0.6pt) }
    block(inset: (x: 5mm))[#paper.organization #h(1fr) #paper.dated 印发]
    line(length: 100%, stroke: 1pt)
  })
}
`;

/** A folder that is not there: the compiler reads nothing of the machine, and evidence is laid in here for the moment of printing. */
const NOWHERE = '/tongxin-papers';

let made: NodeCompiler | undefined;
const compiler = (): NodeCompiler => {
  made ??= NodeCompiler.create({ workspace: NOWHERE });
  return made;
};

/**
 * Whether what is set here has Chinese signs: each is as wide as its size, the box for a sign that no typeface has is narrower. Asked of the
 * compiler, which knows the typefaces it found; with a name, of that typeface alone.
 */
export const setsChinese = (typeface?: string): boolean => {
  const how = typeface ? `font: ${JSON.stringify(typeface)}, fallback: false, ` : 'font: ("Noto Serif CJK SC",), ';
  const [width] = compiler().query(
    { mainFileContent: `#context [#metadata(measure(text(${how}size: 10pt, "汉字永")).width.pt()) <width>]` },
    { selector: '<width>' },
  ) as { readonly value: number }[];
  return Math.abs((width?.value ?? 0) - 30) < 0.1;
};

let known = false;
/** Throws 503 `noFonts` where the machine has no Chinese typeface, instead of a paper of empty boxes. What is once there stays. */
const demandFonts = (typeface?: string): void => {
  if (typeface ? setsChinese(typeface) : known) return;
  if (typeface || !setsChinese()) throw new Problem(503, 'noFonts');
  known = true;
};

export interface PrintOptions {
  readonly prints?: ReadonlyMap<string, Print>;
  /** The only typeface there is: so that a machine without Chinese ones can be tried. */
  readonly typeface?: string;
}

interface Source {
  readonly mainFileContent: string;
  readonly inputs: Record<string, string>;
}

/** Compiles and forgets: papers are made of personal words, and the compiler would keep them. */
const compiled = <T>(
  source: Source,
  { prints = new Map(), typeface }: PrintOptions,
  work: (compiler: NodeCompiler, options: Source) => T,
): T => {
  demandFonts(typeface);
  try {
    for (const [id, { jpeg }] of prints) compiler().mapShadow(`${NOWHERE}/${id}.jpg`, jpeg);
    return work(compiler(), source);
  } finally {
    compiler().resetShadow();
    compiler().evictCache(0);
  }
};

const sourceOf = (paper: Paper, { prints = new Map() }: PrintOptions): Source => ({
  mainFileContent: PAGE,
  inputs: {
    paper: JSON.stringify({ ...paper, dated: dateOf(paper) }),
    prints: JSON.stringify(Object.fromEntries([...prints.keys()].map((id) => [id, true]))),
  },
});

/** Any page of ours as PDF: its words come in as data under `data`, pictures by their id. Throws 503 `noFonts`. */
export const setPdf = (page: string, data: unknown, options: PrintOptions = {}): Buffer =>
  compiled({ mainFileContent: page, inputs: { data: JSON.stringify(data) } }, options, (one, source) => one.pdf(source));

/** A paper as PDF on A4, fonts embedded. Throws 503 `noFonts`. */
export const printPdf = (paper: Paper, options: PrintOptions = {}): Buffer =>
  compiled(sourceOf(paper, options), options, (one, source) => one.pdf(source));

/**
 * The same pages as one picture, for looking at before the paper is issued. Throws 503 `noFonts`. (`plainSvg` paints the ground of each later page
 * over the first.)
 */
export const drawPages = (paper: Paper, options: PrintOptions = {}): Buffer =>
  Buffer.from(compiled(sourceOf(paper, options), options, (one, source) => one.svg(source)));
