import { formatShort } from '@tongxin/ui/time.ts';
import { Link } from '../../../app/router.tsx';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { allRecords } from '../queries.ts';

/** What of a kind is on this device: open ones and those of the last days. */
export const RecordList = ({ kind }: { kind: 'patrol' | 'visit' }) => {
  const { f, language } = useFieldWords();
  const records = useDevice(() => allRecords(kind), [kind]);
  if (!records) return null;
  if (records.length === 0) return <p>{f('records.none')}</p>;
  return (
    <ul class="list">
      {records.map(({ record, status, waiting }) => (
        <li key={record.id}>
          <Link to={`/field/${kind}s/${record.subjectId}`} class="line">
            <strong>{record.name}</strong>
            <span class="small">
              {f(`status.${status}`)} · {formatShort(record.at, language)}
              {waiting ? ` · ${f('records.waits')}` : ''}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
};
