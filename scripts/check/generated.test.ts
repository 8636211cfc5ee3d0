import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generateDocs, tablesOf } from '../generate-docs.ts';
import { generated } from './generated.ts';
import { runCheck } from './report.ts';
import { findings, tree } from './tree.build.ts';

const ROOT = resolve(import.meta.dirname, '../..');

it('a page that lags, is missing or has no source is found', async () => {
  const root = tree({ 'docs/generated/old.md': 'of last year', 'docs/generated/events.md': 'changed by hand' });
  cpSync(join(ROOT, 'apps/server/migrations'), join(root, 'apps/server/migrations'), { recursive: true });
  const pages = generateDocs(root);
  for (const [file, text] of pages)
    if (!/events|problems/u.test(file)) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  const { violations } = await runCheck(generated, root);
  expect(violations.map(({ file, found }) => `${file} ${found}`)).toEqual([
    'docs/generated/events.md differs from what the code says',
    'docs/generated/problems.md is missing',
    'docs/generated/old.md is written by nothing',
  ]);
});

it('tables are read with their columns and comments, several columns on a line too', () => {
  const sql = `-- Votes, one a room.
create table vote (
  vote_id uuid primary key, room text not null,
  -- Sealed.
  choice bytea not null check (length(choice) in (1, 2)),
  unique (room)
);
create table small ("only" boolean primary key, position bigint not null);
`;
  expect(tablesOf('0001-x-y-z.sql', sql)).toEqual([
    {
      name: 'vote',
      migration: '0001-x-y-z.sql',
      comment: 'Votes, one a room.',
      columns: [
        { name: 'vote_id', type: 'uuid primary key', comment: '' },
        { name: 'room', type: 'text not null', comment: '' },
        { name: 'choice', type: 'bytea not null check (length(choice) in (1, 2))', comment: 'Sealed.' },
      ],
    },
    {
      name: 'small',
      migration: '0001-x-y-z.sql',
      comment: '',
      columns: [
        { name: 'only', type: 'boolean primary key', comment: '' },
        { name: 'position', type: 'bigint not null', comment: '' },
      ],
    },
  ]);
});

it('a repository without migrations does not pass', async () => {
  expect(await findings(generated, { 'README.md': '' })).toEqual(['. nothing-seen']);
});

it('a column that a later migration adds stands with its table', () => {
  const before = tablesOf('0001-x-y-z.sql', 'create table vote (vote_id uuid primary key);\n');
  const sql = '-- When it was cast.\nalter table vote add column cast_at timestamptz not null;\nalter table vote drop column room;\n';
  expect(tablesOf('0002-x-y-z.sql', sql, before)).toEqual([]);
  expect(before[0]!.columns.slice(1)).toEqual([{ name: 'cast_at', type: 'timestamptz not null', comment: 'When it was cast.' }]);
});
