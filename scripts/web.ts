import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** How both apps are built for browsers. */

interface FirstLoad {
  /** Where the pieces of the first load begin. */
  readonly from: readonly RegExp[];
  readonly mostKb: number;
}

/** A first load that grew too heavy fails the build, and not whoever waits for it. In kB of JavaScript as gzip. */
export const lightFirstLoad = ({ from, mostKb }: FirstLoad): Plugin => ({
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
    for (const wanted of from) {
      const chunk = chunks.find(({ facadeModuleId }) => wanted.test(facadeModuleId ?? ''));
      if (!chunk) throw new Error(`no piece of the build begins at ${wanted}`);
      load(chunk);
    }
    const weights = [...loaded].map(({ fileName, code }) => ({ fileName, kb: gzipSync(code, { level: 9 }).length / 1024 }));
    const kb = weights.reduce((sum, one) => sum + one.kb, 0);
    if (kb <= mostKb) return;
    const heaviest = weights.sort((a, b) => b.kb - a.kb).slice(0, 8);
    const list = heaviest.map((one) => `  ${one.kb.toFixed(1)} ${one.fileName}`).join('\n');
    throw new Error(
      `the first load is ${kb.toFixed(0)} kB of JavaScript as gzip in ${weights.length} files, more than ${mostKb}:\n${list}`,
    );
  },
});
