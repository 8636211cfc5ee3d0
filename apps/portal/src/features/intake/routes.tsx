import type { DemandKind } from '@tongxin/domain/case/schema.ts';
import { answersTo, proposeCategories } from '@tongxin/domain/category/rules.ts';
import type { CategoryView, Question } from '@tongxin/domain/category/schema.ts';
import type { Page } from '../../app/router.tsx';
import { overOf } from '../../lib/draft/draft.ts';
import { FormField } from '../../lib/form/field.tsx';
import { PhotoField } from '../../lib/form/photo-field.tsx';
import { VoiceField } from '../../lib/form/voice-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { useLoad } from '../../lib/load.tsx';
import { AreaList } from './components/area-list.tsx';
import { CategoryField } from './components/category-field.tsx';
import { ContactField } from './components/contact-field.tsx';
import { DangerNotice } from './components/danger-notice.tsx';
import { DraftForm } from './components/draft-form.tsx';
import { Nearby } from './components/nearby.tsx';
import { OfficeField } from './components/office-field.tsx';
import { PlaceField } from './components/place-field.tsx';
import { Proposals } from './components/proposals.tsx';
import { Questions } from './components/questions.tsx';
import { listCategories } from './queries.ts';

const DEMANDS: readonly DemandKind[] = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'];

/** Until the list has come. */
const NONE: readonly CategoryView[] = [];
const NO_QUESTIONS: readonly Question[] = [];

const Report = () => {
  const { t, l } = useWords();
  const { loaded } = useLoad(listCategories, []);
  const categories = loaded.state === 'ready' ? loaded.data : NONE;
  return (
    <DraftForm id="report" title={t('report.title')} submit={t('report.submit')}>
      {(draft, change, faults) => {
        const category = categories.find(({ id }) => id === draft.categoryId);
        const proposed = proposeCategories(draft.text, categories)[0]?.categoryId;
        const choose = (chosen: CategoryView | undefined): void =>
          change({ categoryId: chosen?.id, answers: answersTo(chosen?.questions ?? []) });
        return (
          <>
            <FormField
              id="text"
              label={t('report.text')}
              hint={t('report.textHint')}
              wrong={
                faults.includes('text') && !draft.text.trim() && !draft.sound
                  ? t('report.textMissing')
                  : faults.includes('tooLong') && overOf(draft)
                    ? t('report.tooLong', { n: overOf(draft) })
                    : undefined
              }
            >
              {(tied) => (
                <textarea
                  {...tied}
                  maxLength={5000}
                  required={!draft.sound}
                  value={draft.text}
                  onInput={(event) => change({ text: event.currentTarget.value })}
                />
              )}
            </FormField>
            <VoiceField sound={draft.sound} onChange={(sound) => change({ sound })} />
            <DangerNotice text={draft.text} ofCategory={category?.danger} />
            <Proposals draft={draft} categories={categories} onCategory={choose} onDemand={(demandKind) => change({ demandKind })} />
            {category ? (
              <p class="row" role="status">
                <span>{t('propose.chosen', { name: l(category.name) })}</span>
                <button type="button" class="plain" onClick={() => choose(undefined)}>
                  {t('propose.drop')}
                </button>
              </p>
            ) : null}
            <Questions
              questions={category?.questions ?? NO_QUESTIONS}
              answers={draft.answers ?? []}
              wrong={faults.includes('answers')}
              onChange={(answers) => change({ answers })}
            />
            <PhotoField legend={t('report.photos')} photos={draft.photos} onChange={(photos) => change({ photos })} />
            <PlaceField draft={draft} change={change} />
            <Nearby point={draft.place.point} areaId={draft.place.areaId} categoryId={draft.categoryId ?? proposed} />
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
              <CategoryField all={categories} value={draft.categoryId} onChange={choose} />
              <DangerNotice text="" ofCategory={category?.danger} />
            </details>
          </>
        );
      }}
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
            <AreaList deepest={1} facilities={false} onChange={(place) => change({ place, officeId: undefined })} />
            <OfficeField areaId={draft.place.areaId} value={draft.officeId} onChange={(officeId) => change({ officeId })} />
          </fieldset>
          <FormField
            id="text"
            label={t('letter.text')}
            hint={t('letter.textHint')}
            wrong={
              faults.includes('text') && !draft.text.trim()
                ? t('letter.textMissing')
                : faults.includes('tooLong') && overOf(draft)
                  ? t('letter.tooLong', { n: overOf(draft) })
                  : undefined
            }
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
