import { useQuery } from '@tanstack/react-query';
import type { MessageView } from '@tongxin/domain/message/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { messagesQuery } from '../queries.ts';

/** What became of messages to the reporters. Nothing is shown where none was wanted. */
export const Messages = ({ caseId }: { caseId: string }) => {
  const { t, language } = useWords();
  const { data = [] } = useQuery(messagesQuery(caseId));
  if (!data.length) return null;
  const when = ({ createdAt, nextAt, endedAt }: MessageView): string => formatInstant(endedAt ?? nextAt ?? createdAt, language);
  return (
    <>
      <h3>{t('message.title')}</h3>
      <ul className="cards">
        {data.map((message) => (
          <li key={message.id}>
            <div className="row">
              <span>{t(`message.${message.channel}`)}</span>
              <Mark {...(message.state === 'failed' ? { tone: 'warn' as const } : {})}>{t(`message.${message.state}`)}</Mark>
              <span className="quiet">{when(message)}</span>
            </div>
            {message.problem && message.state !== 'sent' ? <div className="quiet">{t(`messageProblem.${message.problem}`)}</div> : null}
          </li>
        ))}
      </ul>
    </>
  );
};
