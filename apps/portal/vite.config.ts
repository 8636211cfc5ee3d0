import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { lightFirstLoad } from '../../scripts/web.ts';

const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const PUBLIC = join(import.meta.dirname, 'public');

/** Tells the worker which parts this build has. A part with a hash in its name is its own version; the others get one. */
const partsOfBuild = (): Plugin => ({
  name: 'parts-of-build',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler: (_options, bundle) => {
      const worker = Object.values(bundle).find(({ fileName }) => fileName === 'sw.js');
      if (worker?.type !== 'chunk') throw new Error('the build has no worker');
      if (worker.imports.length > 0 || /^\s*(?:import|export)\b/mu.test(worker.code)) throw new Error('the worker must stand in one file');
      const built = Object.values(bundle).filter((part) => part !== worker);
      if (!built.some(({ fileName }) => fileName === 'index.html')) throw new Error('the page is not among the parts');
      const parts = [
        ...built.map((part) => ({
          url: `/${part.fileName}`,
          revision: part.fileName.startsWith('assets/') ? null : digest(part.type === 'chunk' ? part.code : part.source),
        })),
        ...readdirSync(PUBLIC).map((name) => ({ url: `/${name}`, revision: digest(readFileSync(join(PUBLIC, name))) })),
      ];
      const named = worker.code.replace(/self\.__PARTS__|\b[\w$]+\.__PARTS__/u, () => JSON.stringify(parts));
      if (named === worker.code) throw new Error('the worker does not ask for its parts');
      worker.code = named;
    },
  },
});

export default defineConfig({
  base: '/',
  plugins: [preact(), partsOfBuild(), lightFirstLoad({ from: [/index\.html$/u, /features\/intake\/routes\.tsx$/u], mostKb: 170 })],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/app/worker.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080' } },
});
