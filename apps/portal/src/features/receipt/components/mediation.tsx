import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { ChoosingView, OwnChoice } from '@tongxin/domain/dispute/choosing/schema.ts';
import type { ConsentsView } from '@tongxin/domain/dispute/consent/schema.ts';
import type { HelpersView } from '@tongxin/domain/dispute/joining/schema.ts';
import { UNSIGNED } from '@tongxin/domain/dispute/sides/procedure.ts';
import { useState } from 'preact/hooks';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { api } from '../../../lib/services.ts';

interface PartProps<T> {
  readonly view: T;
  readonly run: (work: () => Promise<unknown>) => void;
  readonly code: string;
}

/** Yes or no to being mediated. A no ends it, and nothing is lost by it. */
const Consent = ({ view, run, code }: PartProps<ConsentsView>) => {
  const { t } = useWords();
  const own = view.sides.find((side) => side.own);
  const others = view.sides.filter((side) => !side.own);
  const say = (agrees: boolean): void => run(() => api.giveConsent(code, { commandId: uuidv7(), agrees }));
  return (
    <>
      <h2>{t('mediation.want')}</h2>
      <p class="hint">{t('mediation.wantHint')}</p>
      <p>
        {own?.answer === 'agreed' ? t('mediation.youAgreed') : t('mediation.youNot')}{' '}
        {t('mediation.others', { n: others.filter(({ answer }) => answer === 'agreed').length, of: others.length })}
      </p>
      <div class="row">
        {own?.answer === 'agreed' ? null : (
          <button type="button" class="primary" onClick={() => say(true)}>
            {t('mediation.yes')}
          </button>
        )}
        <button type="button" onClick={() => say(false)}>
          {t('mediation.no')}
        </button>
      </div>
    </>
  );
};

/** Who mediates: chosen from the list, left to the committee, or named by it and accepted. */
const Choice = ({ view, run, code }: PartProps<ChoosingView>) => {
  const { t, list } = useWords();
  const own = view.sides.find((side) => side.own);
  const [picked, setPicked] = useState(own?.chosen ?? '');
  const say = (step: OwnChoice['step'], mediatorId?: string): void =>
    run(() => api.makeChoice(code, { commandId: uuidv7(), step, ...(mediatorId ? { mediatorId } : {}) }));
  const named = view.candidates.find(({ id }) => id === view.named);
  return (
    <>
      <h2>{t('mediation.who')}</h2>
      <p class="hint">{t('mediation.whoHint')}</p>
      {view.settledOn ? (
        <p class="notice">
          {t('mediation.settled', { name: view.candidates.find(({ id }) => id === view.settledOn?.mediatorId)?.name ?? '' })}
        </p>
      ) : null}
      {named ? (
        <div class="notice">
          <p>{t('mediation.named', { name: named.name })}</p>
          {own?.accepted ? (
            <p>{t('mediation.accepted')}</p>
          ) : (
            <div class="row">
              <button type="button" class="primary" onClick={() => say('accepted', named.id)}>
                {t('mediation.accept')}
              </button>
              <button type="button" onClick={() => say('declined', named.id)}>
                {t('mediation.decline')}
              </button>
            </div>
          )}
        </div>
      ) : null}
      <fieldset>
        <legend>{t('mediation.list')}</legend>
        {view.candidates
          .filter(({ available, excluded }) => available && !excluded)
          .map((one) => (
            <label key={one.id} class="tick">
              <input type="radio" name="mediator" checked={picked === one.id} onChange={() => setPicked(one.id)} />
              <span>
                {one.name}
                <span class="hint">
                  {' '}
                  {list([...one.kinds.map((kind) => t(`mediate.kind.${kind}`)), ...one.languages])}
                  {one.courtNow ? ` · ${t('mediation.court')}` : ''}
                </span>
              </span>
            </label>
          ))}
      </fieldset>
      <p>{own?.chosen ? t('mediation.youChose') : own?.left ? t('mediation.youLeft') : ''}</p>
      <div class="row">
        <button type="button" class="primary" disabled={!picked || picked === own?.chosen} onClick={() => say('chosen', picked)}>
          {t('mediation.choose')}
        </button>
        {own?.left ? null : (
          <button type="button" onClick={() => say('left')}>
            {t('mediation.leave')}
          </button>
        )}
      </div>
    </>
  );
};

/** While it goes on: who mediates, and the right to ask for another. */
const Another = ({ view, run, code }: PartProps<ChoosingView>) => {
  const { t } = useWords();
  const [why, setWhy] = useState('');
  return (
    <>
      <h2>{t('mediation.mediator')}</h2>
      {view.mediatorName ? <p>{view.mediatorName}</p> : null}
      {view.refused ? <p class="notice">{t('mediation.refused', { why: view.refused.why ?? '' })}</p> : null}
      {view.challenge ? (
        <p class="notice">{t('mediation.asked')}</p>
      ) : (
        <details>
          <summary>{t('mediation.another')}</summary>
          <FormField id="challenge" label={t('mediation.why')}>
            {(tied) => <textarea {...tied} rows={2} maxLength={500} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />}
          </FormField>
          <button
            type="button"
            disabled={!why.trim()}
            onClick={() => run(() => api.makeChoice(code, { commandId: uuidv7(), step: 'challenged', why: why.trim() }))}
          >
            {t('mediation.ask')}
          </button>
        </details>
      )}
    </>
  );
};

/** Who else takes part; a side that does not want one of them says why. */
const Others = ({ view, run, code, open }: PartProps<HelpersView> & { readonly open: boolean }) => {
  const { t } = useWords();
  const [words, setWords] = useState<Readonly<Record<string, string>>>({});
  if (!view.helpers.length) return null;
  return (
    <>
      <h2>{t('helper.title')}</h2>
      {open ? <p class="hint">{t('helper.hint')}</p> : null}
      <ul class="list">
        {view.helpers.map((one) => {
          const why = words[one.id]?.trim() ?? '';
          return (
            <li key={one.id}>
              <strong>{one.name}</strong>
              <p>{[t(`helper.role.${one.role}`), one.subject, t(`helper.standing.${one.standing}`)].filter(Boolean).join(' · ')}</p>
              {one.kept ? <p class="notice">{t('helper.kept', { why: one.kept })}</p> : null}
              {open && (one.standing === 'asked' || one.standing === 'joined') ? (
                <details>
                  <summary>{t('helper.object')}</summary>
                  <FormField id={`object-${one.id}`} label={t('helper.why')}>
                    {(tied) => (
                      <textarea
                        {...tied}
                        rows={2}
                        maxLength={500}
                        value={words[one.id] ?? ''}
                        onInput={(event) => setWords({ ...words, [one.id]: event.currentTarget.value })}
                      />
                    )}
                  </FormField>
                  <button
                    type="button"
                    disabled={!why}
                    onClick={() => run(() => api.objectToHelper(code, one.id, { commandId: uuidv7(), why }))}
                  >
                    {t('helper.send')}
                  </button>
                </details>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
};

/** The way out, open as long as nothing is signed: the party's own, not of whoever applied for it. */
const Leave = ({ view, run, code }: PartProps<ConsentsView>) => {
  const { t } = useWords();
  const [sure, setSure] = useState(false);
  const isSpokenFor = view.sides.some(({ own, spokenFor }) => own && spokenFor);
  return (
    <details>
      <summary>{t('leave.title')}</summary>
      {isSpokenFor ? (
        <p>{t('leave.spokenFor')}</p>
      ) : (
        <>
          <p>{t('leave.hint')}</p>
          <Tick label={t('leave.sure')} checked={sure} onChange={setSure} />
          <button type="button" disabled={!sure} onClick={() => run(() => api.giveConsent(code, { commandId: uuidv7(), agrees: false }))}>
            {t('leave.send')}
          </button>
        </>
      )}
    </details>
  );
};

/** What a side of a dispute does itself, with its query code. */
export const Mediation = ({ code, changed }: { code: string; changed: () => void }) => {
  const { t, why, language } = useWords();
  const { loaded, reload } = useLoad(
    async (signal) => {
      const [consents, choosing, helpers] = await Promise.all([
        api.ownConsents(code, signal),
        api.ownChoosing(code, signal),
        api.ownHelpers(code, signal),
      ]);
      return { consents, choosing, helpers };
    },
    [code, language],
  );
  const [problem, setProblem] = useState<unknown>();
  const run = (work: () => Promise<unknown>): void => {
    setProblem(undefined);
    work()
      .catch(setProblem)
      .finally(() => {
        reload();
        changed();
      });
  };
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const { consents, choosing, helpers } = loaded.data;
  const { stage } = choosing;
  return (
    <section aria-label={t('mediation.title')}>
      {stage === 'registered' || stage === 'consulting' ? <Consent view={consents} run={run} code={code} /> : null}
      {stage === 'choosing' ? <Choice view={choosing} run={run} code={code} /> : null}
      {['mediating', 'cooling', 'drafted'].includes(stage) && choosing.mediatorName ? (
        <Another view={choosing} run={run} code={code} />
      ) : null}
      <Others view={helpers} run={run} code={code} open={UNSIGNED.includes(stage)} />
      {['choosing', 'mediating', 'cooling', 'drafted'].includes(stage) ? <Leave view={consents} run={run} code={code} /> : null}
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </section>
  );
};
