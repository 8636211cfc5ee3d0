import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ArticleView } from '@tongxin/domain/knowledge/view.ts';
import { Button, Input } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import { categoriesQuery } from '../../../lib/directory.ts';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import type { LogDraft } from '../../../lib/intake/log-draft.ts';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { usePost } from '../../../lib/post.ts';
import { articlesQuery, catalogueQuery, toldQuery } from '../queries.ts';

/** What stands still for so long is asked about; nobody waits for it. */
const ASK_AFTER_MS = 600;
const useSettled = <T,>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const later = setTimeout(() => setSettled(value), ASK_AFTER_MS);
    return () => clearTimeout(later);
  }, [value]);
  return settled;
};

/** The knowledge base beside the call: an article is read out, or becomes the answer. */
export const Knowledge = ({ use }: { use: (article: ArticleView) => void }) => {
  const { t, l } = useWords('hotline');
  const [q, setQ] = useState('');
  const query = useQuery(articlesQuery(useDeferredValue(q.trim())));
  return (
    <section className="card" aria-labelledby="knowledge">
      <h2 id="knowledge">{t('hotline.knowledge')}</h2>
      <FormField id="knowledge-q" label={t('knowledge.search')}>
        {(tied) => (
          <Input
            {...tied}
            aria-keyshortcuts="F4"
            suffix={<kbd>F4</kbd>}
            maxLength={200}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        )}
      </FormField>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length ? (
            <ul className="cards">
              {rows.map((article) => (
                <li key={article.id}>
                  <details>
                    <summary>
                      <strong>{article.title}</strong> <span className="quiet">{l(article.organization)}</span>
                    </summary>
                    <p className="words">{article.body}</p>
                  </details>
                  <Button size="small" aria-label={t('hotline.answerWith', { title: article.title })} onClick={() => use(article)}>
                    {t('hotline.useAnswer')}
                  </Button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('knowledge.none')}</p>
          )
        }
      </Loaded>
    </section>
  );
};

/** Who answers for it by the lists, and by when: as soon as category and place are known. */
export const Catalogue = ({ draft }: { draft: LogDraft }) => {
  const { t, l, of } = useWords('hotline');
  const { data: categories = [] } = useQuery(categoriesQuery);
  const areaId = draft.path.at(-1)?.id;
  const { data } = useQuery(catalogueQuery(areaId, draft.categoryId));
  const limit = categories.find(({ id }) => id === draft.categoryId)?.limit;
  return (
    <section className="card" aria-labelledby="catalogue" aria-live="polite">
      <h2 id="catalogue">{t('hotline.catalogue')}</h2>
      {draft.categoryId ? null : <p className="quiet">{t('hotline.catalogueHint')}</p>}
      {limit ? <p>{t('clock.limit', { n: limit.amount, unit: of('unit', limit.unit, '') })}</p> : null}
      {draft.categoryId && !areaId ? <p className="quiet">{t('hotline.chooseArea')}</p> : null}
      {data ? (
        data.suggested.length ? (
          <ul className="cards">
            {data.suggested.map((one) => (
              <li key={one.organizationId} className="row">
                <strong>{l(one.label)}</strong>
                <span className="quiet">{t('hotline.clause', { clause: one.clause })}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="quiet">{t('hotline.noBody')}</p>
        )
      ) : null}
    </section>
  );
};

/** What stands there already, while it is typed: the caller may only want to hear of it. */
export const Alike = ({ draft }: { draft: LogDraft }) => {
  const { t, l } = useWords('hotline');
  const text = useSettled(draft.text.trim());
  const areaId = draft.path.at(-1)?.id;
  const postId = usePost();
  const { data = [] } = useQuery(
    toldQuery({
      ...(text.length > 3 ? { text } : {}),
      ...(areaId ? { areaId } : {}),
      ...(draft.categoryId ? { categoryId: draft.categoryId } : {}),
      ...(postId ? { postId } : {}),
    }),
  );
  const open = data.filter(({ ended }) => !ended);
  return (
    <section className="card" aria-labelledby="alike" aria-live="polite">
      <h2 id="alike">{t('hotline.alike')}</h2>
      {open.length ? (
        <ul className="cards">
          {open.slice(0, 5).map((one) => (
            <li key={one.id}>
              <div className="row">
                <Link to="/cases/$id" params={{ id: one.id }} target="_blank">
                  {one.title || one.number}
                </Link>
                <Mark tone="good">{l(one.stageLabel)}</Mark>
              </div>
              <div className="quiet">
                {one.number}
                {one.leadOrganizationLabel ? ` · ${l(one.leadOrganizationLabel)}` : ''}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">{t('hotline.noneAlike')}</p>
      )}
    </section>
  );
};
