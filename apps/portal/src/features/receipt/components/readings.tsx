import { formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { getReceiptReadings } from '../queries.ts';

/** Who opened one's name or telephone, for what, and when: bodies and posts, never persons. */
export const Readings = ({ code }: { code: string }) => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad((signal) => getReceiptReadings(code, signal), [code, language]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const { entries } = loaded.data;
  if (!entries.length) return <p>{t('readings.none')}</p>;
  return (
    <ol class="steps">
      {entries.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at}>{formatInstant(entry.at, language)}</time>
          <strong>{[entry.organization, entry.post].flatMap((one) => (one ? [l(one)] : [])).join(' ') || t('readings.system')}</strong>
          <p class="words">{t('readings.why', { purpose: entry.purpose })}</p>
          <p class="words">
            {t('readings.fields', {
              fields: entry.fields
                .map((field) =>
                  t(
                    field === 'phone' || field === 'code' || field === 'codeVoid' || field === 'earlierDispute'
                      ? `readings.${field}`
                      : 'readings.name',
                  ),
                )
                .join(t('readings.and')),
            })}
          </p>
        </li>
      ))}
    </ol>
  );
};
