import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { PostView } from '@tongxin/domain/organization/schema.ts';
import { APPOINTS } from '@tongxin/domain/post/policy.ts';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { postQuery, postsQuery, useRefresh } from '../queries.ts';

interface PostFormProps {
  readonly organizationId: string;
  readonly post?: PostView & { readonly version: number };
  readonly close: () => void;
}

const PostForm = ({ organizationId, post, close }: PostFormProps) => {
  const { t, of } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => post?.id ?? uuidv7());
  const [title, setTitle] = useState<Label>(post?.title ?? { zh: '' });
  const [role, setRole] = useState(post?.role);
  const [responsibility, setResponsibility] = useState(post?.responsibility as 1 | 2 | 3 | undefined);
  const missing = !title.zh.trim() ? t('admin.postTitle') : !role ? t('admin.roleOf') : undefined;
  const run = async (): Promise<void> => {
    const form = { title, ...(responsibility ? { responsibility } : {}) };
    const done = await change((commandId) =>
      post
        ? administration.changePost(id, { commandId, version: post.version, ...form })
        : administration.makePost({ commandId, id, organizationId, role: role!, ...form }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={post ? t('admin.changePost') : t('admin.newPost')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
    >
      <LabelFields id="post-title" label={t('admin.postTitle')} value={title} onChange={setTitle} />
      <FormField id="post-role" label={t('admin.roleOf')} hint={post ? t('admin.roleFixed') : t('admin.roleHint')}>
        {(tied) => (
          <Select
            {...tied}
            disabled={post !== undefined}
            placeholder={t('form.pick')}
            value={role}
            onChange={(chosen: string) => setRole(chosen)}
            options={APPOINTS.administrator.map((one) => ({ value: one, label: of('admin.role', one, one) }))}
          />
        )}
      </FormField>
      {role ? <p className="quiet">{of('admin.roleDoes', role, '')}</p> : null}
      <FormField id="post-rank" label={t('admin.rank')} hint={t('admin.rankHint')}>
        {(tied) => (
          <Select
            {...tied}
            allowClear
            placeholder={t('admin.noRank')}
            value={responsibility}
            onChange={(rank?: 1 | 2 | 3) => setResponsibility(rank)}
            options={([1, 2, 3] as const).map((rank) => ({ value: rank, label: t(`admin.rank${rank}`) }))}
          />
        )}
      </FormField>
    </RegisterDrawer>
  );
};

const ChangePost = ({ post, close }: { post: PostView; close: () => void }) => {
  const query = useQuery(postQuery(post.id));
  return <Loaded query={query}>{(row) => <PostForm organizationId={row.organizationId} post={row} close={close} />}</Loaded>;
};

/** The posts of a body: made, renamed, ended when nobody holds them. */
export const BodyPosts = ({ organizationId }: { organizationId: string }) => {
  const { t, l, of } = useWords('administration');
  const refresh = useRefresh();
  const query = useQuery(postsQuery({ organizationId }));
  const { busy, problem, change } = useChange();
  const [open, setOpen] = useState<PostView | 'new'>();
  const end = async (post: PostView): Promise<void> => {
    if (await change((commandId) => administration.endPost(post.id, { commandId }))) void refresh();
  };
  return (
    <section aria-label={t('admin.posts')}>
      <h2>{t('admin.posts')}</h2>
      <Loaded query={query}>
        {(posts) =>
          posts.length ? (
            <ul className="cards card">
              {posts.map((post) => (
                <li key={post.id}>
                  <strong>{l(post.title)}</strong>
                  <div className="quiet">
                    {of('admin.role', post.role, t('admin.roleOther'))}
                    {post.responsibility ? ` · ${t(`admin.rank${post.responsibility as 1 | 2 | 3}`)}` : ''} ·{' '}
                    {t('admin.holders', { n: post.holders })}
                  </div>
                  <div className="row">
                    <Button size="small" aria-label={t('admin.changeOf', { name: l(post.title) })} onClick={() => setOpen(post)}>
                      {t('admin.change')}
                    </Button>
                    {post.holders === 0 ? (
                      <Popconfirm
                        title={t('admin.endPostSure')}
                        okText={t('admin.endPost')}
                        cancelText={t('form.cancel')}
                        onConfirm={() => void end(post)}
                      >
                        <Button size="small" danger loading={busy}>
                          {t('admin.endPost')}
                        </Button>
                      </Popconfirm>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('admin.noPosts')}</p>
          )
        }
      </Loaded>
      {problem ? <Failed problem={problem} /> : null}
      <Button onClick={() => setOpen('new')}>{t('admin.newPost')}</Button>
      {open === 'new' ? <PostForm organizationId={organizationId} close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <ChangePost post={open} close={() => setOpen(undefined)} /> : null}
    </section>
  );
};
