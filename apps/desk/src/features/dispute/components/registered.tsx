import { Link } from '@tanstack/react-router';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import { Button } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface RegisteredProps {
  readonly receipt: DisputeReceipt;
  readonly names: readonly string[];
  readonly next: () => void;
}

/** What was written down, and each party's own code to hand over. */
export const Registered = ({ receipt, names, next }: RegisteredProps) => {
  const { t } = useWords('dispute');
  return (
    <section className="card" role="status">
      <h2>✓ {t('dispute.done', { number: receipt.number })}</h2>
      <p>{t('dispute.handOver')}</p>
      <dl className="facts">
        {receipt.queryCodes.map((code, index) => (
          <div key={code}>
            <dt>{names[index]}</dt>
            <dd className="code">{code}</dd>
          </div>
        ))}
      </dl>
      <div className="row">
        <Link to="/disputes/$id" params={{ id: receipt.id }}>
          {t('dispute.open')}
        </Link>
        <Button onClick={next}>{t('dispute.another')}</Button>
      </div>
    </section>
  );
};
