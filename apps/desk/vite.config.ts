import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  base: '/desk/',
  plugins: [react(), silentIcons()],
  // The wall is a page of its own: a hall's screen loads nothing of the workbench.
  build: {
    rolldownOptions: { input: ['index.html', 'wall.html'] },
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080' } },
});
