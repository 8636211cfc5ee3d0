import type { CallView } from '@tongxin/domain/hotline/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** 电话记录 of the body: when, which post, how long, how it ended. Never who called. */
export const CallLog = ({ calls }: { calls: readonly CallView[] }) => {
  const { t, l, language } = useWords('hotline');
  return (
    <section className="card" aria-labelledby="call-log">
      <h2 id="call-log">{t('hotline.log')}</h2>
      {calls.length ? (
        <table className="plain stacked">
          <thead>
            <tr>
              {(['began', 'direction', 'by', 'length', 'result'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`hotline.log.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <tr key={call.id}>
                <th scope="row">{formatShort(call.beganAt, language)}</th>
                <td data-label={t('hotline.log.direction')}>{t(`hotline.direction.${call.direction}`)}</td>
                <td data-label={t('hotline.log.by')}>{call.by ? l(call.by) : '–'}</td>
                <td data-label={t('hotline.log.length')}>
                  {call.seconds === undefined ? '–' : t('hotline.seconds', { m: Math.floor(call.seconds / 60), s: call.seconds % 60 })}
                </td>
                <td data-label={t('hotline.log.result')}>
                  {call.result ? t(`hotline.result.${call.result}`) : ''}
                  {call.passedTo ? ` ${call.passedTo}` : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="quiet">{t('hotline.noCalls')}</p>
      )}
    </section>
  );
};
