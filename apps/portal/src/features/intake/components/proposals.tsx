import type { DemandKind } from '@tongxin/domain/case/schema.ts';
import { proposeCategories, proposeDemand } from '@tongxin/domain/category/rules.ts';
import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import { useMemo } from 'preact/hooks';
import type { Draft } from '../../../lib/draft/draft.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface ProposalsProps {
  readonly draft: Draft;
  readonly categories: readonly CategoryView[];
  readonly onCategory: (category: CategoryView) => void;
  readonly onDemand: (kind: DemandKind) => void;
}

/** What the words suggest, each with the words that did: one tap takes it, and nobody has to. */
export const Proposals = ({ draft, categories, onCategory, onDemand }: ProposalsProps) => {
  const { t, l } = useWords();
  const proposed = useMemo(() => proposeCategories(draft.text, categories), [draft.text, categories]);
  const demand = useMemo(() => proposeDemand(draft.text), [draft.text]);
  const kinds = draft.categoryId ? [] : proposed;
  const wish = draft.demandKind ? undefined : demand;
  if (!kinds.length && !wish) return <div role="status" />;
  return (
    <div class="proposals" role="status">
      <p class="hint">{t('propose.hint')}</p>
      <div class="row">
        {kinds.map(({ categoryId, because }) => {
          const category = categories.find(({ id }) => id === categoryId);
          return category ? (
            <button key={categoryId} type="button" onClick={() => onCategory(category)}>
              <span>
                {l(category.name)} <small>{t('propose.because', { words: because.join(t('propose.and')) })}</small>
              </span>
            </button>
          ) : null;
        })}
        {wish ? (
          <button type="button" onClick={() => onDemand(wish.kind)}>
            <span>
              {t(`demand.${wish.kind}`)} <small>{t('propose.because', { words: wish.because })}</small>
            </span>
          </button>
        ) : null}
      </div>
    </div>
  );
};
