import { useQuery } from '@tanstack/react-query';
import type { CaseCall } from '@tongxin/domain/hotline/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { caseCallsQuery } from '../queries.ts';

/** 电话记录: which post was on the line about this case, when, how long, and what came of it. Nothing is shown where nobody telephoned. */
export const Telephone = ({ caseId }: { caseId: string }) => {
  const { t, l, language, list } = useWords();
  const { data = [] } = useQuery(caseCallsQuery(caseId));
  if (!data.length) return null;
  const gist = (call: CaseCall): string =>
    [
      call.by ? l(call.by) : '',
      call.seconds === undefined ? '' : t('hotline.seconds', { m: Math.floor(call.seconds / 60), s: call.seconds % 60 }),
      call.passedTo ? `${t('hotline.result.passedOn')} ${call.passedTo}` : '',
    ]
      .filter(Boolean)
      .join(' · ');
  const did = (call: CaseCall): string =>
    call.direction === 'out' && call.result
      ? t(`hotline.result.${call.result}`)
      : list(call.deeds.map((deed) => t(`hotline.deed.${deed}`)));
  return (
    <section className="card" aria-labelledby="telephone">
      <h2 id="telephone">{t('hotline.log')}</h2>
      <ul className="cards">
        {data.map((call) => (
          <li key={call.id}>
            <div>
              {t(`hotline.direction.${call.direction}`)} · {formatInstant(call.beganAt, language)}
            </div>
            <div>{did(call)}</div>
            <div className="quiet">{gist(call)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
};
