import { loadWords } from './i18n.tsx';
import type { Part } from './parts.ts';

const AGAIN_AFTER_MS = 5000;

/** Words of the first screen. Where they do not come it is said, in both languages, and tried anew: a wall has no keys to try with. */
export const firstWords = async (...parts: readonly Part[]): Promise<void> => {
  try {
    await loadWords(...parts);
  } catch {
    document.getElementById('app')!.textContent = '页面没有打开，正在重试。The page did not open; trying again.';
    await new Promise((later) => setTimeout(later, AGAIN_AFTER_MS));
    location.reload();
    await new Promise(() => undefined);
  }
};
