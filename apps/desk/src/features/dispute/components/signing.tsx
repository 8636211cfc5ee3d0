import { useQuery } from '@tanstack/react-query';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { isHeading } from '@tongxin/domain/dispute/agreement/rules.ts';
import { type AgreementView, MEDIATOR, SEAL } from '@tongxin/domain/dispute/agreement/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { reviseAgreement, signAgreement, takeEffect } from '../mutations.ts';
import { disputePapersQuery } from '../queries.ts';
import { Papers } from './papers.tsx';
import { useStep } from './use-step.tsx';

type Text = NonNullable<AgreementView['text']>;
interface SigningProps {
  readonly view: AgreementView;
  readonly text: Text;
}

/** The agreement as it is read and signed, and who has signed. Paper first: printed, read out, signed on each page, photographed back in. */
export const Signing = ({ view, text }: SigningProps) => {
  const { t, l, language } = useWords('dispute');
  const nameOf = (signer: string): string =>
    signer === MEDIATOR
      ? t('agreement.mediator')
      : signer === SEAL
        ? t('agreement.seal')
        : (view.sides.filter(({ partyId }) => partyId === signer).map(({ label }) => l(label))[0] ?? signer);
  return (
    <div className="columns">
      <section className="card" aria-label={t('agreement.text')}>
        <h2>{t('agreement.text')}</h2>
        {text.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the agreement
          <p key={index}>{isHeading(line) ? <strong>{line}</strong> : line}</p>
        ))}
        <p className="quiet">{t('agreement.digest', { digest: text.digest.slice(0, 16) })}</p>
      </section>
      <div>
        <section className="card" aria-label={t('agreement.signatures')}>
          <h2>{t('agreement.signatures')}</h2>
          <ul>
            {text.signatures.map(({ signer, way, provedBy, at }) => (
              <li key={signer}>
                ✓ {nameOf(signer)} <Mark>{t(`agreement.way.${provedBy ?? way}`)}</Mark>{' '}
                <span className="quiet">{formatShort(at, language)}</span>
              </li>
            ))}
            {text.missing.map((signer) => (
              <li key={signer}>
                {nameOf(signer)} <span className="quiet">{t('agreement.notSigned')}</span>
              </li>
            ))}
          </ul>
          {view.stage === 'drafted' ? <SignForm view={view} text={text} nameOf={nameOf} /> : null}
        </section>
        <Papers caseId={view.caseId} kinds={['agreement']} />
      </div>
    </div>
  );
};

const SignForm = ({ view, text, nameOf }: SigningProps & { nameOf: (signer: string) => string }) => {
  const { t } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const papers = useQuery(disputePapersQuery(view.caseId));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isRead, setRead] = useState(false);
  const [effectiveOn, setEffectiveOn] = useState(() => instantToLocalDate(new Date().toISOString()));
  const printed = papers.data?.issued.filter(({ kind, signed }) => kind === 'agreement' && signed.length).at(-1);
  const sign = async (): Promise<void> => {
    if (printed && (await run(() => signAgreement(view.caseId, printed.id, chosen)))) setChosen([]);
  };
  return (
    <>
      {text.missing.length ? (
        <fieldset className="field">
          <legend>{t('agreement.signedOnPaper')}</legend>
          {printed ? null : <p className="quiet">{t('agreement.photographFirst')}</p>}
          <Checkbox.Group
            value={[...chosen]}
            onChange={(values) => setChosen(values as string[])}
            options={text.missing.map((value) => ({ value, label: nameOf(value) }))}
          />
          <p>
            <Checkbox checked={isRead} onChange={(event) => setRead(event.target.checked)}>
              {t('agreement.readBack')}
            </Checkbox>
          </p>
          <Button loading={busy} disabled={!printed || !isRead || chosen.length === 0} onClick={() => void sign()}>
            {t('agreement.recordSigned')}
          </Button>
        </fieldset>
      ) : (
        <FormField id="effective" label={t('agreement.effectiveOn')}>
          {(tied) => <Input {...tied} type="date" value={effectiveOn} onChange={(event) => setEffectiveOn(event.target.value)} />}
        </FormField>
      )}
      <Wrong problem={problem} />
      <div className="row gap">
        {text.missing.length ? null : (
          <Button type="primary" loading={busy} onClick={() => void run(() => takeEffect(view.caseId, effectiveOn))}>
            {t('agreement.takeEffect')}
          </Button>
        )}
        <Button loading={busy} onClick={() => void run(() => reviseAgreement(view.caseId))}>
          {t('agreement.revise')}
        </Button>
      </div>
    </>
  );
};
