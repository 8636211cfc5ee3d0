import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { VIEWS } from '@tongxin/domain/inbox/schema.ts';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { foundCasesQuery, viewsQuery } from '../features/case/queries.ts';
import { type Command, useOffered } from '../lib/commands.ts';
import { useWords } from '../lib/i18n/i18n.tsx';
import { meQuery } from '../lib/me.ts';
import { usePost } from '../lib/post.ts';
import { dailyPages, managedPages } from './pages.ts';

/** What the search box finds at most of each kind. */
const MOST = 40;

const usePlaces = (): readonly Command[] => {
  const { t } = useWords();
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  const { data: saved = [] } = useQuery(viewsQuery);
  return useMemo(
    () => [
      ...VIEWS.map((view) => ({
        id: `view-${view}`,
        label: t(`inbox.view.${view}`),
        hint: t('app.inbox'),
        run: () => void router.navigate({ to: '/', search: view === 'todo' ? {} : { view } }),
      })),
      ...saved.map((view) => ({
        id: `view-${view.id}`,
        label: view.name,
        hint: t('inbox.ownViews'),
        run: () => void router.navigate({ to: '/', search: { ...view.filter, saved: view.id } }),
      })),
      ...[...dailyPages(me), ...managedPages(me), { to: '/account', title: 'app.account' } as const].flatMap(({ to, title }) =>
        // The inbox stands above, view by view.
        to === '/' ? [] : [{ id: to, label: t(title), hint: t('palette.page'), run: () => void router.navigate({ to }) }],
      ),
    ],
    [t, router, me, saved],
  );
};

/** Ctrl or ⌘ with K: to any view, page or case by its number, or an action of what is open, by a few letters of its name. */
export const Palette = () => {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return open ? <OpenPalette close={() => setOpen(false)} /> : null;
};

const OpenPalette = ({ close }: { close: () => void }) => {
  const { t, l } = useWords();
  const router = useRouter();
  const places = usePlaces();
  const offered = useOffered();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const asked = useDeferredValue(words.trim());
  const { data: found, isFetching } = useQuery(foundCasesQuery(asked, usePost()));
  const wanted = words.trim().toLowerCase();
  const fits = ({ label, hint }: Command): boolean => `${label} ${hint ?? ''}`.toLowerCase().includes(wanted);
  const cases = asked.length > 1 && wanted.length > 1 ? (found?.rows ?? []) : [];
  const commands: readonly Command[] = [
    ...offered.filter(fits),
    ...places.filter(fits),
    ...cases.map((row) => ({
      id: row.id,
      label: `${row.number} ${row.title}`,
      hint: l(row.stageLabel),
      run: () => void router.navigate({ to: '/cases/$id', params: { id: row.id } }),
    })),
  ].slice(0, MOST);
  const chosen = Math.min(at, commands.length - 1);
  const run = (command: Command | undefined): void => {
    if (!command) return;
    close();
    // The page takes the keyboard back before the command moves it on.
    setTimeout(command.run, 0);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (chosen + step + commands.length) % Math.max(1, commands.length);
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(commands[chosen]);
    }
  };
  return (
    <Modal open title={t('palette.title')} onCancel={close} footer={null} closable={false} destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={commands[chosen] ? `palette-${chosen}` : undefined}
        aria-label={t('palette.ask')}
        placeholder={t('palette.ask')}
        maxLength={100}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="palette" id="palette-list" role="listbox" aria-label={t('palette.title')} ref={list}>
        {commands.map((command, i) => (
          // The box above has the keyboard and moves through these.
          <div key={command.id} id={`palette-${i}`} role="option" aria-selected={i === chosen} tabIndex={-1} onMouseUp={() => run(command)}>
            <span>{command.label}</span>
            <span className="quiet">{command.hint}</span>
          </div>
        ))}
      </div>
      <p role="status" className="quiet">
        {commands.length ? '' : isFetching ? t('app.loading') : t('palette.nothing')}
      </p>
    </Modal>
  );
};
