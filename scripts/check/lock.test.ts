import { expect, it } from 'vitest';
import { lock } from './lock.ts';
import { findings } from './tree.build.ts';

const locked = (packages: Record<string, object>): Record<string, string> => ({ 'package-lock.json': JSON.stringify({ packages }) });

it('a package that is named and not locked is found, also an optional one; nested and hoisted ones count as there', async () => {
  expect(
    await findings(
      lock,
      locked({
        '': { dependencies: { a: '1' } },
        'node_modules/a': { dependencies: { b: '1', c: '1' }, optionalDependencies: { 'a-android-arm64': '1' } },
        'node_modules/a/node_modules/b': { dependencies: { c: '1', lost: '1' } },
        'node_modules/c': {},
        'apps/server': { dependencies: { c: '1' } },
      }),
    ),
  ).toEqual(['node_modules/a lock-file', 'node_modules/a/node_modules/b lock-file']);
});

it('no lock file, or one without packages, does not pass', async () => {
  expect(await findings(lock, {})).toEqual(['. nothing-seen']);
  expect(await findings(lock, locked({}))).toEqual(['. nothing-seen']);
});
