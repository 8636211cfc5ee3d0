import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { Button, Input, Modal } from 'antd';
import { useDeferredValue, useState } from 'react';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { Loaded } from '../load-state.tsx';
import { administration } from '../services.ts';

/** A small button beside an answer: finds an article of the knowledge base and hands over its words. */
export const InsertArticle = ({ label, insert }: { label: string; insert: (words: string) => void }) => {
  const { t, l } = useWords();
  const [open, setOpen] = useState(false);
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const query = useQuery({
    queryKey: keys.register('insertArticle', asked),
    enabled: open,
    queryFn: () => administration.articles({ ...(asked ? { q: asked } : {}), limit: 10 }),
  });
  return (
    <>
      <Button size="small" aria-label={t('knowledge.insertInto', { field: label })} onClick={() => setOpen(true)}>
        {t('knowledge.insert')}
      </Button>
      <Modal open={open} title={t('knowledge.insert')} footer={null} onCancel={() => setOpen(false)} width={640}>
        <FormField id="insert-article-q" label={t('knowledge.search')}>
          {(tied) => <Input {...tied} maxLength={200} value={q} onChange={(event) => setQ(event.target.value)} />}
        </FormField>
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p>{t('knowledge.none')}</p>
            ) : (
              <ul className="cards">
                {rows.map((article) => (
                  <li key={article.id}>
                    <strong>{article.title}</strong> <span className="quiet">{l(article.organization)}</span>
                    <p className="words">{article.body.length > 200 ? `${article.body.slice(0, 200)}……` : article.body}</p>
                    <Button
                      size="small"
                      aria-label={t('knowledge.useOf', { title: article.title })}
                      onClick={() => {
                        insert(article.body);
                        setOpen(false);
                      }}
                    >
                      {t('knowledge.use')}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Modal>
    </>
  );
};
