import { describe, expect, it } from 'vitest';
import { judgeServer } from './settings.ts';

const SOUND = { server_version_num: '150012', fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', data_checksums: 'on' };

describe('a server of one’s own', () => {
  it.each([
    ['is older than 15', { server_version_num: '140020' }, 'postgresTooOld', /PostgreSQL 14; 15 or newer/u],
    ['does not tell its version', { server_version_num: '' }, 'postgresTooOld', /15 or newer/u],
    ['runs without fsync', { fsync: 'off' }, 'notDurable', /without fsync;.* switch it on/u],
    ['runs without full_page_writes', { full_page_writes: 'off' }, 'notDurable', /without full_page_writes/u],
    ['acknowledges before it wrote', { synchronous_commit: 'off' }, 'notDurable', /without synchronous_commit/u],
    [
      'runs without two of them',
      { fsync: 'off', synchronous_commit: 'off' },
      'notDurable',
      /without fsync, synchronous_commit;.* switch them on/u,
    ],
  ])('is refused when it %s', (_what, change, code, message) => {
    expect(() => judgeServer({ ...SOUND, ...change })).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
  it('may serve from version 15, and with a commit that waits for its own disk alone or for others too', () => {
    for (const change of [{}, { server_version_num: '180000' }, { synchronous_commit: 'local' }, { synchronous_commit: 'remote_apply' }])
      expect(judgeServer({ ...SOUND, ...change })).toBeUndefined();
  });
  it('is warned of when it has no checksums, which nobody can demand', () => {
    expect(judgeServer({ ...SOUND, data_checksums: 'off' })).toMatch(/no data checksums/u);
  });
});
