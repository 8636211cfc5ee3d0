import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

export type Look = 'system' | 'light' | 'dark';
export const LOOKS = ['system', 'light', 'dark'] as const satisfies readonly Look[];

const KEPT = 'tongxin.look';
const system = matchMedia('(prefers-color-scheme: dark)');

const keptLook = (): Look => LOOKS.find((look) => look === localStorage.getItem(KEPT)) ?? 'system';

/** Sets the page's look before anything is drawn: called once, before React. */
export const dressPage = (dark = keptLook() === 'dark' || (keptLook() === 'system' && system.matches)): void => {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
};

interface Theme {
  readonly look: Look;
  readonly dark: boolean;
  readonly setLook: (look: Look) => void;
}
const Context = createContext<Theme>({ look: 'system', dark: false, setLook: () => {} });
/** What the person chose, and whether the screen is dark now: charts and maps draw anew when it turns. */
export const useTheme = (): Theme => useContext(Context);

/** A colour of tokens.css for what draws on a canvas: `colourOf('--brand')`. */
export const colourOf = (token: `--${string}`): string => getComputedStyle(document.documentElement).getPropertyValue(token).trim();

const listen = (changed: () => void): (() => void) => {
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
};

/** `look` where the page and not the person chooses. */
export const ThemeProvider = ({ look: fixed, children }: { look?: Look; children: ReactNode }) => {
  const systemDark = useSyncExternalStore(listen, () => system.matches);
  const [chosen, setLook] = useState(keptLook);
  const look = fixed ?? chosen;
  const dark = look === 'dark' || (look === 'system' && systemDark);
  // While drawing, not after it: whoever reads colours as it draws must find the new ones.
  if ((document.documentElement.dataset.theme === 'dark') !== dark) dressPage(dark);
  useEffect(() => {
    const other = (event: StorageEvent): void => {
      if (event.key === KEPT) setLook(keptLook());
    };
    addEventListener('storage', other);
    return () => removeEventListener('storage', other);
  }, []);
  const theme = useMemo(
    (): Theme => ({
      look,
      dark,
      setLook: (next) => {
        localStorage.setItem(KEPT, next);
        setLook(next);
      },
    }),
    [look, dark],
  );
  return <Context value={theme}>{children}</Context>;
};
