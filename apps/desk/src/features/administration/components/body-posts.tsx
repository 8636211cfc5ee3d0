import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import { APPOINTS } from '@tongxin/domain/post/policy.ts';
import { Button, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { postQuery, postsQuery, useRefresh } from '../queries.ts';
import { AreaName, useAreaName } from './area-name.tsx';

interface PostFormProps {
  readonly body: Pick<OrganizationView, 'id' | 'areaId'>;
  readonly post?: PostView & { readonly version: number };
  readonly close: () => void;
}

const PostForm = ({ body, post, close }: PostFormProps) => {
  const { t, of } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => post?.id ?? uuidv7());
  const [title, setTitle] = useState<Label>(post?.title ?? { zh: '' });
  const [role, setRole] = useState(post?.role);
  const [responsibility, setResponsibility] = useState(post?.responsibility as 1 | 2 | 3 | undefined);
  const [area, setArea] = useState<readonly AreaView[]>([]);
  const ownArea = useAreaName(post?.areaId ?? body.areaId);
  const areaId = area.at(-1)?.id;
  const missing = !title.zh.trim() ? t('admin.postTitle') : !role ? t('admin.roleOf') : undefined;
  const run = async (): Promise<void> => {
    const form = { title, ...(responsibility ? { responsibility } : {}) };
    const done = await change((commandId) =>
      post
        ? administration.changePost(id, { commandId, version: post.version, ...form })
        : administration.makePost({ commandId, id, organizationId: body.id, role: role!, ...(areaId ? { areaId } : {}), ...form }),
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
      <FormField
        id="post-area"
        label={t('admin.postArea')}
        hint={post ? t('admin.postAreaFixed') : t('admin.postAreaHint', { area: ownArea })}
      >
        {(tied) =>
          post ? (
            <Input {...tied} disabled value={ownArea} />
          ) : (
            <AreaCascader dedicated id={tied.id} below={body.areaId} empty={ownArea} value={area.map((one) => one.id)} onChange={setArea} />
          )
        }
      </FormField>
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

const ChangePost = ({ body, post, close }: Omit<PostFormProps, 'post'> & { post: PostView }) => {
  const query = useQuery(postQuery(post.id));
  return <Loaded query={query}>{(row) => <PostForm body={body} post={row} close={close} />}</Loaded>;
};

/** The posts of a body: made, renamed, ended when nobody holds them. */
export const BodyPosts = ({ body }: { body: Pick<OrganizationView, 'id' | 'areaId'> }) => {
  const { t, l, of } = useWords('administration');
  const refresh = useRefresh();
  const query = useQuery(postsQuery({ organizationId: body.id }));
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
                    {of('admin.role', post.role, t('admin.roleOther'))} · <AreaName id={post.areaId} />
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
      {open === 'new' ? <PostForm body={body} close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <ChangePost body={body} post={open} close={() => setOpen(undefined)} /> : null}
    </section>
  );
};
