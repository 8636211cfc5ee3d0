import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Builds portal and desk when their sources changed since the last build. `--force` builds anyway. */
const root = resolve(import.meta.dirname, '..');
const SOURCES = [
  'scripts/build-web.ts',
  'scripts/web.ts',
  'packages/domain/src',
  'packages/client/src',
  'packages/ui/src',
  'package-lock.json',
];

const filesBelow = (path: string): string[] =>
  !existsSync(path)
    ? []
    : readdirSync(path, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();

const digestOf = (app: string): string => {
  const hash = createHash('sha256');
  for (const source of [
    ...SOURCES,
    `apps/${app}/src`,
    `apps/${app}/public`,
    `apps/${app}/index.html`,
    `apps/${app}/wall.html`,
    `apps/${app}/vite.config.ts`,
  ]) {
    const path = join(root, source);
    for (const file of existsSync(path) && !/\.\w+$/u.test(path) ? filesBelow(path) : [path])
      if (existsSync(file)) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
};

/** Below this a packed part saves nothing. */
const LEAST = 1024;

/** Writes the packed forms of a text beside it: for servers that send what a browser says it can read. */
const pack = (file: string): void => {
  if (!/\.(js|css|html|svg|json|webmanifest)$/u.test(file)) return;
  const bytes = readFileSync(file);
  if (bytes.length < LEAST) return;
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
};

for (const app of ['portal', 'desk']) {
  const stamp = join(root, 'apps', app, 'dist', 'web.digest');
  const digest = digestOf(app);
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && existsSync(join(root, 'apps', app, 'dist/web/index.html'));
  if (built && !process.argv.includes('--force')) continue;
  console.error(`building ${app}`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', app),
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of filesBelow(join(root, 'apps', app, 'dist/web'))) pack(file);
  mkdirSync(join(root, 'apps', app, 'dist'), { recursive: true });
  writeFileSync(stamp, digest);
}
