import { Link } from '@tanstack/react-router';
import type { ReviewRow as Row } from '@tongxin/domain/publication/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { decidePublication } from '../mutations.ts';

/** One report with the words everybody would read; what the reporter wrote stands beside them, for whoever decides alone. */
export const ReviewRow = ({ row, decided }: { row: Row; decided: () => void }) => {
  const { t, l, why, language } = useWords('publication');
  const [words, setWords] = useState(row.words ?? (row.categoryLabel ? l(row.categoryLabel) : ''));
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const decide = async (state: 'shown' | 'refused'): Promise<void> => {
    setBusy(true);
    setWrong('');
    try {
      await decidePublication(row.id, { state, version: row.version, ...(state === 'shown' ? { words } : {}) });
      decided();
    } catch (problem) {
      setWrong(why(problem));
      setBusy(false);
    }
  };
  return (
    <li>
      <div className="row">
        <Link to="/cases/$id" params={{ id: row.id }}>
          {row.title || row.number}
        </Link>
        <span className="quiet">
          {[row.number, row.categoryLabel && l(row.categoryLabel), row.areaLabels.map(l).join(' '), formatEntered(row.reportedOn, language)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <FormField id={`words-${row.id}`} label={t('publication.words')} wrong={wrong || undefined}>
        {(tied) => <Input {...tied} maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />}
      </FormField>
      <div className="row">
        <Button type="primary" loading={busy} disabled={!words.trim()} onClick={() => void decide('shown')}>
          {t(row.state === 'shown' ? 'publication.change' : 'publication.show')}
        </Button>
        {row.state === 'refused' ? null : (
          <Button loading={busy} onClick={() => void decide('refused')}>
            {t(row.state === 'shown' ? 'publication.takeBack' : 'publication.refuse')}
          </Button>
        )}
      </div>
    </li>
  );
};
