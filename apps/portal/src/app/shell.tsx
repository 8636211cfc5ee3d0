import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../lib/i18n/i18n.tsx';
import { newVersion } from '../lib/version.ts';
import { Link } from './router.tsx';

const KEPT = 'tongxin.largeType';

const useOnline = (): boolean => {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const changed = (): void => setOnline(navigator.onLine);
    addEventListener('online', changed);
    addEventListener('offline', changed);
    return () => {
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
    };
  }, []);
  return online;
};

const useNewVersion = (): boolean => {
  const [there, setThere] = useState(newVersion.isThere());
  useEffect(() => newVersion.onChange(() => setThere(newVersion.isThere())), []);
  return there;
};

/** Head, landmarks, language and large type: the same on every page. */
export const Shell = ({ children }: { children: ComponentChildren }) => {
  const { t, language, setLanguage } = useWords();
  const online = useOnline();
  const updated = useNewVersion();
  const [large, setLarge] = useState(localStorage.getItem(KEPT) === '1');
  useEffect(() => {
    document.documentElement.classList.toggle('large', large);
    localStorage.setItem(KEPT, large ? '1' : '0');
  }, [large]);
  useEffect(() => {
    document.title = t('app.name');
  }, [t]);
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      <header class="top">
        <Link to="/" class="brand">
          {t('app.name')}
        </Link>
        <div class="switches">
          <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>
            {t(large ? 'app.largeOff' : 'app.largeOn')}
          </button>
          <button type="button" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
            {t('app.otherLanguage')}
          </button>
        </div>
      </header>
      {online ? null : (
        <p class="offline" role="status">
          {t('app.offline')}
        </p>
      )}
      {updated ? (
        <div class="fresh" role="status">
          <span>{t('app.newVersion')}</span>
          <button type="button" onClick={newVersion.take}>
            {t('app.takeNewVersion')}
          </button>
        </div>
      ) : null}
      <main id="main">{children}</main>
      <footer class="foot">
        <p>
          {t('app.footer')}{' '}
          {(['110', '119', '120'] as const).map((number) => (
            <a key={number} href={`tel:${number}`}>
              {number} {t(`danger.${number}`)}
            </a>
          ))}
        </p>
      </footer>
    </>
  );
};
