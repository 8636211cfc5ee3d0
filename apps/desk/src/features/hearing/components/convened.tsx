import { Link } from '@tanstack/react-router';
import type { HearingReceipt } from '@tongxin/domain/hearing/schema.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** The hearing stands; each party's own code to hand over. */
export const Convened = ({ receipt, names }: { receipt: HearingReceipt; names: readonly string[] }) => {
  const { t } = useWords('hearing');
  return (
    <section className="card" role="status">
      <h2>✓ {t('hearing.convened', { number: receipt.number })}</h2>
      {names.length ? <p>{t('hearing.handOver')}</p> : null}
      <dl className="facts">
        {receipt.queryCodes.map((code, index) => (
          <div key={code}>
            <dt>{names[index]}</dt>
            <dd className="code">{code}</dd>
          </div>
        ))}
      </dl>
      <Link to="/hearings">{t('hearing.title')}</Link>
    </section>
  );
};
