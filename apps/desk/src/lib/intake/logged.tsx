import { Link } from '@tanstack/react-router';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useWords } from '../i18n/i18n.tsx';

const Paper = ({ receipt, code, title }: { receipt: Receipt; code: string; title: string }) => {
  const { t, language } = useWords('intake');
  return (
    <article className="paper">
      <h2>{title}</h2>
      <dl className="facts">
        <dt>{t('log.number')}</dt>
        <dd>{receipt.number}</dd>
        <dt>{t('paper.received')}</dt>
        <dd>{formatInstant(receipt.receivedAt, language)}</dd>
        <dt>{t('paper.code')}</dt>
        <dd className="paper-code">{code}</dd>
      </dl>
      <p>{t('paper.how', { address: `${location.origin}/track` })}</p>
      <p>{t('paper.keep')}</p>
    </article>
  );
};

/** What is read out before hanging up, or handed over the counter as a page of paper with the query code. */
export const Logged = ({ receipt, next }: { receipt: Receipt; next: () => void }) => {
  const { t } = useWords('intake');
  return (
    <>
      <section className="card no-print" role="status">
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
          <Button onClick={() => print()}>{t('paper.print')}</Button>
          <Button onClick={next}>{t('log.next')}</Button>
        </div>
      </section>
      <div className="papers">
        <Paper receipt={receipt} code={receipt.queryCode} title={t('paper.title')} />
        {receipt.behalfOfQueryCode ? <Paper receipt={receipt} code={receipt.behalfOfQueryCode} title={t('paper.titleBehalfOf')} /> : null}
      </div>
    </>
  );
};
