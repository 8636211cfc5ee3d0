import { Link, useRouterState } from '@tanstack/react-router';
import type { Me } from '@tongxin/client/shapes.ts';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../lib/i18n/i18n.tsx';
import { managedPages } from './pages.ts';

/** The pages of setting up, under one button: a disclosure as WAI-ARIA has it for site menus, so Tab goes through the links. */
export const ManageMenu = ({ me }: { me: Me | undefined }) => {
  const { t } = useWords();
  const at = useRouterState({ select: ({ location }) => location.pathname });
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pages = managedPages(me);
  const here = pages.some(({ to }) => at === to || at.startsWith(`${to}/`));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it
  useEffect(() => setOpen(false), [at]);
  useEffect(() => {
    if (!open) return;
    const outside = ({ target }: Event): void => {
      if (!box.current?.contains(target as Node)) setOpen(false);
    };
    // Before the page's own keys: this one closes what lies on top.
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    addEventListener('keydown', leave, true);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('focusin', outside);
      removeEventListener('keydown', leave, true);
    };
  }, [open]);
  return (
    <>
      <div className="manage" ref={box}>
        <button
          type="button"
          ref={button}
          className={here ? 'active' : undefined}
          aria-expanded={open}
          aria-controls="manage-pages"
          onClick={() => setOpen(!open)}
        >
          {t('app.manage')} <span aria-hidden="true">▾</span>
        </button>
        <ul id="manage-pages" hidden={!open}>
          {pages.map(({ to, title }) => (
            <li key={to}>
              <Link to={to} onClick={() => setOpen(false)}>
                {t(title)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      {open ? <div className="menu-back" aria-hidden="true" /> : null}
    </>
  );
};
