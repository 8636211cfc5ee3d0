import type { FileView, RecordEntry } from '@tongxin/domain/case/view.ts';
import { formatEntered, formatInstant } from '@tongxin/ui/time.ts';
import { newestFirst } from '@tongxin/ui/timeline.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { api } from '../../../lib/services.ts';

export const Files = ({ code, files }: { code: string; files: readonly FileView[] }) => {
  const { t } = useWords();
  if (!files.length) return null;
  return (
    <ul class="photos">
      {files.map((file) => (
        <li key={file.id}>
          {file.kind === 'sound' ? (
            // biome-ignore lint/a11y/useMediaCaption: what somebody said, as they said it
            <audio controls preload="none" src={api.receiptFileUrl(code, file.id)} aria-label={t('case.sound')} />
          ) : (
            <a href={api.receiptFileUrl(code, file.id)} target="_blank" rel="noreferrer">
              {file.mediaType.startsWith('image/') ? (
                <img src={api.receiptFileUrl(code, file.id)} alt={t('case.photo')} loading="lazy" />
              ) : (
                t('case.document')
              )}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
};

const UNITS = ['hour', 'workingHour', 'workingDay', 'day', 'month'] as const;
const isUnit = (unit: string | undefined): unit is (typeof UNITS)[number] => UNITS.some((one) => one === unit);

/** What was done, newest first, in the words the procedure gives for the reporter. */
export const Happened = ({ code, record }: { code: string; record: readonly RecordEntry[] }) => {
  const { t, l, language } = useWords();
  const say = (answer: RecordEntry['answers'][number]): string => {
    if (answer.valueLabel) return l(answer.valueLabel);
    if (typeof answer.value === 'boolean') return t(answer.value ? 'case.answerYes' : 'case.answerNo');
    if (typeof answer.value === 'string' || typeof answer.value === 'number') return formatEntered(String(answer.value), language);
    const { amount, unit } = (answer.value ?? {}) as { amount?: number; unit?: string };
    return amount && isUnit(unit) ? t(`unit.${unit}`, { n: amount }) : '–';
  };
  if (!record.length) return <p>{t('case.nothing')}</p>;
  return (
    <ol class="steps">
      {newestFirst(record).map((entry) => (
        <li key={`${entry.at} ${entry.no}`}>
          <time dateTime={entry.at}>{formatInstant(entry.at, language)}</time>
          <strong>{l(entry.label)}</strong>
          {entry.by ? <div>{l(entry.by)}</div> : null}
          {entry.erased ? <p class="hint">{t('case.erased')}</p> : null}
          {entry.answers.map((answer) => (
            <p key={answer.id} class="words">
              {l(answer.label)}
              {language === 'zh' ? '：' : ': '}
              {say(answer)}
            </p>
          ))}
          {/* What came with the report is shown with the report. */}
          {entry.type === 'case.filed' ? null : <Files code={code} files={entry.files} />}
        </li>
      ))}
    </ol>
  );
};
