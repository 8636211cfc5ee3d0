import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { importCasesCommand, importCategoriesCommand } from './import.ts';

const SET = resolve(import.meta.dirname, '../modules/import/fixtures/synthetic');

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await testServer();
  folder = mkdtempSync(join(tmpdir(), 'tongxin-import-command-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command over the server's installation, with all it tells. */
const run = async (command: Command, file: string) => {
  const progress: string[] = [];
  const said: string[] = [];
  const result = await command.run({
    args: [file],
    options: {},
    config: () => server.deps.config,
    open: async () => server.deps,
    admin: async () => ({ adminUrl: server.db.adminUrl, owned: false }),
    roles: async () => server.db.urls,
    answer: () => {},
    progress: (line) => progress.push(line),
    say: (line) => said.push(line),
  });
  return { result, progress, said: said.join(' '), told: command.tell!(result) };
};

test.each([
  ['cases', importCasesCommand, 'messages/haikou-orders.csv', 22],
  ['categories', importCategoriesCommand, 'messages/haikou-taxonomy.csv', 12],
])(
  'who imports %s is told how far it is, and what the rows that were not taken are and who removes them',
  async (_what, command, name, rows) => {
    const { result, progress, said, told } = await run(command, join(SET, name));
    expect(progress.length).toBeGreaterThan(0);
    expect(progress.at(-1)).toMatch(new RegExp(`^${rows} rows, 100 %, \\d+ rows/s$`, 'u'));
    const path = result.rejects as string;
    expect(existsSync(path)).toBe(true);
    expect(said).toContain(path);
    expect(said).toMatch(/personal data/u);
    expect(said).toMatch(/remove the file/u);
    expect(told).toContain(`not taken: ${path}`);
  },
);

test('where every row was taken nothing is said of a file', async () => {
  const file = join(folder, 'haikou-taxonomy.csv');
  writeFileSync(file, '行业1,行业2,行业3,行业4\n编造,照明,路灯,不亮\n');
  const { result, said, told } = await run(importCategoriesCommand, file);
  expect([result.rejects, said]).toEqual([null, '']);
  expect(told).not.toContain('not taken');
});
