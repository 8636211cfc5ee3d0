import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button, Checkbox, Input } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

export interface WrittenParty {
  /** Of the form only. */
  readonly key: string;
  readonly name: string;
  readonly phone: string;
  /** Says yes on the spot, where all sides are asked. */
  readonly agrees: boolean;
}
const MOST = 10;

export const blankParty = (): WrittenParty => ({ key: uuidv7(), name: '', phone: '', agrees: false });

interface PartyFieldsProps {
  readonly parties: readonly WrittenParty[];
  readonly change: (parties: readonly WrittenParty[]) => void;
  /** Whether all sides are asked first. */
  readonly asks: boolean;
  readonly wrong?: string | undefined;
}

/** Both sides of a quarrel, and whoever else is in it. Names are sealed; whoever reads them later says why. */
export const PartyFields = ({ parties, change, asks, wrong }: PartyFieldsProps) => {
  const { t } = useWords('dispute');
  const set = (index: number, more: Partial<WrittenParty>): void =>
    change(parties.map((party, i) => (i === index ? { ...party, ...more } : party)));
  return (
    <>
      <h2>{t('dispute.parties')}</h2>
      <p className="quiet">{t('dispute.partiesHint')}</p>
      {parties.map((party, index) => (
        <fieldset className="field" key={party.key}>
          <legend>{t('dispute.party', { n: index + 1 })}</legend>
          <FormField id={`party-name-${index}`} label={t('dispute.name')} {...(wrong && party.name.trim() === '' ? { wrong } : {})}>
            {(tied) => (
              <Input
                {...tied}
                autoComplete="off"
                maxLength={80}
                value={party.name}
                onChange={(event) => set(index, { name: event.target.value })}
              />
            )}
          </FormField>
          <FormField id={`party-phone-${index}`} label={t('dispute.phone')}>
            {(tied) => (
              <Input
                {...tied}
                autoComplete="off"
                inputMode="tel"
                maxLength={40}
                value={party.phone}
                onChange={(event) => set(index, { phone: event.target.value })}
              />
            )}
          </FormField>
          {asks ? (
            <div className="field">
              <Checkbox checked={party.agrees} onChange={(event) => set(index, { agrees: event.target.checked })}>
                {t('consent.here')}
              </Checkbox>
            </div>
          ) : null}
          {parties.length > 2 ? (
            <Button size="small" onClick={() => change(parties.filter((_, i) => i !== index))}>
              {t('dispute.removeParty', { n: index + 1 })}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {parties.length < MOST ? <Button onClick={() => change([...parties, blankParty()])}>{t('dispute.addParty')}</Button> : null}
    </>
  );
};
