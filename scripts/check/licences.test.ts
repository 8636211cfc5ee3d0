import { expect, it } from 'vitest';
import { licences } from './licences.ts';
import { findings } from './tree.build.ts';

const lock = (packages: Record<string, object>): Record<string, string> => ({ 'package-lock.json': JSON.stringify({ packages }) });

it('a package whose licence would bind whoever receives the whole is found; one for development only is not', async () => {
  expect(
    await findings(
      licences,
      lock({
        'node_modules/a': { license: 'GPL-3.0-only' },
        'node_modules/b': { license: 'GPL-3.0-only', dev: true },
        'node_modules/c': { license: '(MIT OR GPL-3.0-or-later)' },
        'node_modules/d': { license: 'MIT AND AGPL-3.0-only' },
        'node_modules/e': {},
        'node_modules/f/node_modules/g': { license: 'Apache-2.0' },
      }),
    ),
  ).toEqual(['node_modules/a licence', 'node_modules/d licence', 'node_modules/e licence']);
});

it('what the package says of itself counts before what the lock file says', async () => {
  expect(
    await findings(licences, {
      ...lock({ 'node_modules/a': { license: 'MIT' } }),
      'node_modules/a/package.json': JSON.stringify({ license: 'SSPL-1.0' }),
    }),
  ).toEqual(['node_modules/a licence']);
});

it('a lock file without packages does not pass, nor does none', async () => {
  expect(await findings(licences, lock({}))).toEqual(['. nothing-seen']);
  expect(await findings(licences, {})).toEqual(['. nothing-seen']);
});
