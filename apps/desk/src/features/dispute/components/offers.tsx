import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { isAccepted, termText } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementView, Offer, Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { conveyOffer, recordAnswer, recordOffer } from '../mutations.ts';
import { TermsFields } from './terms-fields.tsx';
import { useStep } from './use-step.tsx';

interface OffersProps {
  readonly view: AgreementView;
  readonly draft: (terms: readonly Term[]) => void;
}

/** What each side offers, beside each other: who said what, who was told, who agreed. */
export const Offers = ({ view, draft }: OffersProps) => {
  const { t, l, language, list } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [writing, setWriting] = useState<{ id: string; by: string; answersTo?: string; terms: readonly Term[] }>();
  const ids = view.sides.map(({ partyId }) => partyId);
  const name = (partyId: string): string => {
    const side = view.sides.find((one) => one.partyId === partyId);
    return side ? l(side.label) : '';
  };
  const letter = (partyId: string | undefined): string => view.sides.find((side) => side.partyId === partyId)?.letter ?? '';
  const open = ['mediating', 'cooling', 'drafted'].includes(view.stage);
  const begin = (answered?: Offer): void => {
    const by = answered ? ids.find((id) => id !== answered.by)! : ids[0]!;
    setWriting({ id: uuidv7(), by, ...(answered ? { answersTo: answered.id } : {}), terms: answered?.terms ?? [] });
  };
  const send = async (): Promise<void> => {
    if (writing?.terms.length && (await run(() => recordOffer(view.caseId, { ...writing, terms: [...writing.terms] }))))
      setWriting(undefined);
  };
  return (
    <section aria-label={t('agreement.offers')}>
      <p className="quiet">{t('agreement.offersHint')}</p>
      <div className="columns" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(20rem, 1fr))' }}>
        {view.sides.map(({ partyId, label: side }) => (
          <div className="card" key={partyId}>
            <h2>{t('agreement.offersOf', { side: l(side) })}</h2>
            {view.offers.every(({ by }) => by !== partyId) ? <p className="quiet">{t('agreement.noOffer')}</p> : null}
            {view.offers
              .filter(({ by }) => by === partyId)
              .map((offer) => (
                <article key={offer.id} className="field">
                  <div className="row">
                    <span className="quiet">{formatShort(offer.at, language)}</span>
                    {offer.answersTo ? <Mark>{t('agreement.counter')}</Mark> : null}
                    {offer.conveyed ? null : <Mark>{t('agreement.kept')}</Mark>}
                    {isAccepted(offer, ids) ? <Mark tone="good">{t('agreement.accepted')}</Mark> : null}
                    {offer.refused.length ? <Mark>{t('agreement.refusedBy', { sides: list(offer.refused.map(name)) })}</Mark> : null}
                  </div>
                  <ol>
                    {offer.terms.map((term, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place in the offer
                      <li key={index}>{termText(term, letter)}</li>
                    ))}
                  </ol>
                  {open ? (
                    <div className="row">
                      {offer.conveyed ? null : (
                        <Button size="small" disabled={busy} onClick={() => void run(() => conveyOffer(view.caseId, offer.id))}>
                          {t('agreement.convey')}
                        </Button>
                      )}
                      {ids
                        .filter((id) => id !== partyId)
                        .flatMap((id) =>
                          [true, false].map((accepts) => (
                            <Button
                              key={`${id} ${accepts}`}
                              size="small"
                              disabled={busy}
                              onClick={() => void run(() => recordAnswer(view.caseId, offer.id, { partyId: id, accepts }))}
                            >
                              {t(accepts ? 'agreement.sideAccepts' : 'agreement.sideRefuses', { side: name(id) })}
                            </Button>
                          )),
                        )}
                      <Button size="small" onClick={() => begin(offer)}>
                        {t('agreement.answerWith')}
                      </Button>
                      {view.stage === 'mediating' ? (
                        <Button size="small" type={isAccepted(offer, ids) ? 'primary' : 'default'} onClick={() => draft(offer.terms)}>
                          {t('agreement.draftFrom')}
                        </Button>
                      ) : null}
                    </div>
                  ) : null}
                </article>
              ))}
          </div>
        ))}
      </div>
      <Wrong problem={problem} />
      {writing ? (
        <div className="card">
          <h2>{t('agreement.newOffer')}</h2>
          <FormField id="offer-by" label={t('agreement.offeredBy')}>
            {(tied) => (
              <Select
                {...tied}
                value={writing.by}
                onChange={(by: string) => setWriting({ ...writing, by })}
                options={view.sides.map((side) => ({ value: side.partyId, label: l(side.label) }))}
              />
            )}
          </FormField>
          <TermsFields id="offer" sides={view.sides} terms={writing.terms} change={(terms) => setWriting({ ...writing, terms })} />
          <div className="row gap">
            <Button type="primary" loading={busy} disabled={writing.terms.length === 0} onClick={() => void send()}>
              {t('agreement.saveOffer')}
            </Button>
            <Button onClick={() => setWriting(undefined)}>{t('agreement.cancel')}</Button>
          </div>
        </div>
      ) : open ? (
        <Button onClick={() => begin()}>{t('agreement.newOffer')}</Button>
      ) : null}
    </section>
  );
};
