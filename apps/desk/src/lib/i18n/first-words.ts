import { loadWords } from './i18n.tsx';
import type { Part } from './parts.ts';

const AGAIN_AFTER_MS = 5000;

/** Words of the first screen. Where they do not come the page itself says so, in both languages, and it is tried anew: a wall has no keys to try with. */
export const firstWords = async (...parts: readonly Part[]): Promise<void> => {
  try {
    await loadWords(...parts);
  } catch {
    const app = document.getElementById('app')!;
    app.textContent = app.dataset.again ?? '';
    await new Promise((later) => setTimeout(later, AGAIN_AFTER_MS));
    location.reload();
    await new Promise(() => undefined);
  }
};
