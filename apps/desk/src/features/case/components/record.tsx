import type { FileView, RecordEntry } from '@tongxin/domain/case/view.ts';
import { formatEntered, formatInstant } from '@tongxin/ui/time.ts';
import { backFilled, newestFirst } from '@tongxin/ui/timeline.ts';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { ArticleName } from '../../../lib/knowledge/article-name.tsx';
import { Mark } from '../../../lib/mark.tsx';

export const Files = ({ files }: { files: readonly FileView[] }) => {
  const { t } = useWords();
  if (!files.length) return null;
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          {file.kind === 'sound' ? (
            // biome-ignore lint/a11y/useMediaCaption: what a resident said, as they said it
            <audio controls preload="none" src={file.url} aria-label={t('case.sound')} />
          ) : (
            <a href={file.url} target="_blank" rel="noreferrer">
              {file.mediaType.startsWith('image/') ? <img src={file.url} alt={t('case.photo')} loading="lazy" /> : t('case.document')}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const UNITS = new Set(['hour', 'workingHour', 'workingDay', 'day', 'month']);

const useAnswer = () => {
  const { t, l, of, language } = useWords();
  return ({ value, valueLabel }: RecordEntry['answers'][number]): string => {
    if (valueLabel) return l(valueLabel);
    if (typeof value === 'boolean') return t(value ? 'case.yes' : 'case.no');
    if (typeof value === 'string' || typeof value === 'number') return formatEntered(String(value), language);
    const { amount, unit } = (value ?? {}) as { amount?: number; unit?: string };
    return amount && unit && UNITS.has(unit) ? `${amount} ${of('unit', unit, '')}` : '–';
  };
};

type Shown = 'all' | 'told' | 'inner';

/** Every step of the case, newest first: who as post and body, when recorded, what was answered. What the reporter reads stands apart from what stays inside. */
export const Record = ({ record, told }: { record: readonly RecordEntry[]; told: string }) => {
  const { t, l, language } = useWords();
  const [shown, setShown] = useState<Shown>('all');
  const entries = newestFirst(record).filter(({ reporterReads }) => shown === 'all' || (shown === 'told') === (reporterReads === true));
  const answerWords = useAnswer();
  const colon = language === 'zh' ? '：' : ': ';
  return (
    <>
      <div className="field">
        <Segmented<Shown>
          aria-label={t('record.show')}
          value={shown}
          onChange={setShown}
          options={(['all', 'told', 'inner'] as const).map((value) => ({ value, label: value === 'told' ? told : t(`record.${value}`) }))}
        />
      </div>
      {entries.length ? null : <p className="quiet">{t('record.none')}</p>}
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.no} className={entry.type === 'note.added' ? 'note' : undefined}>
            <div className="row">
              <strong>{l(entry.label)}</strong>
              {entry.reporterReads === false ? <Mark>{t('record.innerMark')}</Mark> : null}
              {entry.stageLabel ? <span>{t('case.to', { stage: l(entry.stageLabel) })}</span> : null}
            </div>
            <div className="quiet">
              <time dateTime={entry.at}>{formatInstant(entry.at, language)}</time>
              {entry.by ? ` · ${l(entry.by)}` : ''}
              {backFilled(entry) ? ` · ${t('case.backFilled', { time: formatInstant(entry.occurredAt, language) })}` : ''}
            </div>
            {entry.erased ? <p className="quiet">{t('case.erased')}</p> : null}
            {entry.answers.map((answer) => (
              <p key={answer.id} className="words">
                <span className="quiet">
                  {l(answer.label)}
                  {colon}
                </span>
                {answer.id === 'knowledge' && UUID.test(String(answer.value)) ? (
                  <ArticleName id={String(answer.value)} />
                ) : (
                  answerWords(answer)
                )}
              </p>
            ))}
            {/* What came with the report is shown with the report. */}
            {entry.type === 'case.filed' ? null : <Files files={entry.files} />}
          </li>
        ))}
      </ol>
    </>
  );
};
