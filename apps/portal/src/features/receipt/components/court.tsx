import type { AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { applyOneself } from '../mutations.ts';

interface CourtProps {
  readonly code: string;
  readonly view: AgreementView;
  readonly done: (view: AgreementView) => void;
}

/** What a court said, or is to say, of the agreement; that the time to ask it is over matters only while something is owed. */
const TOLD = ['asked', 'accepted', 'prolonged', 'confirmed', 'refused', 'lapsed', 'suit'] as const;
type Told = (typeof TOLD)[number];
const toldOf = ({ stage, confirmation: { state } }: AgreementView): Told | undefined =>
  state === 'lapsed' && stage !== 'effective' ? undefined : TOLD.find((one) => one === state);

/** The court: until when it may be asked, what it made of the agreement, and what is open to each side and to others then. */
export const Court = ({ code, view, done }: CourtProps) => {
  const { t, l, language } = useWords();
  const { busy, wrong, said, run } = useDoing();
  const { confirmation } = view;
  const told = view.obligations.length ? toldOf(view) : undefined;
  const mayApply = view.obligations.length > 0 && view.stage === 'effective' && confirmation.state === 'open';
  const { others } = confirmation;
  if (!told && !mayApply && !others) return null;
  const all = view.sides.every(({ partyId }) => confirmation.applicants.includes(partyId));
  return (
    <section>
      <h2>{t('dispute.court')}</h2>
      {told ? <p>{t(`dispute.court.${told}`, { court: confirmation.court ?? t('dispute.theCourt') })}</p> : null}
      {mayApply ? (
        <>
          <p>{t('dispute.courtHint', { day: confirmation.until ? formatDay(confirmation.until, language) : '' })}</p>
          {confirmation.applicants.includes(view.me!) ? (
            <p role="status">✓ {t(all ? 'dispute.appliedAll' : 'dispute.applied')}</p>
          ) : (
            <button type="button" class="primary" disabled={busy} onClick={() => run(async () => done(await applyOneself(code)))}>
              {t('dispute.apply')}
            </button>
          )}
          <Outcome wrong={wrong} said={said} />
        </>
      ) : null}
      {others ? (
        <p>
          <small>{l(others.label)}</small>
          <br />
          <small lang="zh-CN">{others.article}</small>
        </p>
      ) : null}
    </section>
  );
};
