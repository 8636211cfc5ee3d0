import { useWords } from '../../lib/i18n/i18n.tsx';
import { Lines } from './components/lines.tsx';
import { OpenInterface } from './components/open-interface.tsx';
import { Tokens } from './components/tokens.tsx';
import { Webhooks } from './components/webhooks.tsx';

/** How other systems are connected: what they are told, and who of them may call. */
export const InterfacesPage = () => {
  const { t } = useWords();
  return (
    <>
      <h1>{t('app.interfaces')}</h1>
      <Webhooks />
      <Tokens />
      <OpenInterface />
      <Lines />
    </>
  );
};
