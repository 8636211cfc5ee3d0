import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NoticeView } from '@tongxin/client/shapes.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import type { NoticeGroup } from '../filter.ts';
import { digestQuery } from '../queries.ts';

const numberOf = ({ params }: NoticeView): string => (typeof params.number === 'string' ? params.number : '');

interface Summed {
  readonly n: number;
  readonly cases: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** What a digest stands for, fetched when somebody wants to see it. */
const Inside = ({ digest, read }: { digest: NoticeView; read: (id: string) => void }) => {
  const query = useQuery(digestQuery(digest.id));
  return (
    <Loaded query={query}>
      {({ notices }) => (
        <ul className="cards">
          {notices.map((notice) => (
            <NoticeRow key={notice.id} group={{ key: notice.id, notices: [notice], caseId: notice.caseId }} read={read} inside />
          ))}
        </ul>
      )}
    </Loaded>
  );
};

const Digest = ({ digest, read }: { digest: NoticeView; read: (id: string) => void }) => {
  const { t, of } = useWords();
  const [open, setOpen] = useState(false);
  const { n, cases, kinds } = digest.params as unknown as Summed;
  const parts = Object.entries(kinds).map(([kind, many]) => `${of('notice.short', kind, t('notice.other'))} ${many}`);
  return (
    <>
      <p className="words">
        {t('notice.digestSays', { n, cases })} {parts.join(t('notice.and'))}
      </p>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'notice.fold' : 'notice.unfold')}
      </Button>
      {open ? <Inside digest={digest} read={read} /> : null}
    </>
  );
};

interface NoticeRowProps {
  readonly group: NoticeGroup;
  readonly read: (id: string) => void;
  /** Within a digest: read with it. */
  readonly inside?: boolean;
}

/** Everything one day told of one case, or one digest. */
export const NoticeRow = ({ group: { notices, caseId }, read, inside = false }: NoticeRowProps) => {
  const { t, of, language } = useWords();
  const unread = inside ? [] : notices.filter(({ readAt }) => !readAt);
  const readAll = (): void => {
    for (const { id } of unread) read(id);
  };
  const number = numberOf(notices[0]!);
  return (
    <li>
      {notices.map((notice) => (
        <div className="row" key={notice.id}>
          {!inside && !notice.readAt ? <Mark tone="good">{t('notice.unread')}</Mark> : null}
          {notice.urgent ? <Mark tone="warn">{t('notice.urgent')}</Mark> : null}
          <strong>{of('notice', notice.kind, t('notice.other'))}</strong>
          <span>{numberOf(notice)}</span>
          <time className="quiet" dateTime={notice.at}>
            {formatShort(notice.at, language)}
          </time>
        </div>
      ))}
      {notices[0]!.kind === 'digest' ? <Digest digest={notices[0]!} read={read} /> : null}
      <div className="row">
        {caseId ? (
          <Link to="/cases/$id" params={{ id: caseId }} onClick={readAll} aria-label={`${t('notice.open')} ${number}`}>
            {t('notice.open')}
          </Link>
        ) : null}
        {notices[0]!.kind === 'sos' ? (
          <Link to="/sos" onClick={readAll}>
            {t('notice.openSos')}
          </Link>
        ) : null}
        {notices[0]!.kind.startsWith('screening') ? (
          <Link to={notices[0]!.params.to === 'own' ? '/screening' : '/screening/overview'} onClick={readAll}>
            {t('notice.openScreening')}
          </Link>
        ) : null}
        {unread.length ? (
          <Button size="small" onClick={readAll} aria-label={`${t('notice.markRead')} ${number}`}>
            {t('notice.markRead')}
          </Button>
        ) : null}
      </div>
    </li>
  );
};
