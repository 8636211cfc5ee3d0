import { Link } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useWords } from '../lib/i18n/i18n.tsx';
import { useShortcuts } from '../lib/shortcuts.ts';

const LIST = ['j', 'k', 'enter', 'x', 'range', 'a', 'e', 'n', 'g', 'search', 'escape'] as const;
const ONE = ['digits', 'u'] as const;
const ANYWHERE = ['palette', 'help'] as const;

/** `?`: which keys there are. */
export const KeyHelp = () => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useShortcuts(useMemo(() => ({ '?': () => setOpen(true) }), []));
  const group = (title: string, keys: readonly (typeof LIST | typeof ONE | typeof ANYWHERE)[number][]) => (
    <>
      <h2>{title}</h2>
      <dl className="facts">
        {keys.map((key) => (
          <div key={key} className="pair">
            <dt>
              <kbd>{t(`keys.${key}.key`)}</kbd>
            </dt>
            <dd>{t(`keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
  return (
    <Modal open={open} title={t('keys.title')} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
      {group(t('keys.inList'), LIST)}
      {group(t('keys.inCase'), ONE)}
      {group(t('keys.anywhere'), ANYWHERE)}
      <p className="quiet">
        {t('keys.off')}{' '}
        <Link to="/account" onClick={() => setOpen(false)}>
          {t('app.account')}
        </Link>
      </p>
    </Modal>
  );
};
