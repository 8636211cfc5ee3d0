import { randomBytes } from 'node:crypto';
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
