import { Link, type Page } from '../../app/router.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { useLoad } from '../../lib/load.tsx';
import { api } from '../../lib/services.ts';

const Home = () => {
  const { t } = useWords();
  const { loaded } = useLoad((signal) => api.publicReports({}, signal), []);
  const isOpen = loaded.state === 'ready' && loaded.data.open;
  const ways = [
    { to: '/report', title: t('home.report'), hint: t('home.reportHint'), first: true },
    { to: '/track', title: t('home.track'), hint: t('home.trackHint'), first: false },
    { to: '/letter', title: t('home.letter'), hint: t('home.letterHint'), first: false },
    { to: '/mediate', title: t('home.mediate'), hint: t('home.mediateHint'), first: false },
    { to: '/reception', title: t('home.reception'), hint: t('home.receptionHint'), first: false },
    { to: '/legal', title: t('home.legal'), hint: t('home.legalHint'), first: false },
    { to: '/me', title: t('home.me'), hint: t('home.meHint'), first: false },
  ];
  return (
    <>
      <p class="motto">{t('app.place')}</p>
      <h1 tabIndex={-1}>{t('home.title')}</h1>
      <nav aria-label={t('home.title')} class="ways">
        {ways.map(({ to, title, hint, first }) => (
          <Link key={to} to={to} class={first ? 'way first' : 'way'}>
            <strong>{title}</strong>
            <span>{hint}</span>
          </Link>
        ))}
      </nav>
      {isOpen ? (
        <p class="aside">
          <Link to="/public">{t('public.title')}</Link>
        </p>
      ) : null}
      <p class="aside">
        <Link to="/hearings">{t('home.hearings')}</Link>
      </p>
      <p class="aside">
        <a href="/desk/">{t('home.desk')}</a> <Link to="/field">{t('home.field')}</Link>
      </p>
    </>
  );
};

export const pages: Page[] = [{ path: '/', draw: () => <Home /> }];
