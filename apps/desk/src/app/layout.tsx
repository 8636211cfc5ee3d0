import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { Badge, Button, Modal } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Unsent } from '../features/case/components/unsent.tsx';
import { useDesktopNotices } from '../features/notice/components/on-desktop.tsx';
import { useNotices } from '../features/notice/queries.ts';
import { leave } from '../features/session/mutations.ts';
import { Door } from '../lib/closed.tsx';
import { drafts } from '../lib/draft/drafts.ts';
import { formDrafts } from '../lib/draft/form-draft.tsx';
import { parting } from '../lib/draft/parting.ts';
import { useWords } from '../lib/i18n/i18n.tsx';
import { meQuery } from '../lib/me.ts';
import { forgetPost, readAnew, seenPostOver, usePost, usePostOver } from '../lib/post.ts';
import { api } from '../lib/services.ts';
import { KeyHelp } from './key-help.tsx';
import { useLive } from './live.ts';
import { ManageMenu } from './manage-menu.tsx';
import { dailyPages } from './pages.ts';
import { Palette } from './palette.tsx';
import { PostSwitch } from './post-switch.tsx';

/** Nothing can be done before the first password is replaced: says so, and where. */
const FirstPassword = () => {
  const { t } = useWords();
  return (
    <p className="strip" role="alert">
      {t('app.passwordOnce')} <Link to="/account">{t('app.account')}</Link>
    </p>
  );
};

/** The post somebody looked from ended while they did: said once, until they have read it or choose another. */
const PostOver = () => {
  const { t } = useWords();
  if (!usePostOver()) return null;
  return (
    <p className="strip">
      {t('app.postOver')}{' '}
      <Button size="small" onClick={seenPostOver}>
        {t('app.postOverSeen')}
      </Button>
    </p>
  );
};

/** Whoever chooses another post, or whose post ended, reads everything as that of the next. */
const useReadAnew = (): void => {
  const client = useQueryClient();
  const post = usePost();
  const before = useRef(post);
  useEffect(() => {
    if (before.current === post) return;
    before.current = post;
    readAnew(client, post);
  }, [client, post]);
};

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
  const { t, language, setLanguage, why } = useWords();
  const router = useRouter();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const notices = useNotices();
  useDesktopNotices(notices.data);
  const online = useSyncExternalStore(listenOnline, () => navigator.onLine);
  const connected = useLive();
  useReadAnew();
  const [leaving, setLeaving] = useState(false);
  const [unsent, setUnsent] = useState(0);
  /** Why the other language could not be had. */
  const [wrong, setWrong] = useState<unknown>();
  const unread = notices.data?.unread ?? 0;
  const other = language === 'zh' ? 'en' : 'zh';

  const choose = async (): Promise<void> => {
    setWrong(undefined);
    try {
      await setLanguage(other);
    } catch (problem) {
      setWrong(problem);
      return;
    }
    // Also for what the server writes to this person; a failure costs nothing now and is tried at the next choice.
    api.chooseLanguage(other).catch(() => undefined);
    void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
  };
  /** What is not sent goes with the person: whoever sits down next must not find it. */
  const askToLeave = async (): Promise<void> => {
    const n = me ? (await drafts.of(me.personId)).length + (await formDrafts.of(me.personId)) : 0;
    if (n > 0) setUnsent(n);
    else await signOut();
  };
  const signOut = async (): Promise<void> => {
    setUnsent(0);
    setLeaving(true);
    parting.now = true;
    try {
      await drafts.clear();
      await formDrafts.clear();
      await leave();
    } catch (problem) {
      parting.now = false;
      throw problem;
    }
    forgetPost();
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
          {dailyPages(me).map(({ to, title }) =>
            to === '/notices' ? (
              <Link key={to} to={to} aria-label={unread ? t('app.noticesUnread', { n: unread > 99 ? '99+' : unread }) : t(title)}>
                {t(title)} <Badge count={unread} size="small" aria-hidden="true" />
              </Link>
            ) : (
              <Link key={to} to={to} activeOptions={{ exact: to === '/' || to === '/statistics', includeSearch: false }}>
                {t(title)}
              </Link>
            ),
          )}
          <ManageMenu me={me} />
        </nav>
        <div className="self">
          {me ? <PostSwitch me={me} /> : null}
          <Link to="/account">{t('app.account')}</Link>
          <Button size="small" ghost onClick={() => void choose()} lang={other === 'zh' ? 'zh-CN' : 'en'}>
            {t('app.otherLanguage')}
          </Button>
          <Button size="small" ghost loading={leaving} onClick={() => void askToLeave()}>
            {t('app.signOut')}
          </Button>
        </div>
      </header>
      <div role="status">
        <PostOver />
        {me ? <Unsent personId={me.personId} /> : null}
        {online ? connected ? null : <p className="strip">{t('app.liveLost')}</p> : <p className="strip">{t('app.offline')}</p>}
      </div>
      {wrong ? (
        <p className="strip" role="alert">
          {why(wrong)}
        </p>
      ) : null}
      <Modal
        open={unsent > 0}
        title={t('app.signOut')}
        onCancel={() => setUnsent(0)}
        onOk={() => void signOut()}
        okText={t('draft.leaveAnyway')}
        cancelText={t('draft.stay')}
      >
        {t('draft.leaving', { n: unsent })}
      </Modal>
      <main id="main">
        {me?.passwordOnce ? <FirstPassword /> : null}
        <Door>
          <Outlet />
        </Door>
        <Palette />
        <KeyHelp />
      </main>
    </div>
  );
};
