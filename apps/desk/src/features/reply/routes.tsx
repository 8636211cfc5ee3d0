import { useQuery } from '@tanstack/react-query';
import { PLACEHOLDERS, type ReplyTemplate } from '@tongxin/domain/reply/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { ExportButton } from '../../lib/export/export-button.tsx';
import { useCategoryOptions } from '../../lib/form/category-options.ts';
import { useWords, type Words } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { meQuery } from '../../lib/me.ts';
import { RegisterFiles } from '../../lib/register/register-head.tsx';
import { repliesQuery } from '../../lib/replies.ts';
import { TemplateDrawer } from './components/template-drawer.tsx';

/** 回复模板: what the reader's offices write often; kept by who may, read by all of them. */
export const RepliesPage = () => {
  const { t, l, language, list } = useWords('reply');
  const { data: me } = useQuery(meQuery);
  const [retired, setRetired] = useState(false);
  const query = useQuery(repliesQuery(retired));
  const names = new Map(useCategoryOptions().map(({ value, label }) => [value, label]));
  const [editing, setEditing] = useState<ReplyTemplate | 'new'>();
  const keeps = (me?.posts ?? []).filter(({ capabilities }) => capabilities.includes('reply.manage'));
  const posts = keeps.filter((post, index) => keeps.findIndex((one) => one.organizationId === post.organizationId) === index);
  const mayKeep = (organizationId: string): boolean => posts.some((post) => post.organizationId === organizationId);
  return (
    <>
      <h1>{t('reply.title')}</h1>
      <p className="quiet">{t('reply.about')}</p>
      <div className="row gap">
        {posts.length ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('reply.new')}
          </Button>
        ) : (
          <span className="quiet">{t('reply.onlyRead')}</span>
        )}
        {posts.length ? <RegisterFiles register="replyTemplates" /> : <ExportButton source="replyTemplates" />}
        <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
          {t('reply.withRetired')}
        </Checkbox>
      </div>
      <Loaded query={query}>
        {(templates) =>
          templates.length ? (
            <ul className="cards card">
              {templates.map((one) => (
                <li key={one.id}>
                  <div className="row">
                    <strong>{one.title}</strong>
                    {one.retired ? <Mark tone="warn">{t('reply.retired')}</Mark> : null}
                    <span className="quiet">
                      {one.categoryIds.length ? list(one.categoryIds.map((id) => names.get(id) ?? id)) : t('reply.allCategories')}
                      {' · '}
                      {t('reply.updated', { time: formatShort(one.updatedAt, language) })}
                    </span>
                    {mayKeep(one.organizationId) ? (
                      <Button size="small" aria-label={t('reply.editNamed', { title: one.title })} onClick={() => setEditing(one)}>
                        {t('reply.edit')}
                      </Button>
                    ) : null}
                  </div>
                  <p className="words">{one.text.replace(/\{(\w+)\}/gu, (whole, name: string) => placeholderName(t, name) ?? whole)}</p>
                  {(me?.posts ?? []).length > 1 ? (
                    <div className="quiet">
                      {l(me?.posts.find((post) => post.organizationId === one.organizationId)?.organization ?? { zh: '–' })}
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          ) : (
            <p className="card">{t('reply.none')}</p>
          )
        }
      </Loaded>
      {editing ? (
        <TemplateDrawer {...(editing === 'new' ? {} : { template: editing })} posts={posts} close={() => setEditing(undefined)} />
      ) : null}
    </>
  );
};

/** The name of what is filled in, as people call it. */
const placeholderName = (t: Words<'reply'>['t'], name: string): string | undefined => {
  const known = PLACEHOLDERS.find((one) => one === name);
  return known && `〔${t(`reply.placeholder.${known}`)}〕`;
};
