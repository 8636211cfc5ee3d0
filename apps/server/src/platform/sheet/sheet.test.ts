import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Column, ExportFormat } from '@tongxin/domain/exchange/schema.ts';
import { describe, expect, test } from 'vitest';
import { type Rows, writeRows } from './sheet.ts';

const ROWS = 40_000;
const columns: readonly Column[] = [{ id: 'words', label: { zh: '内容', en: 'Text' }, type: 'text', width: 20 }];

describe('a disk that takes nothing for a while', () => {
  test.each(['xlsx', 'csv', 'geojson'] as const)(
    'holds the reading of rows up, and loses none of them: %s',
    async (format: ExportFormat) => {
      let read = 0;
      const rows = async function* (): Rows {
        for (; read < ROWS; read += 200) {
          yield Array.from({ length: 200 }, () => ({ words: randomBytes(120).toString('base64') }));
          // As a database answers: later.
          await setTimeout(0);
        }
      };
      let open = (): void => {};
      const opened = new Promise<void>((done) => {
        open = done;
      });
      let bytes = 0;
      const disk = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          bytes += chunk.length;
          void opened.then(() => done());
        },
      });
      const signal = new AbortController().signal;
      let written = 0;
      const onRows = (n: number): void => {
        written = n;
      };
      const done = writeRows(format, disk, rows(), { title: '内容', columns, language: 'zh', signal, onRows });
      for (let before = -1; before !== read; ) {
        before = read;
        await setTimeout(300);
      }
      expect(read).toBeLessThan(ROWS / 2);
      open();
      await done;
      expect([read, written]).toEqual([ROWS, ROWS]);
      // 120 random bytes cannot be told in fewer.
      expect(bytes).toBeGreaterThan(ROWS * 120);
    },
  );
});

test('a workbook of many columns is printed across, one page wide, with its head on each page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-sheet-'));
  try {
    const wide: readonly Column[] = Array.from({ length: 14 }, (_, i) => ({
      id: `c${i}`,
      label: { zh: `调解不成或者第${i + 1}列`, en: `Column ${i + 1}` },
      type: 'text',
      width: 16,
    }));
    const rows = async function* (): Rows {
      yield Array.from({ length: 80 }, () => Object.fromEntries(wide.map(({ id }) => [id, '一行字'])));
    };
    const path = join(folder, 'wide.xlsx');
    const signal = new AbortController().signal;
    await writeRows('xlsx', createWriteStream(path), rows(), { title: '月报', columns: wide, language: 'zh', signal, onRows: () => {} });
    execFileSync('soffice', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      path,
    ]);
    const words = execFileSync('pdftotext', ['-layout', join(folder, 'wide.pdf'), '-'], { encoding: 'utf8' });
    const pages = words.split('\f').filter((page) => page.trim());
    expect(pages.length).toBeGreaterThan(1);
    // The last column stands on every page, beneath its name.
    for (const page of pages) {
      expect(page.replace(/\s+/gu, '')).toContain('第14列');
      expect(
        page
          .split('\n')
          .find((line) => line.includes('一行字'))
          ?.match(/一行字/gu),
      ).toHaveLength(14);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
