import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

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

/** In bytes as gzip: what a resident's phone loads to report something. */
const MOST_FIRST_LOAD = 170 * 1024;

/** A first load that grew too heavy fails the build, and not the resident. */
const lightFirstLoad = (): Plugin => ({
  name: 'light-first-load',
  apply: 'build',
  generateBundle: (_options, bundle) => {
    const chunks = Object.values(bundle).filter((part): part is Rolldown.OutputChunk => part.type === 'chunk');
    const loaded = new Set<Rolldown.OutputChunk>();
    const load = (chunk: Rolldown.OutputChunk | undefined): void => {
      if (!chunk || loaded.has(chunk)) return;
      loaded.add(chunk);
      for (const name of chunk.imports) load(chunks.find(({ fileName }) => fileName === name));
    };
    for (const wanted of [/index\.html$/u, /features\/intake\/routes\.tsx$/u]) {
      const chunk = chunks.find(({ facadeModuleId }) => wanted.test(facadeModuleId ?? ''));
      if (!chunk) throw new Error(`no piece of the build begins at ${wanted}`);
      load(chunk);
    }
    const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
    if (bytes > MOST_FIRST_LOAD)
      throw new Error(`the first page and the report are ${Math.round(bytes / 1024)} kB of JavaScript as gzip, more than 170`);
  },
});

export default defineConfig({
  base: '/',
  plugins: [preact(), partsOfBuild(), lightFirstLoad()],
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
