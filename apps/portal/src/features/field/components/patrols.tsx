import { findingsOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import { useState } from 'preact/hooks';
import { go } from '../../../app/router.tsx';
import { recordKey } from '../../../lib/field/device.ts';
import { kept } from '../../../lib/field/kept.ts';
import { beginRecord, type LocalRecord, localRecord } from '../../../lib/field/records.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { fileFinding, type Outcome } from '../mutations.ts';
import { formOf, formsFor } from '../queries.ts';
import { type Ground, Inside } from './inside.tsx';
import { OutcomeField } from './outcome.tsx';
import { NO_SHOTS, type Shots, useProof } from './proof.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordList } from './record-list.tsx';

const Patrols = ({ bundle }: Ground) => {
  const { f, l, language } = useFieldWords();
  const start = async (form: Form): Promise<void> => {
    const label = form.title;
    const id = await beginRecord(
      form,
      'patrol',
      language === 'en' ? (label.en ?? label.zh) : label.zh,
      bundle ? { areaId: bundle.area.id } : {},
      {},
    );
    go(`/field/patrols/${id}`);
  };
  return (
    <>
      <h2>{f('patrols.start')}</h2>
      {formsFor(bundle, 'patrol').map((form) => (
        <button key={form.id} type="button" class="wide way-button" onClick={() => void start(form)}>
          {l(form.title)}
        </button>
      ))}
      {formsFor(bundle, 'patrol').length === 0 ? <p>{f('forms.none')}</p> : null}
      <h2>{f('patrols.kept')}</h2>
      <RecordList kind="patrol" />
    </>
  );
};

export const PatrolsPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('patrols.title')}>{(ground) => <Patrols {...ground} />}</Inside>;
};

interface FindingProps extends Pick<Ground, 'bundle' | 'me'> {
  readonly patrolId: string;
  readonly field?: string;
  readonly categoryId?: string | undefined;
  readonly about?: string;
  readonly done: () => void;
}

/** What a checklist found becomes a matter of its own: reported, settled on the spot, or kept for the record. */
const Finding = ({ patrolId, field, categoryId, about = '', bundle, me, done }: FindingProps) => {
  const { f, l } = useFieldWords();
  const [outcome, setOutcome] = useState<Outcome>('report');
  const [text, setText] = useState(about);
  const [words, setWords] = useState('');
  const [shots, setShots] = useState<Shots>(NO_SHOTS);
  const [wrong, setWrong] = useState<'text' | 'words' | 'proof'>();
  const [busy, setBusy] = useState(false);
  const { filesOf } = useProof();
  const send = async (): Promise<void> => {
    if (!text.trim()) return setWrong('text');
    if (outcome !== 'report' && !words.trim()) return setWrong('words');
    if (outcome === 'settled' && shots.before.length + shots.after.length === 0) return setWrong('proof');
    setBusy(true);
    const unit = [me.posts[0] && l(me.posts[0].organization), me.posts[0] && l(me.posts[0].title)].filter(Boolean).join(' · ');
    const proof = outcome === 'settled' ? await filesOf(shots, bundle ? l(bundle.area.label) : '', unit) : [];
    await fileFinding(
      patrolId,
      { ...(field ? { field } : {}), ...(categoryId ? { categoryId } : {}), words: text.trim(), occurredAt: new Date().toISOString() },
      [],
      { outcome, words: words.trim(), files: proof },
    );
    done();
  };
  return (
    <div class="notice">
      <label class="field">
        <span class="label">{f('finding.text')}</span>
        <textarea value={text} maxLength={2000} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      {wrong === 'text' ? (
        <p class="wrong" role="alert">
          {f('event.textMissing')}
        </p>
      ) : null}
      <OutcomeField
        outcome={outcome}
        words={words}
        shots={shots}
        wrong={wrong === 'text' ? undefined : wrong}
        onOutcome={setOutcome}
        onWords={setWords}
        onShots={setShots}
      />
      <div class="row">
        <button type="button" class="primary" disabled={busy} onClick={() => void send()}>
          {f('finding.send')}
        </button>
        <button type="button" onClick={done}>
          {f('finding.not')}
        </button>
      </div>
    </div>
  );
};

const Findings = ({ form, local, ground }: { form: Form; local: LocalRecord; ground: Ground }) => {
  const { f, l } = useFieldWords();
  const [open, setOpen] = useState<string>();
  const [sent, setSent] = useState(0);
  const draft = useDevice(() => kept.get('draft', recordKey('patrol', local.record.subjectId)), [local.record.subjectId]);
  const found = findingsOf(form, draft?.values ?? local.fields);
  const close = (): void => {
    setOpen(undefined);
    setSent((n) => n + 1);
  };
  return (
    <section>
      <h2>{f('finding.title')}</h2>
      {found.length > 0 ? (
        <ul class="list">
          {found.map(({ question, field, categoryId }) => (
            <li key={field}>
              {open === field ? (
                <Finding
                  patrolId={local.record.subjectId}
                  field={field}
                  categoryId={categoryId}
                  about={l(question.label)}
                  bundle={ground.bundle}
                  me={ground.me}
                  done={close}
                />
              ) : (
                <button type="button" class="line" onClick={() => setOpen(field)}>
                  {f('finding.of', { name: l(question.label) })}
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {open === 'other' ? (
        <Finding patrolId={local.record.subjectId} bundle={ground.bundle} me={ground.me} done={close} />
      ) : (
        <button type="button" onClick={() => setOpen('other')}>
          {f('finding.other')}
        </button>
      )}
      {sent > 0 ? (
        <p class="good" role="status">
          {f('finding.queued')}
        </p>
      ) : null}
    </section>
  );
};

const Patrol = ({ id, ground }: { id: string; ground: Ground }) => {
  const { f } = useFieldWords();
  const local = useDevice(async () => ({ found: await localRecord('patrol', id) }), [id]);
  if (!local) return null;
  const form = local.found && formOf(ground.bundle, local.found.record.formId, local.found.record.formVersion);
  if (!local.found || !form) return <p>{f('records.notHere')}</p>;
  return (
    <>
      <p class="small">
        {local.found.record.name} · {f(`status.${local.found.status}`)}
      </p>
      <RecordForm key={id} form={form} local={local.found} finishes />
      <Findings form={form} local={local.found} ground={ground} />
    </>
  );
};

export const PatrolPage = ({ id }: { id: string }) => {
  const { f } = useFieldWords();
  return <Inside title={f('patrols.one')}>{(ground) => <Patrol id={id} ground={ground} />}</Inside>;
};
