import type { DemandKind } from '@tongxin/domain/case/schema.ts';
import { useState } from 'preact/hooks';
import type { Page } from '../../app/router.tsx';
import { FormField } from '../../lib/form/field.tsx';
import { PhotoField } from '../../lib/form/photo-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { AreaList } from './components/area-list.tsx';
import { CategoryField } from './components/category-field.tsx';
import { ContactField } from './components/contact-field.tsx';
import { DangerNotice } from './components/danger-notice.tsx';
import { DraftForm } from './components/draft-form.tsx';
import { PlaceField } from './components/place-field.tsx';

const DEMANDS: readonly DemandKind[] = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'];

const Report = () => {
  const { t } = useWords();
  const [danger, setDanger] = useState<readonly string[]>();
  return (
    <DraftForm id="report" title={t('report.title')} submit={t('report.submit')}>
      {(draft, change, faults) => (
        <>
          <FormField
            id="text"
            label={t('report.text')}
            hint={t('report.textHint')}
            wrong={faults.includes('text') && !draft.text.trim() ? t('report.textMissing') : undefined}
          >
            {(tied) => (
              <textarea
                {...tied}
                maxLength={5000}
                required
                value={draft.text}
                onInput={(event) => change({ text: event.currentTarget.value })}
              />
            )}
          </FormField>
          <DangerNotice text={draft.text} ofCategory={danger} />
          <PhotoField legend={t('report.photos')} photos={draft.photos} onChange={(photos) => change({ photos })} />
          <PlaceField draft={draft} change={change} />
          <ContactField draft={draft} change={change} faults={faults} hint={t('report.contactHint')} />
          <details>
            <summary>{t('report.more')}</summary>
            <FormField id="demand" label={t('report.demandKind')}>
              {(tied) => (
                <select
                  {...tied}
                  value={draft.demandKind ?? ''}
                  onChange={(event) => change({ demandKind: (event.currentTarget.value || undefined) as DemandKind | undefined })}
                >
                  <option value="">{t('report.unsure')}</option>
                  {DEMANDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`demand.${kind}`)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <CategoryField
              value={draft.categoryId}
              onChange={(category) => {
                setDanger(category?.danger);
                change({ categoryId: category?.id });
              }}
            />
            <DangerNotice text="" ofCategory={danger} />
          </details>
        </>
      )}
    </DraftForm>
  );
};

const Letter = () => {
  const { t } = useWords();
  return (
    <DraftForm id="letter" title={t('letter.title')} submit={t('letter.submit')}>
      {(draft, change, faults) => (
        <>
          <p>{t('letter.intro')}</p>
          <fieldset>
            <legend>{t('letter.to')}</legend>
            <p class="hint">{t('letter.toHint')}</p>
            <AreaList deepest={1} facilities={false} onChange={(place) => change({ place })} />
          </fieldset>
          <FormField
            id="text"
            label={t('letter.text')}
            hint={t('letter.textHint')}
            wrong={faults.includes('text') && !draft.text.trim() ? t('letter.textMissing') : undefined}
          >
            {(tied) => (
              <textarea
                {...tied}
                rows={10}
                maxLength={9000}
                required
                value={draft.text}
                onInput={(event) => change({ text: event.currentTarget.value })}
              />
            )}
          </FormField>
          <DangerNotice text={draft.text} />
          <PhotoField legend={t('letter.files')} photos={draft.photos} onChange={(photos) => change({ photos })} />
          <ContactField draft={draft} change={change} faults={faults} hint={t('letter.contactHint')} />
        </>
      )}
    </DraftForm>
  );
};

export const pages: Page[] = [
  { path: '/report', draw: () => <Report /> },
  { path: '/letter/write', draw: () => <Letter /> },
];
