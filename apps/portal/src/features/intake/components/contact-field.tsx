import type { Draft, DraftFault } from '../../../lib/draft/draft.ts';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useLoad } from '../../../lib/load.tsx';
import { getChannels } from '../queries.ts';

interface ContactFieldProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly faults: readonly DraftFault[];
  readonly hint: string;
}

/** How to reach whoever reports: all of it optional. */
export const ContactField = ({ draft, change, faults, hint }: ContactFieldProps) => {
  const { t } = useWords();
  const { loaded } = useLoad(getChannels, []);
  const offered = loaded.state === 'ready' && loaded.data.sms;
  const wrong = faults.includes('phone')
    ? t('report.phoneUnfit')
    : faults.includes('callBack')
      ? t('report.callBackNeedsPhone')
      : undefined;
  return (
    <fieldset>
      <legend>{t('report.contact')}</legend>
      <p class="hint">{hint}</p>
      <FormField id="name" label={t('report.name')}>
        {(tied) => (
          <input
            {...tied}
            type="text"
            maxLength={80}
            autocomplete="name"
            value={draft.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField id="phone" label={t('report.phone')} wrong={wrong}>
        {(tied) => (
          <input
            {...tied}
            type="tel"
            maxLength={40}
            autocomplete="tel"
            value={draft.phone}
            onInput={(event) => change({ phone: event.currentTarget.value })}
          />
        )}
      </FormField>
      <Tick
        label={t('report.protected')}
        hint={t('report.protectedHint')}
        checked={draft.protected}
        onChange={(protected_) => change({ protected: protected_ })}
      />
      <Tick label={t('report.callBack')} checked={draft.callBackWanted} onChange={(callBackWanted) => change({ callBackWanted })} />
      {offered && draft.phone.trim() ? (
        <Tick
          label={t('report.notify')}
          hint={t('report.notifyHint')}
          checked={draft.notify ?? false}
          onChange={(notify) => change({ notify })}
        />
      ) : null}
      <Tick label={t('report.onBehalf')} checked={draft.onBehalf} onChange={(onBehalf) => change({ onBehalf })} />
      {draft.onBehalf ? (
        <>
          <FormField id="behalfOfName" label={t('report.behalfOfName')}>
            {(tied) => (
              <input
                {...tied}
                type="text"
                maxLength={80}
                autocomplete="off"
                value={draft.behalfOfName}
                onInput={(event) => change({ behalfOfName: event.currentTarget.value })}
              />
            )}
          </FormField>
          <FormField
            id="behalfOfPhone"
            label={t('report.behalfOfPhone')}
            wrong={faults.includes('behalfOfPhone') ? t('report.phoneUnfit') : undefined}
          >
            {(tied) => (
              <input
                {...tied}
                type="tel"
                maxLength={40}
                autocomplete="off"
                value={draft.behalfOfPhone}
                onInput={(event) => change({ behalfOfPhone: event.currentTarget.value })}
              />
            )}
          </FormField>
        </>
      ) : null}
    </fieldset>
  );
};
