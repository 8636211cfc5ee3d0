import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { organizationsQuery } from '../../../lib/directory.ts';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { postsQuery } from '../queries.ts';

interface BodyPickerProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
  readonly without?: string;
}

/** An open body, found by its name. */
export const BodyPicker = ({ id, label, hint, value, onChange, without }: BodyPickerProps) => {
  const { t, l } = useWords('administration');
  const { data: bodies = [], isLoading } = useQuery(organizationsQuery);
  return (
    <FormField id={id} label={label} hint={hint}>
      {(tied) => (
        <Select
          {...tied}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={isLoading}
          placeholder={t('form.pick')}
          value={value}
          onChange={(chosen?: string) => onChange(chosen)}
          options={bodies
            .filter((one) => one.kind !== 'service' && one.id !== without)
            .map((one) => ({ value: one.id, label: l(one.name) }))}
        />
      )}
    </FormField>
  );
};

interface PostPickerProps {
  readonly organizationId: string | undefined;
  readonly postId: string | undefined;
  readonly onChange: (organizationId: string | undefined, postId: string | undefined) => void;
}

/** A body, then one of its posts, with how many hold it. */
export const PostPicker = ({ organizationId, postId, onChange }: PostPickerProps) => {
  const { t, l } = useWords('administration');
  const { data: posts = [], isFetching } = useQuery(postsQuery({ ...(organizationId ? { organizationId } : {}) }));
  return (
    <>
      <BodyPicker id="post-body" label={t('admin.body')} value={organizationId} onChange={(id) => onChange(id, undefined)} />
      <FormField
        id="post"
        label={t('admin.post')}
        hint={organizationId && !isFetching && posts.length === 0 ? t('admin.noPosts') : undefined}
      >
        {(tied) => (
          <Select
            {...tied}
            disabled={!organizationId}
            loading={isFetching}
            placeholder={t('form.pick')}
            value={postId}
            onChange={(chosen?: string) => onChange(organizationId, chosen)}
            options={posts.map((one) => ({ value: one.id, label: t('admin.postHolders', { post: l(one.title), n: one.holders }) }))}
          />
        )}
      </FormField>
    </>
  );
};
