import { useWords } from '../lib/i18n/i18n.tsx';

export const NotFound = () => {
  const { t } = useWords();
  return (
    <main className="pad">
      <h1>{t('app.notFound')}</h1>
      <a href="/desk/">{t('app.inbox')}</a>
    </main>
  );
};
