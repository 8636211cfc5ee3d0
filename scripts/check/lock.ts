import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, type Rule, textOf, type Violation } from './report.ts';

const LOCK: Rule = {
  id: 'lock-file',
  why: '`npm ci` refuses a lock file that lacks a package another one names, also the binary of a platform nobody here has: nothing could be installed at all.',
  mend: 'Install again with network. Where a mirror does not have the package, pin the newest version of what asks for it that can do without.',
};

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Where Node would look for `name` from the package at `path`: its own node_modules, then those above. */
const placesOf = (path: string, name: string): string[] => {
  const parts = path === '' ? [] : path.split('/node_modules/');
  const above = parts.map((_, at) => parts.slice(0, parts.length - at).join('/node_modules/'));
  return [...above.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
};

/** Every package that a locked package names is locked too. */
export const lock: Check = {
  name: 'lock',
  looksAt: 'package-lock.json, for packages that are named and not there',
  run: (root) => {
    if (!existsSync(join(root, 'package-lock.json'))) return { files: 0, violations: [] };
    const { packages } = JSON.parse(textOf(root, 'package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
    const violations = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]): Violation[] =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !placesOf(path, name).some((place) => place in packages))
        .map((name) => ({ file: path || 'package.json', rule: LOCK, found: `${name} is not in the lock file` })),
    );
    return { files: Object.keys(packages).length, violations };
  },
};
