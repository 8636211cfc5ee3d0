import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const MOVED = 'tongxin:moved';

/** Opens another page of the portal without loading it anew. */
export const go = (path: string): void => {
  history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
};

export const usePath = (): string => {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const moved = (): void => setPath(location.pathname);
    addEventListener('popstate', moved);
    addEventListener(MOVED, moved);
    return () => {
      removeEventListener('popstate', moved);
      removeEventListener(MOVED, moved);
    };
  }, []);
  return path;
};

interface LinkProps {
  readonly to: string;
  readonly class?: string | undefined;
  /** It leads to the page that is shown. */
  readonly current?: boolean;
  readonly children: ComponentChildren;
}

export const Link = ({ to, class: look, current, children }: LinkProps) => (
  <a
    class={look}
    href={to}
    aria-current={current ? 'page' : undefined}
    onClick={(event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go(to);
    }}
  >
    {children}
  </a>
);

export interface Page {
  /** `/r/:code`; one parameter at most. */
  readonly path: string;
  readonly draw: (parameter: string) => JSX.Element;
}

/** The page for a path, with its parameter. */
export const findPage = <T extends { readonly path: string }>(
  pages: readonly T[],
  path: string,
): { page: T; parameter: string } | undefined => {
  const parts = path.replace(/\/+$/, '').split('/');
  for (const page of pages) {
    const wanted = page.path.replace(/\/+$/, '').split('/');
    if (wanted.length !== parts.length) continue;
    let parameter = '';
    const fits = wanted.every((part, i) => {
      if (!part.startsWith(':')) return part === parts[i];
      try {
        parameter = decodeURIComponent(parts[i]!);
      } catch {
        return false;
      }
      return parameter !== '';
    });
    if (fits) return { page, parameter };
  }
  return undefined;
};
