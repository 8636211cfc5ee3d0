import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { lightFirstLoad } from '../../scripts/web.ts';

/**
 * antd's icons call themselves by their English file name ("close", "down", "loading") in every language. They only illustrate: the control around
 * them has its own words. So an icon is hidden from those who listen, unless whoever places it gives it a name.
 */
const NAMED = /role: "img",\s*"aria-label": icon\.name/u;
const silentIcons = (): Plugin => ({
  name: 'silent-icons',
  transform: (code, id) => {
    if (!/@ant-design\/icons\/es\/components\/AntdIcon(?:Light)?\.js$/u.test(id)) return null;
    if (!NAMED.test(code)) throw new Error(`${id} names its icons in another way now: mend silentIcons`);
    const named = "restProps['aria-label'] === undefined";
    return { code: code.replace(NAMED, `role: ${named} ? undefined : "img", "aria-hidden": ${named} ? true : undefined`), map: null };
  },
});

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

/** What a module imports without waiting. antd is one door to everything it has: only what is asked for by name comes through. */
const importsOf = (graph: Graph, id: string): readonly string[] => {
  const { importedIds = [], code } = graph.getModuleInfo(id) ?? {};
  const door = importedIds.find((one) => ANTD.test(one));
  if (door === undefined) return importedIds;
  const lists = [...(code ?? '').matchAll(/import\s*\{([^}]*)\}\s*from\s*['"]antd['"]/gu)].map(([, list = '']) => list.split(','));
  const names = lists.flat().flatMap((one) => /\w+/u.exec(one)?.[0] ?? []);
  const { importedIds: behind = [], code: doors = '' } = graph.getModuleInfo(door) ?? {};
  const asked = names.map((name) => {
    const folder = new RegExp(`default as ${name}\\b[^}]*\\} from ["']\\.(/[\\w-]+)["']`, 'u').exec(doors)?.[1];
    const file = behind.find((one) => folder && one.endsWith(`/antd/es${folder}/index.js`));
    if (!file) throw new Error(`antd offers ${name} in another way now: mend importsOf`);
    return file;
  });
  return [...importedIds.filter((one) => one !== door), ...asked];
};
const ANTD = /[\\/]antd[\\/]es[\\/]index\.js$/u;

/** Everything modules stand on, with themselves. */
const reach = (graph: Graph, ids: readonly string[], seen = new Set<string>()): ReadonlySet<string> => {
  for (const id of ids) {
    if (seen.has(id)) continue;
    seen.add(id);
    reach(graph, importsOf(graph, id), seen);
  }
  return seen;
};

/**
 * Few pieces in place of one for each set of pages that share something: what a hall's screen and the workbench share, what every page of the
 * workbench stands on, and what the inbox and a case add, which whoever signs in gets while typing.
 */
const pieces = (): Rolldown.CodeSplittingGroup[] => {
  let reached: readonly ReadonlySet<string>[] | undefined;
  const piece = (name: string, holds: (wall: boolean, start: boolean, inbox: boolean) => boolean, priority: number) => ({
    name: (id: string, graph: Graph): string | null => {
      const below = (path: string) => reach(graph, [join(import.meta.dirname, 'src', path)]);
      reached ??= [below('wall.tsx'), below('main.tsx'), below('features/case/routes.tsx')];
      const [wall = false, start = false, inbox = false] = reached.map((ids) => ids.has(id));
      return holds(wall, start, inbox) ? name : null;
    },
    debugName: name,
    priority,
  });
  return [
    piece('base', (wall, start) => wall && start, 3),
    piece('start', (_wall, start) => start, 2),
    piece('inbox', (_wall, _start, inbox) => inbox, 1),
  ];
};

export default defineConfig({
  base: '/desk/',
  plugins: [
    react(),
    silentIcons(),
    lightFirstLoad({ from: [/index\.html$/u, /features\/case\/routes\.tsx$/u, /words\/desk\/zh\.ts$/u], mostKb: 380 }),
  ],
  // The wall is a page of its own: a hall's screen loads nothing of the workbench.
  build: {
    rolldownOptions: {
      input: ['index.html', 'wall.html'],
      output: {
        codeSplitting: { groups: pieces() },
      },
    },
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080' } },
});
