import { Checkbox } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useShortcutSwitch } from '../../../lib/shortcuts.ts';

/** Single keys in lists and cases: what they do, and the switch for whoever wants none. */
export const Shortcuts = () => {
  const { t } = useWords('session');
  const [on, setOn] = useShortcutSwitch();
  return (
    <section className="card" aria-labelledby="shortcuts">
      <h2 id="shortcuts">{t('account.shortcuts')}</h2>
      <p className="quiet">{t('account.shortcutsHint')}</p>
      <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>
        {t('account.shortcutsOn')}
      </Checkbox>
    </section>
  );
};
