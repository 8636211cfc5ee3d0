import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { type Column, type Count, type SavedView, VIEWS } from '@tongxin/domain/inbox/schema.ts';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { usePost } from '../../../lib/post.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import type { ListAddress } from '../filter.ts';
import { removeView, saveView } from '../mutations.ts';
import { viewCountsQuery, viewsQuery } from '../queries.ts';

const shown = (count: Count | undefined): string => (count ? (count.more ? `${count.n}+` : String(count.n)) : '');

interface ViewsProps {
  readonly filter: ListAddress;
  readonly columns: readonly Column[];
}

/** The lists everybody has, and one's own, each with how many it holds. */
export const InboxViews = ({ filter, columns }: ViewsProps) => {
  const { t } = useWords();
  const { data: saved = [] } = useQuery(viewsQuery);
  // Counting fourteen lists waits until the one that is looked at is here.
  const reading = useIsFetching({ queryKey: keys.allInboxes }) > 0;
  const { data: counts = [] } = useQuery({ ...viewCountsQuery(usePost()), enabled: !reading });
  const [naming, setNaming] = useState<'new' | SavedView>();
  const countOf = (view: string) => shown(counts.find((one) => one.view === view)?.count);
  const open = saved.find(({ id }) => id === filter.saved);
  return (
    <div className="inbox-views">
      <nav aria-label={t('inbox.view')}>
        <ul className="views">
          {VIEWS.map((view) => (
            <li key={view}>
              <Link
                to="/"
                search={view === 'todo' ? {} : { view }}
                className={!filter.saved && (filter.view ?? 'todo') === view ? 'here' : undefined}
                aria-current={!filter.saved && (filter.view ?? 'todo') === view ? 'page' : undefined}
                activeOptions={{ exact: true, includeSearch: true }}
              >
                {t(`inbox.view.${view}`)}
              </Link>
              <span className="n">{countOf(view)}</span>
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label={t('inbox.ownViews')}>
        {saved.length ? <h2 className="quiet">{t('inbox.ownViews')}</h2> : null}
        <ul className="views">
          {saved.map((view) => (
            <li key={view.id}>
              <Link
                to="/"
                search={{ ...view.filter, saved: view.id }}
                className={view.id === filter.saved ? 'here' : undefined}
                aria-current={view.id === filter.saved ? 'page' : undefined}
                activeOptions={{ exact: true, includeSearch: true }}
              >
                {view.name}
              </Link>
              <span className="n">{countOf(view.id)}</span>
            </li>
          ))}
        </ul>
        <div className="row">
          {open ? (
            <Button size="small" onClick={() => setNaming(open)}>
              {t('inbox.changeView')}
            </Button>
          ) : null}
          <Button size="small" onClick={() => setNaming('new')}>
            {t('inbox.saveView')}
          </Button>
        </div>
      </nav>
      {naming ? (
        <NameView
          key={naming === 'new' ? 'new' : naming.id}
          known={naming === 'new' ? undefined : naming}
          filter={filter}
          columns={columns}
          close={() => setNaming(undefined)}
        />
      ) : null}
    </div>
  );
};

interface NameViewProps extends ViewsProps {
  readonly known: SavedView | undefined;
  readonly close: () => void;
}

/** Gives the list as it stands a name, changes what a name stands for, or takes the name away. */
const NameView = ({ known, filter, columns, close }: NameViewProps) => {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/' });
  const [id] = useState(() => known?.id ?? uuidv7());
  const [name, setName] = useState(known?.name ?? '');
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { saved: _saved, ...kept } = filter;
  const attempt = async (work: () => Promise<unknown>, to: ListAddress): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      await client.invalidateQueries({ queryKey: keys.views });
      void client.invalidateQueries({ queryKey: keys.viewCounts });
      close();
      await navigate({ search: to });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  const save = () => void attempt(() => saveView(id, { name: name.trim(), filter: kept, columns: [...columns] }), { ...kept, saved: id });
  return (
    <Modal open title={t(known ? 'inbox.changeView' : 'inbox.saveView')} onCancel={close} footer={null} destroyOnHidden>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save();
        }}
      >
        <div className="field">
          <label htmlFor="view-name">{t('inbox.viewName')}</label>
          <Input id="view-name" autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
          <div className="quiet">{t('inbox.saveViewHint')}</div>
        </div>
        <Wrong problem={problem} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!name.trim()}>
            {t('inbox.save')}
          </Button>
          {known ? (
            <Button danger onClick={() => void attempt(() => removeView(known.id), kept)} disabled={busy}>
              {t('inbox.removeView')}
            </Button>
          ) : null}
          <Button onClick={close}>{t('form.cancel')}</Button>
        </div>
      </form>
    </Modal>
  );
};
