import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';

/** A picture with the words that stand beneath it: what it shows, when, where, and whose it is. */
export interface Pane {
  readonly picture: Blob;
  readonly title: string;
  readonly lines: readonly string[];
}

const WIDTH = 1080;
const INK = '#16211e';
const PAPER = '#ffffff';
const RULE = '#0b5a4a';
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Breaks a line where it is too wide. */
const wrapped = (pen: CanvasRenderingContext2D, text: string, width: number): string[] => {
  const rows: string[] = [];
  let row = '';
  for (const sign of text) {
    if (pen.measureText(row + sign).width > width && row) {
      rows.push(row);
      row = '';
    }
    row += sign;
  }
  return row ? [...rows, row] : rows;
};

/**
 * One picture or two beneath each other (before and after), each with its words beneath it: a copy to be shown and printed. What was photographed is kept
 * beside it as it was.
 */
export const markedPicture = async (panes: readonly Pane[], foot: string): Promise<UploadFile> => {
  const pictures = await Promise.all(panes.map(({ picture }) => createImageBitmap(picture)));
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  const size = 34;
  const inside = WIDTH - 48;
  const write = (bold: boolean): void => {
    pen.font = `${bold ? '600 ' : ''}${size}px ${FONT}`;
  };
  write(false);
  const rows = panes.map(({ lines }) => lines.flatMap((line) => wrapped(pen, line, inside)));
  const footRows = wrapped(pen, foot, inside);
  const heights = pictures.map(({ width, height }) => Math.round((height * WIDTH) / width));
  const step = Math.round(size * 1.45);
  const band = (n: number): number => 24 + (n + 1) * step + 12;
  canvas.width = WIDTH;
  canvas.height = heights.reduce((sum, height, i) => sum + height + band(rows[i]!.length), 0) + footRows.length * step + 36;
  const drawing = canvas.getContext('2d')!;
  drawing.fillStyle = PAPER;
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.textBaseline = 'top';
  let y = 0;
  for (const [i, picture] of pictures.entries()) {
    drawing.drawImage(picture, 0, y, WIDTH, heights[i]!);
    picture.close();
    y += heights[i]! + 24;
    drawing.fillStyle = RULE;
    write(true);
    drawing.fillText(panes[i]!.title, 24, y);
    y += step;
    drawing.fillStyle = INK;
    write(false);
    for (const row of rows[i]!) {
      drawing.fillText(row, 24, y);
      y += step;
    }
    y += 12;
  }
  drawing.fillStyle = RULE;
  drawing.fillRect(24, y, inside, 3);
  y += 16;
  drawing.fillStyle = INK;
  write(false);
  for (const row of footRows) {
    drawing.fillText(row, 24, y);
    y += step;
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  if (!blob) throw new Error('the picture could not be drawn');
  return { fileId: uuidv7(), kind: 'photo', name: 'marked.jpg', blob };
};
