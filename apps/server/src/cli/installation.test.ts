import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianBinaries } from '@tongxin/testing/global-setup.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../platform/config/config.ts';
import { holdsData } from '../platform/db/bootstrap.ts';
import { type Embedded, startEmbedded } from '../platform/embedded-postgres/embedded-postgres.ts';
import { installation } from './installation.ts';

/** A PostgreSQL 15 of somebody's own, as `DATABASE_URL` names one. */
const password = 'own-server';
let root: string;
let server: Embedded;
const clusters = new Set<string>();
const serve = async (settings: Record<string, string> = {}): Promise<void> => {
  server = await startEmbedded({
    dataDir: join(root, 'server'),
    password,
    binDir: debianBinaries('15'),
    relaxed: true,
    settings: { shared_buffers: '32MB', fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', ...settings },
  });
  clusters.add(server.clusterDir);
};
const ask = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};
/** Opens an installation over it, and answers what was said meanwhile. */
const opened = async (address = server.adminUrl): Promise<string[]> => {
  const said: string[] = [];
  const config = loadConfig({ TONGXIN_DATA: join(root, 'data'), TONGXIN_PACK: 'none', DATABASE_URL: address });
  const place = installation(config, { say: (line) => said.push(line) });
  try {
    await place.open();
    return said;
  } finally {
    await place.close();
  }
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-own-server-'));
});
afterAll(async () => {
  for (const folder of [...clusters, root]) await rm(folder, { recursive: true, force: true });
});

describe('an installation on a server of one’s own', () => {
  it.each(['fsync', 'synchronous_commit', 'full_page_writes'])('is not opened, and nothing is made there, without %s', async (name) => {
    await serve({ [name]: 'off' });
    await expect(opened()).rejects.toMatchObject({ code: 'notDurable', message: expect.stringContaining(name) });
    expect(await holdsData(server.adminUrl, 'tongxin')).toBe(false);
    await server.stop();
  });
  it('is not opened by an address that switches durability off, nor where a database does', async () => {
    await serve();
    const address = `${server.adminUrl}?options=${encodeURIComponent('-c synchronous_commit=off')}`;
    await expect(opened(address)).rejects.toMatchObject({ code: 'notDurable' });
    await ask('create database tongxin', 'alter database tongxin set synchronous_commit = off');
    await expect(opened()).rejects.toMatchObject({ code: 'notDurable' });
    await ask('alter database tongxin reset all', 'alter role tongxin_app set synchronous_commit = off');
    await expect(opened()).rejects.toMatchObject({ code: 'notDurable' });
    await ask('alter role tongxin_app reset all');
    await server.stop();
  });
  it('is opened on a durable one of version 15, in a database that somebody made for it', async () => {
    await serve();
    expect(await opened()).toEqual([]);
    expect(await holdsData(server.adminUrl, 'tongxin')).toBe(true);
    await server.stop();
  });
});
