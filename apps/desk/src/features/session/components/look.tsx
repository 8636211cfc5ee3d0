import { Radio } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LOOKS, useTheme } from '../../../lib/theme.tsx';

/** Light or dark: as the system has it, or as the person wants it on this computer. */
export const LookChoice = () => {
  const { t } = useWords('session');
  const { look, setLook } = useTheme();
  return (
    <section className="card" aria-labelledby="look">
      <h2 id="look">{t('account.look')}</h2>
      <Radio.Group
        aria-labelledby="look"
        value={look}
        onChange={(event) => setLook(event.target.value)}
        options={LOOKS.map((one) => ({ value: one, label: t(`account.look.${one}`) }))}
      />
    </section>
  );
};
