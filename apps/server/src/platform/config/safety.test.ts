import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from './config.ts';
import { refuseUnsafe } from './safety.ts';

const production = (env: Record<string, string> = {}): Config =>
  loadConfig({ TONGXIN_MODE: 'production', TONGXIN_DATA: mkdtempSync(join(tmpdir(), 'tongxin-safety-')), ...env });
const PUBLIC = { TONGXIN_HOST: '0.0.0.0' };
const withSecrets = (config: Config, change: Partial<Config['secrets']>): Config => ({
  ...config,
  secrets: { ...config.secrets, ...change },
});

describe('production does not start', () => {
  it.each([
    ['with a short secret', withSecrets(production(), { authSecret: 'secret' }), 'weakSecrets'],
    ['with a key of one byte repeated', withSecrets(production(), { indexKey: Buffer.alloc(32, 7).toString('base64') }), 'weakSecrets'],
    [
      'with a sealing key that is nobody’s',
      withSecrets(production(), { sealingKeys: { current: 'k1', keys: { k1: Buffer.alloc(32).toString('base64') } } }),
      'weakSecrets',
    ],
    ['with one secret used twice', ((config) => withSecrets(config, { fileKey: config.secrets.indexKey }))(production()), 'weakSecrets'],
    ['with a demo city', production({ TONGXIN_PACK: 'zhongshan' }), 'demoPack'],
    ['open to the network without TLS', production(PUBLIC), 'publicWithoutTls'],
    ['open to the network with a plain address', production({ ...PUBLIC, TONGXIN_PUBLIC_URL: 'http://town.example' }), 'publicWithoutTls'],
    ['behind a proxy it does not trust', production({ ...PUBLIC, TONGXIN_PUBLIC_URL: 'https://town.example' }), 'proxyUntrusted'],
  ])('%s', (_what, config, code) => expect(() => refuseUnsafe(config)).toThrow(expect.objectContaining({ code })));

  it('and says in one sentence what to do about it', () => {
    expect(() => refuseUnsafe(production(PUBLIC))).toThrow(/TONGXIN_PUBLIC_URL=https/u);
  });
});

describe('production starts', () => {
  it('on this machine only, with the secrets a first start made', () => expect(() => refuseUnsafe(production())).not.toThrow());
  it('behind a trusted proxy that ends TLS', () =>
    expect(() =>
      refuseUnsafe(production({ ...PUBLIC, TONGXIN_PUBLIC_URL: 'https://town.example', TONGXIN_TRUST_PROXY: 'true' })),
    ).not.toThrow());
});

describe('the demo', () => {
  it('listens on this machine only', () => {
    expect(() => loadConfig({ ...PUBLIC, TONGXIN_DATA: mkdtempSync(join(tmpdir(), 'tongxin-safety-')) })).toThrow(
      expect.objectContaining({ code: 'demoIsLocal' }),
    );
    expect(loadConfig({ TONGXIN_DATA: mkdtempSync(join(tmpdir(), 'tongxin-safety-')) }).host).toBe('127.0.0.1');
  });
});
