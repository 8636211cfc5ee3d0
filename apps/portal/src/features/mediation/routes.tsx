import type { ApplicationReceipt } from '@tongxin/domain/dispute/referral/schema.ts';
import { useState } from 'preact/hooks';
import { Link, type Page } from '../../app/router.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { ApplyForm } from './components/apply-form.tsx';
import { CentreList } from './components/centre-list.tsx';
import { CentrePage } from './components/centre-page.tsx';
import { Ways } from './components/ways.tsx';

/** 申请调解: free, confidential, and only where all sides want it. */
const Mediate = () => {
  const { t } = useWords();
  const [receipt, setReceipt] = useState<ApplicationReceipt>();
  if (receipt)
    return (
      <>
        <h1 tabIndex={-1}>{t('mediate.done')}</h1>
        <div role="status">
          <p>{t('mediate.next')}</p>
          <p>
            {t('case.number')} {receipt.number}
          </p>
          <p>
            {t('mediate.code')} <strong class="code">{receipt.queryCode}</strong>
          </p>
          <Link to={`/r/${receipt.queryCode}`} class="button primary">
            {t('mediate.open')}
          </Link>
        </div>
      </>
    );
  return (
    <>
      <h1 tabIndex={-1}>{t('mediate.title')}</h1>
      <p>{t('mediate.intro')}</p>
      <p>
        <Link to="/centres">{t('centre.title')}</Link>
      </p>
      <Ways />
      <ApplyForm done={setReceipt} />
    </>
  );
};

export const pages: Page[] = [
  { path: '/mediate', draw: () => <Mediate /> },
  { path: '/centres', draw: () => <CentreList /> },
  { path: '/centres/:id', draw: (id) => <CentrePage id={id} /> },
];
