import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Builds portal and desk when their sources changed since the last build. `--force` builds anyway. */
const root = resolve(import.meta.dirname, '..');
const SOURCES = ['packages/domain/src', 'packages/client/src', 'packages/ui/src', 'package-lock.json'];

const filesBelow = (path: string): string[] =>
  !existsSync(path)
    ? []
    : readdirSync(path, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();

const digestOf = (app: string): string => {
  const hash = createHash('sha256');
  for (const source of [...SOURCES, `apps/${app}/src`, `apps/${app}/public`, `apps/${app}/index.html`, `apps/${app}/vite.config.ts`]) {
    const path = join(root, source);
    for (const file of existsSync(path) && !/\.\w+$/u.test(path) ? filesBelow(path) : [path])
      if (existsSync(file)) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
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
  mkdirSync(join(root, 'apps', app, 'dist'), { recursive: true });
  writeFileSync(stamp, digest);
}
