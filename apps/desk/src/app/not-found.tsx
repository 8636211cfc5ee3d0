import { useWords } from '../lib/i18n/i18n.tsx';

export const NotFound = () => {
  const { t } = useWords();
  return (
    <div className="desk">
      <header className="top">
        <span className="brand">{t('app.name')}</span>
      </header>
      <main id="main">
        <h1>{t('app.notFound')}</h1>
        <a href="/desk/">‹ {t('case.back')}</a>
      </main>
    </div>
  );
};
