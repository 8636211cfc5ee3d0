import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { isAccepted, isHeading, termText } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementView, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import { HELPLINES } from '@tongxin/domain/dispute/session/rules.ts';
import { useState } from 'preact/hooks';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { answerOffer, makeOffer } from '../mutations.ts';
import { getOwnAgreement } from '../queries.ts';
import { Court } from './court.tsx';
import { Sessions } from './sessions.tsx';
import { SignForm } from './signing.tsx';

interface DisputeProps {
  readonly code: string;
  /** The case was read anew. */
  readonly version: number;
  readonly changed: () => void;
}
interface PartProps {
  readonly code: string;
  readonly view: AgreementView;
  readonly done: (view: AgreementView) => void;
}

/** One's own quarrel: what is offered, the agreement to read and sign, what is owed, and the way to the court. */
export const Dispute = ({ code, version, changed }: DisputeProps) => {
  const { language } = useWords();
  const { loaded, reload, show } = useLoad((signal) => getOwnAgreement(code, signal), [code, language, version]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const done = (view: AgreementView): void => {
    show(view);
    changed();
  };
  const props = { code, view: loaded.data, done };
  return (
    <>
      <Sessions code={code} version={version} />
      <Offers {...props} />
      <Agreement {...props} />
      <Owed {...props} />
      <Court {...props} />
      <Help />
    </>
  );
};

/** Whom to call in danger: the same for every side of every dispute at every stage, so that it says nothing about anybody. */
const Help = () => {
  const { t, l } = useWords();
  return (
    <section>
      <h2>{t('dispute.help')}</h2>
      <p class="hint">{t('dispute.helpHint')}</p>
      <ul>
        {HELPLINES.map(({ label, telephone }) => (
          <li key={telephone}>
            {l(label)} <a href={`tel:${telephone}`}>{telephone}</a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** One step at a time; what went wrong is said. */
const useStep = (done: (view: AgreementView) => void) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = async (work: () => Promise<AgreementView>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      done(await work());
      return true;
    } catch (failure) {
      setProblem(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem };
};

const Wrong = ({ problem }: { problem: unknown }) => {
  const { why } = useWords();
  return problem ? (
    <p class="wrong" role="alert">
      {why(problem)}
    </p>
  ) : null;
};

const useNames = (view: AgreementView) => {
  const { t, l, language } = useWords();
  return (partyId: string | undefined): string => {
    const side = view.sides.find((one) => one.partyId === partyId);
    if (!side) return '';
    const mine = language === 'zh' ? `（${t('dispute.me')}）` : ` (${t('dispute.me')})`;
    return `${l(side.label)}${side.partyId === view.me ? mine : ''}`;
  };
};

const Offers = ({ code, view, done }: PartProps) => {
  const { t } = useWords();
  const { run, busy, problem } = useStep(done);
  const [writing, setWriting] = useState(false);
  const open = ['mediating', 'cooling', 'drafted'].includes(view.stage);
  const name = useNames(view);
  const ids = view.sides.map(({ partyId }) => partyId);
  // The terms are the agreement's own Chinese: sides have their official names in them.
  const letter = (partyId: string | undefined): string => view.sides.find((side) => side.partyId === partyId)?.letter ?? '';
  if (!open && !view.offers.length) return null;
  return (
    <section>
      <h2>{t('dispute.offers')}</h2>
      <ul class="list">
        {view.offers.map((offer) => (
          <li key={offer.id}>
            <strong>{t('dispute.offersOf', { side: name(offer.by) })}</strong>
            {offer.terms.map((term, index) => (
              <p key={index} class="words" lang="zh-CN">
                {termText(term, letter)}
              </p>
            ))}
            {isAccepted(offer, ids) ? <p>✓ {t('dispute.allAgree')}</p> : null}
            {offer.refused.length ? <p>{t('dispute.refused')}</p> : null}
            {open && offer.by !== view.me && !offer.accepted.includes(view.me!) ? (
              <div class="row">
                <button type="button" class="primary" disabled={busy} onClick={() => void run(() => answerOffer(code, offer.id, true))}>
                  {t('dispute.accept')}
                </button>
                <button type="button" disabled={busy} onClick={() => void run(() => answerOffer(code, offer.id, false))}>
                  {t('dispute.refuse')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {view.offers.length ? null : <p>{t('dispute.noOffers')}</p>}
      <Wrong problem={problem} />
      {open && !writing ? (
        <button type="button" onClick={() => setWriting(true)}>
          {t('dispute.makeOffer')}
        </button>
      ) : null}
      {writing ? <OfferForm code={code} view={view} done={done} close={() => setWriting(false)} /> : null}
    </section>
  );
};

const KINDS = ['pay', 'apologise', 'repair', 'other'] as const;
type Kind = (typeof KINDS)[number];

/** An offer of one thing in plain words: who pays or does what, by when. */
const OfferForm = ({ code, view, done, close }: PartProps & { close: () => void }) => {
  const { t } = useWords();
  const { run, busy, problem } = useStep(done);
  const [id] = useState(uuidv7);
  const [kind, setKind] = useState<Kind>('pay');
  const [by, setBy] = useState(view.me!);
  const [yuan, setYuan] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState(false);
  const name = useNames(view);
  const amount = Math.round(Number(yuan) * 100);
  const missing = kind === 'pay' ? !(amount > 0) : kind === 'apologise' ? false : !words.trim();
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing) return;
    const to = by === view.me ? view.sides.find(({ partyId }) => partyId !== by)?.partyId : view.me;
    const term: Term = {
      kind,
      by,
      ...(to ? { to } : {}),
      ...(kind === 'pay' ? { amount } : {}),
      ...(dueOn ? { dueOn } : {}),
      ...(words.trim() ? { words: words.trim() } : {}),
    };
    if (await run(() => makeOffer(code, { id, terms: [term] }))) close();
  };
  return (
    <form
      class="notice"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FormField id="offer-kind" label={t('dispute.what')}>
        {(tied) => (
          <select {...tied} value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`dispute.kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField id="offer-by" label={t('dispute.who')}>
        {(tied) => (
          <select {...tied} value={by} onChange={(event) => setBy(event.currentTarget.value)}>
            {view.sides.map(({ partyId }) => (
              <option key={partyId} value={partyId}>
                {name(partyId)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {kind === 'pay' ? (
        <FormField id="offer-amount" label={t('dispute.amount')} wrong={asked && missing ? t('misfit.missing') : undefined}>
          {(tied) => (
            <input {...tied} type="text" inputMode="decimal" value={yuan} onInput={(event) => setYuan(event.currentTarget.value)} />
          )}
        </FormField>
      ) : null}
      <FormField id="offer-due" label={t('dispute.by')}>
        {(tied) => <input {...tied} type="date" value={dueOn} onInput={(event) => setDueOn(event.currentTarget.value)} />}
      </FormField>
      <FormField id="offer-words" label={t('dispute.words')} wrong={asked && missing && kind !== 'pay' ? t('misfit.missing') : undefined}>
        {(tied) => <textarea {...tied} rows={2} maxLength={1000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
      </FormField>
      <Wrong problem={problem} />
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {t(busy ? 'form.sending' : 'form.send')}
        </button>
        <button type="button" onClick={close}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
};

/** The agreement to read; below it one signs it. */
const Agreement = ({ code, view, done }: PartProps) => {
  const { t } = useWords();
  const { text } = view;
  if (!text) return null;
  const signed = text.signatures.some(({ signer }) => signer === view.me);
  return (
    <section>
      <h2>{t('dispute.agreement')}</h2>
      <div class="notice words" lang="zh-CN">
        {text.lines.map((line, index) => (
          <p key={index}>{isHeading(line) ? <strong>{line}</strong> : line}</p>
        ))}
      </div>
      {signed ? <p role="status">✓ {t('dispute.signed')}</p> : null}
      {view.stage === 'drafted' && !signed ? <SignForm code={code} view={view} digest={text.digest} done={done} /> : null}
    </section>
  );
};

/** What is open when something was missed: to whom it was promised; whoever promised it reads what the other side may do. */
const Missed = ({ view }: Pick<PartProps, 'view'>) => {
  const { t, l } = useWords();
  const missed = view.obligations.filter((one) => one.missed);
  const mine = missed.some(({ term }) => term.by === view.me);
  const owedToMe = missed.some(({ term }) => term.by !== view.me && (term.to === undefined || term.to === view.me));
  if (!view.ways.length || (missed.length > 0 && !mine && !owedToMe)) return null;
  return (
    <div class="notice">
      {mine ? <p>{t('dispute.mineMissed')}</p> : null}
      <p>{t(mine && !owedToMe ? 'dispute.waysOfOther' : 'dispute.ways')}</p>
      <ul>
        {view.ways.map(({ label, article }) => (
          <li key={article}>
            {l(label)}
            <br />
            <small lang="zh-CN">{article}</small>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What is owed and was done. */
const Owed = ({ view }: PartProps) => {
  const { t } = useWords();
  if (!view.obligations.length) return null;
  return (
    <section>
      <h2>{t('dispute.owed')}</h2>
      <ol>
        {view.obligations.map(({ no, text, performedOn, missed }) => (
          <li key={no}>
            <span lang="zh-CN">{text}</span>{' '}
            {performedOn ? <strong>✓ {t('dispute.done')}</strong> : missed ? <strong>{t('dispute.missed')}</strong> : null}
          </li>
        ))}
      </ol>
      <Missed view={view} />
    </section>
  );
};
