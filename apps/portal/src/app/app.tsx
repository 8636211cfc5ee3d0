import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords, WordsProvider } from '../lib/i18n/i18n.tsx';
import { addresses } from './pages.ts';
import { findPage, Link, type Page, usePath } from './router.tsx';
import { Shell } from './shell.tsx';

const Crashed = () => {
  const { t } = useWords();
  return (
    <div class="state" role="alert">
      <p>{t('app.crashed')}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('app.reload')}
      </button>
    </div>
  );
};

/** A broken page says so and leaves the way home open. */
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(): void {
    this.setState({ broken: true });
  }
  override render() {
    return this.state.broken ? <Crashed /> : this.props.children;
  }
}

const NotFound = () => {
  const { t } = useWords();
  return (
    <>
      <h1 tabIndex={-1}>{t('app.notFound')}</h1>
      <Link to="/" class="button primary">
        {t('app.home')}
      </Link>
    </>
  );
};

/** The pages that have come already: a way back is drawn without waiting. */
const come = new Map<unknown, readonly Page[]>();

/** Fetches the code of a page, then draws it. What cannot be fetched any more belongs to an older version of the portal: opened anew. */
const Fetched = ({ load, path, first }: { load: () => Promise<{ readonly pages: readonly Page[] }>; path: string; first: boolean }) => {
  const { t } = useWords();
  const [pages, setPages] = useState(come.get(load));
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (pages) return;
    let here = true;
    load().then(
      (feature) => {
        come.set(load, feature.pages);
        if (here) setPages(feature.pages);
      },
      () => here && setBroken(true),
    );
    return () => {
      here = false;
    };
  }, [load, pages]);
  // A new page starts at its top, and screen readers hear its title.
  useEffect(() => {
    if (first || !pages) return;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [pages, first]);
  if (broken) return <Crashed />;
  if (!pages)
    return (
      <p class="state" role="status">
        {t('load.loading')}
      </p>
    );
  const found = findPage(pages, path);
  return found ? found.page.draw(found.parameter) : <NotFound />;
};

const CurrentPage = () => {
  const path = usePath();
  const first = useRef(path);
  const started = useRef(true);
  if (path !== first.current) started.current = false;
  const found = findPage(addresses, path);
  return <Guard key={path}>{found ? <Fetched load={found.page.load} path={path} first={started.current} /> : <NotFound />}</Guard>;
};

export const App = () => (
  <WordsProvider>
    <Shell>
      <CurrentPage />
    </Shell>
  </WordsProvider>
);
