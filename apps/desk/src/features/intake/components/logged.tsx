import { Link } from '@tanstack/react-router';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** What the operator reads out before hanging up. */
export const Logged = ({ receipt, next }: { receipt: Receipt; next: () => void }) => {
  const { t } = useWords();
  return (
    <section className="card" role="status">
      <h2>✓ {t('log.done')}</h2>
      <p>{t('log.readOut')}</p>
      <p className="code">{receipt.queryCode}</p>
      {receipt.behalfOfQueryCode ? (
        <>
          <p>{t('log.readOutBehalfOf')}</p>
          <p className="code">{receipt.behalfOfQueryCode}</p>
        </>
      ) : null}
      <p>
        {t('log.number')} {receipt.number}
      </p>
      <div className="row">
        <Link to="/cases/$id" params={{ id: receipt.id }}>
          {t('log.openCase')}
        </Link>
        <Button onClick={next}>{t('log.next')}</Button>
      </div>
    </section>
  );
};
