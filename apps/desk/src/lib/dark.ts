import { useSyncExternalStore } from 'react';

/** The page's root says `data-theme="dark"`; what is not drawn by style sheets (maps, charts) asks here. */
const isDark = (): boolean => document.documentElement.dataset.theme === 'dark';

const listen = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};

export const useDark = (): boolean => useSyncExternalStore(listen, isDark);
