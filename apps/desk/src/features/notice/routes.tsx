import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { NOTICE_KINDS } from '@tongxin/domain/notice/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../lib/load-state.tsx';
import { NoticeRow } from './components/notice-row.tsx';
import { OnDesktop } from './components/on-desktop.tsx';
import { Outside } from './components/outside.tsx';
import { SettingsForm } from './components/settings-form.tsx';
import { byDayAndCase } from './filter.ts';
import { readAllNotices, readNotice } from './mutations.ts';
import { noticeListQuery, settingsQuery } from './queries.ts';

export const NoticesPage = () => {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [kind, setKind] = useState<string>();
  const [unread, setUnread] = useState(false);
  const query = useInfiniteQuery(noticeListQuery({ ...(kind ? { kind } : {}), ...(unread ? { unread } : {}) }));
  const [problem, setProblem] = useState<unknown>();
  const after = (work: Promise<unknown>): void => {
    work.then(() => client.invalidateQueries({ queryKey: keys.notices })).catch(setProblem);
  };
  const latest = query.data?.pages[0]?.notices[0]?.toldAt;
  return (
    <>
      <h1>{t('notice.title')}</h1>
      <div className="row">
        <Select
          aria-label={t('notice.byKind')}
          style={{ minWidth: 180 }}
          value={kind ?? ''}
          onChange={(chosen) => setKind(chosen || undefined)}
          options={[{ value: '', label: t('notice.allKinds') }, ...NOTICE_KINDS.map((one) => ({ value: one, label: t(`notice.${one}`) }))]}
        />
        <Checkbox checked={unread} onChange={(event) => setUnread(event.target.checked)}>
          {t('notice.onlyUnread')}
        </Checkbox>
        <Button disabled={!latest} onClick={() => latest && after(readAllNotices(latest))}>
          {t('notice.markAll')}
        </Button>
        <Link to="/notices/settings">{t('notice.settings')}</Link>
      </div>
      {problem ? <Failed problem={problem} /> : null}
      <Loaded query={query}>
        {({ pages }) => {
          const days = byDayAndCase(pages.flatMap(({ notices }) => notices));
          if (!days.length) return <p className="card">{t('notice.none')}</p>;
          return days.map(({ day, groups }) => (
            <section key={day} aria-label={formatEntered(day, language)}>
              <h2 className="day">{formatEntered(day, language)}</h2>
              <ul className="cards card">
                {groups.map((group) => (
                  <NoticeRow key={group.key} group={group} read={(id) => after(readNotice(id))} />
                ))}
              </ul>
            </section>
          ));
        }}
      </Loaded>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('notice.more')}
        </Button>
      ) : null}
    </>
  );
};

export const NoticeSettingsPage = () => {
  const { t } = useWords();
  const query = useQuery(settingsQuery);
  return (
    <>
      <p>
        <Link to="/notices">‹ {t('notice.title')}</Link>
      </p>
      <h1>{t('notice.settings')}</h1>
      <Loaded query={query}>{(kept) => <SettingsForm kept={kept} />}</Loaded>
      <Outside />
      <OnDesktop />
    </>
  );
};
