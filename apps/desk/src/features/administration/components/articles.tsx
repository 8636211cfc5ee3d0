import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { ArticleView } from '@tongxin/domain/knowledge/view.ts';
import { formatInstant, localDate } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, Popconfirm, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { plus, useDays } from '../../../lib/days.ts';
import { categoriesQuery } from '../../../lib/directory.ts';
import { FoundDraft, useFormDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { useChange } from '../../../lib/register/change.ts';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { RegisterTable } from '../../../lib/register/register-table.tsx';
import { administration } from '../../../lib/services.ts';
import { articlesQuery, useRefresh } from '../queries.ts';
import { BodyPicker } from './post-picker.tsx';

/** Earlier versions of an article, each whole. */
const Versions = ({ id }: { id: string }) => {
  const { t, language } = useWords('administration');
  const query = useQuery({ queryKey: keys.register('articleVersions', id), queryFn: () => administration.articleVersions(id) });
  return (
    <section aria-label={t('admin.versions')}>
      <h2>{t('admin.versions')}</h2>
      <Loaded query={query}>
        {(versions) => (
          <ul className="cards card">
            {versions.map((one) => (
              <li key={one.version}>
                <strong>
                  {t('admin.versionOf', { version: one.version })} {one.title}
                </strong>{' '}
                <span className="quiet">
                  {formatInstant(one.writtenAt, language)} {one.withdrawn ? t('admin.withdrawn') : ''}
                </span>
                <p className="words">{one.body}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
};

/** An article: new, changed, or only read where it is another body's. */
const Article = ({ article, close }: { article?: ArticleView; close: () => void }) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const { data: me } = useQuery(meQuery);
  const own = me?.posts.find((post) => post.capabilities.includes('knowledge.manage') && !mayDo(me, 'organization.manage'));
  const { data: categories = [] } = useQuery(categoriesQuery);
  const [id] = useState(() => article?.id ?? uuidv7());
  const [organizationId, setOrganizationId] = useState(article?.organizationId ?? own?.organizationId);
  const [title, setTitle] = useState(article?.title ?? '');
  const [body, setBody] = useState(article?.body ?? '');
  const [categoryIds, setCategoryIds] = useState<string[]>(article?.categoryIds ?? []);
  const [from, setFrom] = useState(article?.from ?? localDate(Date.now()));
  const [last, setLast] = useState(article?.to ? plus(article.to, -1) : '');
  const written = { organizationId, title, body, categoryIds, from, last };
  const { found, forget } = useFormDraft(article ? `article/${id}/${article.version}` : 'article', written, (kept) => {
    setOrganizationId(kept.organizationId);
    setTitle(kept.title);
    setBody(kept.body);
    setCategoryIds(kept.categoryIds);
    setFrom(kept.from);
    setLast(kept.last);
  });
  const missing = !title.trim()
    ? t('admin.articleTitle')
    : !body.trim()
      ? t('admin.articleBody')
      : !organizationId
        ? t('admin.body')
        : undefined;
  const send = async (withdraw: boolean): Promise<void> => {
    const form = { organizationId: organizationId!, title, body, categoryIds, from, ...(last ? { to: plus(last, 1) } : {}) };
    const done = await change((commandId) =>
      article
        ? administration.changeArticle(id, { commandId, version: article.version, withdraw, ...form })
        : administration.makeArticle({ commandId, id, ...form }),
    );
    if (!done) return;
    await forget();
    void refresh();
    close();
  };
  if (article && !article.mayChange)
    return (
      <RegisterDrawer title={article.title} close={close} below={<Versions id={article.id} />}>
        <p className="quiet">{l(article.organization)}</p>
        <p className="words">{article.body}</p>
      </RegisterDrawer>
    );
  return (
    <RegisterDrawer
      title={article ? article.title : t('admin.newArticle')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void send(false) }}
      {...(article ? { below: <Versions id={article.id} /> } : {})}
    >
      <FoundDraft found={found} drop={() => void forget().then(close)} />
      <FormField id="article-title" label={t('admin.articleTitle')} hint={t('admin.articleTitleHint')}>
        {(tied) => <Input {...tied} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </FormField>
      <FormField id="article-body" label={t('admin.articleBody')} hint={t('admin.articleBodyHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            autoSize={{ minRows: 6, maxRows: 20 }}
            maxLength={20_000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </FormField>
      <FormField id="article-categories" label={t('admin.categories')}>
        {(tied) => (
          <Select
            {...tied}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('form.pick')}
            value={categoryIds}
            onChange={setCategoryIds}
            options={categories.map((one) => ({ value: one.id, label: l(one.name) }))}
          />
        )}
      </FormField>
      {own ? (
        <p>{l(own.organization)}</p>
      ) : (
        <BodyPicker id="article-owner" label={t('admin.ownerBody')} value={organizationId} onChange={setOrganizationId} />
      )}
      <DayField id="article-from" label={t('admin.from')} value={from} onChange={setFrom} />
      <DayField id="article-last" label={t('admin.last')} hint={t('admin.lastHint')} value={last} onChange={setLast} />
      {article && !article.withdrawn ? (
        <div className="field">
          <Popconfirm
            title={t('admin.withdrawSure')}
            okText={t('admin.withdraw')}
            cancelText={t('form.cancel')}
            onConfirm={() => void send(true)}
          >
            <Button danger>{t('admin.withdraw')}</Button>
          </Popconfirm>
        </div>
      ) : null}
    </RegisterDrawer>
  );
};

/** The knowledge base: what is answered to common questions, by whom, and how long it holds. */
export const Articles = () => {
  const { t, l } = useWords('administration');
  const days = useDays();
  const [q, setQ] = useState('');
  const [past, setPast] = useState(false);
  const asked = useDeferredValue(q.trim());
  const query = useInfiniteQuery(articlesQuery({ ...(asked ? { q: asked } : {}), ...(past ? { past } : {}) }));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const [open, setOpen] = useState<ArticleView | 'new'>();
  return (
    <>
      <RegisterHead
        title={t('admin.articles')}
        help={t('admin.articlesHelp')}
        files="articles"
        add={{ label: t('admin.newArticle'), run: () => setOpen('new') }}
      >
        <FormField id="articles-q" label={t('admin.searchArticles')}>
          {(tied) => <Input {...tied} value={q} maxLength={200} onChange={(event) => setQ(event.target.value)} />}
        </FormField>
        <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
          {t('admin.alsoPastArticles')}
        </Checkbox>
      </RegisterHead>
      <Loaded query={query}>
        {() => (
          <RegisterTable<ArticleView>
            label={t('admin.articles')}
            rows={rows}
            idOf={(row) => row.id}
            empty={t('admin.noArticles')}
            columns={[
              { id: 'title', title: t('admin.articleTitle'), show: (row) => row.title },
              { id: 'body', title: t('admin.ownerBody'), show: (row) => l(row.organization) },
              { id: 'days', title: t('admin.holds'), show: days },
              {
                id: 'version',
                title: t('admin.version'),
                show: (row) => `${row.version}${row.withdrawn ? ` ${t('admin.withdrawn')}` : ''}`,
              },
            ]}
            actions={(row) => (
              <Button size="small" aria-label={t('admin.openOf', { name: row.title })} onClick={() => setOpen(row)}>
                {t('admin.open')}
              </Button>
            )}
            {...(query.hasNextPage ? { more: { busy: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } } : {})}
          />
        )}
      </Loaded>
      {open === 'new' ? <Article close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <Article article={open} close={() => setOpen(undefined)} /> : null}
    </>
  );
};
