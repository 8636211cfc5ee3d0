import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { pages as home } from '../features/home/routes.tsx';
import { pages as intake } from '../features/intake/routes.tsx';
import { pages as receipt } from '../features/receipt/routes.tsx';
import { useWords, WordsProvider } from '../lib/i18n/i18n.tsx';
import { findPage, Link, usePath } from './router.tsx';
import { Shell } from './shell.tsx';

const pages = [...home, ...intake, ...receipt];

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

const CurrentPage = () => {
  const path = usePath();
  const { t } = useWords();
  const first = useRef(true);
  // A new page starts at its top, and screen readers hear its title.
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>('main h1')?.focus();
    }
    first.current = false;
  }, [path]);
  const found = findPage(pages, path);
  return (
    <Guard key={path}>
      {found ? (
        found.page.draw(found.parameter)
      ) : (
        <>
          <h1 tabIndex={-1}>{t('app.notFound')}</h1>
          <Link to="/" class="button primary">
            {t('app.home')}
          </Link>
        </>
      )}
    </Guard>
  );
};

export const App = () => (
  <WordsProvider>
    <Shell>
      <CurrentPage />
    </Shell>
  </WordsProvider>
);
