import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { NoticeView } from '@tongxin/client/shapes.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { readNotice } from './mutations.ts';
import { useNotices } from './queries.ts';

/** Only parameters that are words or numbers fit into a sentence. */
const wordsOf = (params: NoticeView['params']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );

export const NoticesPage = () => {
  const { t, of, language } = useWords();
  const client = useQueryClient();
  const query = useNotices();
  const [problem, setProblem] = useState<unknown>();
  const read = (id: string): void => {
    readNotice(id)
      .then(() => client.invalidateQueries({ queryKey: keys.notices }))
      .catch(setProblem);
  };
  return (
    <>
      <h1>{t('notice.title')}</h1>
      {problem ? <Failed problem={problem} /> : null}
      <Loaded query={query}>
        {({ notices }) =>
          notices.length ? (
            <ul className="cards card">
              {notices.map((notice) => (
                <li key={notice.id}>
                  <div className="row">
                    {notice.readAt ? null : <Mark tone="good">{t('notice.unread')}</Mark>}
                    <strong>{of('notice', notice.kind, t('notice.other'))}</strong>
                    <span>{wordsOf(notice.params).number ?? ''}</span>
                    <time className="quiet" dateTime={notice.at}>
                      {formatInstant(notice.at, language)}
                    </time>
                  </div>
                  <div className="row">
                    {notice.caseId ? (
                      <Link to="/cases/$id" params={{ id: notice.caseId }} onClick={() => (notice.readAt ? undefined : read(notice.id))}>
                        {t('notice.open')}
                      </Link>
                    ) : null}
                    {notice.readAt ? null : (
                      <Button size="small" onClick={() => read(notice.id)}>
                        {t('notice.markRead')}
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <p className="card">{t('notice.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};
