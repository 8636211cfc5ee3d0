import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Rule, Violation } from './report.ts';

const LICENCE: Rule = {
  id: 'licence',
  why: 'The whole is given under Apache-2.0; what it ships with must allow that to whoever receives it.',
  mend: 'Choose another package; or, where a lawyer would agree, add it with its reason to scripts/check/licences.ts.',
};

const ALLOWED = new Set([
  ...['Apache-2.0', 'MIT', 'MIT-0', 'MIT/X11', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense', 'CC0-1.0', 'BlueOak-1.0.0'],
  ...['Zlib', 'Python-2.0', 'PostgreSQL', 'WTFPL'],
]);

/** Packages under other terms, each with why it does no harm. */
const EXCEPTIONS: readonly (readonly [name: RegExp, licence: string, why: string])[] = [
  [/^@img\/sharp-/u, 'LGPL-3.0-or-later', 'libvips as a separate library file, loaded at run time, replaceable, unchanged'],
  [/^lightningcss(?:-|$)/u, 'MPL-2.0', 'used unchanged while the pages are built; not part of what they hold'],
  [/^web-push$/u, 'MPL-2.0', 'used unchanged as a library of its own files; nothing of it is copied into ours'],
  [/^caniuse-lite$/u, 'CC-BY-4.0', 'data used unchanged while the pages are built; named here as its licence asks'],
  [/^splaytree-ts$/u, 'BDS-3-Clause', 'BSD-3-Clause misspelt in its package.json; its LICENSE file has the words of that licence'],
  [
    /^@stdlib\//u,
    'BSL-1.0',
    'the Boost licence asks for its words beside the sources, which are used unchanged; not the Business Source one',
  ],
  [/^buffers$/u, '', 'names no licence at all; comes with exceljs by way of unzipper 0.10, to be replaced with it'],
];

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const nameOf = (path: string): string => path.split('node_modules/').at(-1)!;

/** The licence a package names itself, else what the lock file says of it; '' when neither does. */
const licenceOf = (root: string, path: string, locked: Locked): string => {
  const own = join(root, path, 'package.json');
  if (!existsSync(own)) return locked.license ?? '';
  const { license, licenses } = JSON.parse(readFileSync(own, 'utf8')) as {
    license?: string | { type: string };
    licenses?: readonly { type: string }[];
  };
  const named = typeof license === 'object' ? license.type : (license ?? licenses?.map(({ type }) => type).join(' OR '));
  return named ?? locked.license ?? '';
};

/** SPDX expressions as far as packages use them: OR needs one allowed side, AND needs all. */
const allows = (expression: string, exceptions: ReadonlySet<string>): boolean =>
  expression
    .replaceAll(/[()]/gu, '')
    .split(' OR ')
    .some((side) => side.split(' AND ').every((licence) => ALLOWED.has(licence.trim()) || exceptions.has(licence.trim())));

/** Licences of everything that is not for development only. */
export const licences: Check = {
  name: 'licences',
  looksAt: 'packages of package-lock.json that are not for development only',
  run: (root) => {
    const lock = join(root, 'package-lock.json');
    if (!existsSync(lock)) return { files: 0, violations: [] };
    const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, Locked> };
    const shipped = Object.entries(packages).filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link);
    const violations = shipped.flatMap(([path, locked]): Violation[] => {
      const [name, licence] = [nameOf(path), licenceOf(root, path, locked)];
      const excepted = new Set(EXCEPTIONS.filter(([who]) => who.test(name)).map(([, under]) => under));
      return allows(licence, excepted) ? [] : [{ file: path, rule: LICENCE, found: licence || 'names no licence' }];
    });
    return { files: shipped.length, violations };
  },
};
