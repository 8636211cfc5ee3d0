import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { Badge, Button } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useNotices } from '../features/notice/queries.ts';
import { leave } from '../features/session/mutations.ts';
import { useWords } from '../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../lib/me.ts';
import { api } from '../lib/services.ts';
import { useLive } from './live.ts';

const listenOnline = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

/** Head, menu and landmarks of every page behind sign-in. */
export const Layout = () => {
  const { t, l, language, setLanguage } = useWords();
  const router = useRouter();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const notices = useNotices();
  const online = useSyncExternalStore(listenOnline, () => navigator.onLine);
  const connected = useLive();
  const [leaving, setLeaving] = useState(false);
  const unread = notices.data?.unread ?? 0;
  const other = language === 'zh' ? 'en' : 'zh';

  const choose = (): void => {
    setLanguage(other);
    // Also for what the server writes to this person; a failure costs nothing now and is tried at the next choice.
    api.chooseLanguage(other).catch(() => undefined);
    void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
  };
  const signOut = async (): Promise<void> => {
    setLeaving(true);
    await leave();
    client.clear();
    await router.navigate({ to: '/sign-in' });
  };
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="top">
        <span className="brand">{t('app.name')}</span>
        <nav aria-label={t('app.menu')}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {t('app.inbox')}
          </Link>
          {mayDo(me, 'case.register') ? <Link to="/log">{t('app.log')}</Link> : null}
          {mayDo(me, 'statistics.read') ? <Link to="/statistics">{t('app.statistics')}</Link> : null}
          {mayDo(me, 'case.read') ? <Link to="/exchange">{t('app.exchange')}</Link> : null}
          {mayDo(me, 'exchange.manage') ? <Link to="/interfaces">{t('app.interfaces')}</Link> : null}
          <Link to="/procedures">{t('app.procedures')}</Link>
          <Link to="/notices" aria-label={unread ? t('app.noticesUnread', { n: unread > 99 ? '99+' : unread }) : t('app.notices')}>
            {t('app.notices')} <Badge count={unread} size="small" aria-hidden="true" />
          </Link>
        </nav>
        <div className="self">
          <span className="post">{me?.posts[0] ? `${l(me.posts[0].organization)} · ${l(me.posts[0].title)}` : ''}</span>
          <Link to="/account">{t('app.account')}</Link>
          <Button size="small" ghost onClick={choose} lang={other === 'zh' ? 'zh-CN' : 'en'}>
            {t('app.otherLanguage')}
          </Button>
          <Button size="small" ghost loading={leaving} onClick={() => void signOut()}>
            {t('app.signOut')}
          </Button>
        </div>
      </header>
      <div role="status">
        {online ? connected ? null : <p className="strip">{t('app.liveLost')}</p> : <p className="strip">{t('app.offline')}</p>}
      </div>
      <main id="main">
        <Outlet />
      </main>
    </div>
  );
};
