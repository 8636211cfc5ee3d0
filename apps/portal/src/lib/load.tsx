import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useWords } from './i18n/i18n.tsx';

export type Loaded<T> =
  | { readonly state: 'loading'; readonly slow: boolean }
  | { readonly state: 'ready'; readonly data: T }
  | { readonly state: 'failed'; readonly problem: unknown };

const SLOW_AFTER_MS = 3_000;

/** Loads when what it depends on changes; says when it takes long. `reload` keeps what is shown until the new answer is there. */
export const useLoad = <T,>(load: (signal: AbortSignal) => Promise<T>, depends: readonly unknown[]) => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading', slow: false });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    if (turn === 0) setLoaded({ state: 'loading', slow: false });
    const slow = setTimeout(() => setLoaded((now) => (now.state === 'loading' ? { state: 'loading', slow: true } : now)), SLOW_AFTER_MS);
    load(stop.signal)
      .then((data) => setLoaded({ state: 'ready', data }))
      .catch((problem) => {
        if (!stop.signal.aborted) setLoaded((now) => (now.state === 'ready' ? now : { state: 'failed', problem }));
      })
      .finally(() => clearTimeout(slow));
    return () => {
      stop.abort();
      clearTimeout(slow);
    };
  }, [...depends, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const show = useCallback((data: T) => setLoaded({ state: 'ready', data }), []);
  return { loaded, reload, show };
};

/** What stands in for content that is not there: loading, slow, or failed with a way on. */
export const LoadState = ({ loaded, again, children }: { loaded: Loaded<unknown>; again: () => void; children?: ComponentChildren }) => {
  const { t, why } = useWords();
  if (loaded.state === 'ready') return null;
  if (loaded.state === 'loading')
    return (
      <p class="state" role="status">
        {t(loaded.slow ? 'load.slow' : 'load.loading')}
      </p>
    );
  return (
    <div class="state" role="alert">
      <p>{children ?? why(loaded.problem)}</p>
      <button type="button" onClick={again}>
        {t('load.again')}
      </button>
    </div>
  );
};
