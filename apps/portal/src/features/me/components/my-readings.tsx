import type { Readings } from '@tongxin/client/shapes.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useMemo, useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { prepareObjection } from '../mutations.ts';
import { readings } from '../queries.ts';

type Entry = Readings['entries'][number];

/** Objecting to one reading: it opens a case that somebody else looks at. */
const Objection = ({ entry, done }: { entry: Entry; done: () => void }) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const object = useMemo(() => prepareObjection(entry.id), [entry.id]);
  const { busy, wrong, said, run } = useDoing();
  if (entry.objectionCaseId) return <p class="hint">{t('me.objected')}</p>;
  if (!entry.organization) return null;
  if (!open)
    return (
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        {t('me.object')}
      </button>
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run(() => object(words.trim()).then(done));
      }}
    >
      <FormField id={`object-${entry.id}`} label={t('me.objectWhy')} hint={t('me.objectHint')}>
        {(tied) => <textarea {...tied} rows={3} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
      </FormField>
      <button type="submit" class="primary" disabled={busy || words.trim().length < 2}>
        {t('me.objectSubmit')}
      </button>
      <Outcome wrong={wrong} said={said} />
    </form>
  );
};

/** Who looked at my data: bodies and posts, for what, when; never persons, never others' data. */
export const MyReadings = () => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad((signal) => readings(undefined, signal), [language]);
  const [older, setOlder] = useState<readonly Readings[]>([]);
  const { busy, wrong, said, run } = useDoing();
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const pages = [loaded.data, ...older];
  const before = pages.at(-1)!.before;
  const entries = pages.flatMap((page) => page.entries);
  return (
    <>
      <h1 tabIndex={-1}>{t('me.readings')}</h1>
      <p>{t('me.readingsIntro')}</p>
      {entries.length ? null : <p>{t('readings.none')}</p>}
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
            <Objection entry={entry} done={reload} />
          </li>
        ))}
      </ol>
      {before ? (
        <button type="button" class="wide" disabled={busy} onClick={() => run(async () => setOlder([...older, await readings(before)]))}>
          {t('me.older')}
        </button>
      ) : null}
      <Outcome wrong={wrong} said={said} />
      <Link to="/me" class="button">
        {t('me.back')}
      </Link>
    </>
  );
};
