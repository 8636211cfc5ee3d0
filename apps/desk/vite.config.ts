import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/desk/',
  plugins: [react()],
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
