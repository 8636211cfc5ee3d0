import type { BodyForm as Form } from '@tongxin/client/administration.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';
import { ORGANIZATION_KINDS } from '@tongxin/domain/pack/schema.ts';
import { Checkbox, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { BodyPicker } from './post-picker.tsx';

const KINDS = ORGANIZATION_KINDS.filter((kind) => kind !== 'service');

interface BodyFormProps {
  /** Of a body there is: its row with the version it is changed from, and its area's name. */
  readonly body?: OrganizationView & { readonly version: number };
  readonly areaName?: string;
  readonly close: () => void;
  readonly below?: ReactNode;
}

/** A new body, or one that is changed. */
export const BodyForm = ({ body, areaName, close, below }: BodyFormProps) => {
  const { t, l, of } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => body?.id ?? uuidv7());
  const [form, setForm] = useState<Omit<Form, 'areaId'> & { areaId?: string }>(() =>
    body
      ? {
          kind: body.kind,
          name: body.name,
          areaId: body.areaId,
          respondent: body.respondent,
          ...(body.parentId ? { parentId: body.parentId } : {}),
          ...(body.mark ? { mark: body.mark } : {}),
        }
      : { kind: 'department', name: { zh: '' }, respondent: true },
  );
  const put = (part: Partial<typeof form>): void => setForm((now) => ({ ...now, ...part }));
  const missing = !form.name.zh.trim() ? t('admin.bodyName') : !form.areaId ? t('admin.area') : undefined;
  const run = async (): Promise<void> => {
    const { mark, parentId, areaId, ...rest } = form;
    const written: Form = { ...rest, areaId: areaId!, ...(mark ? { mark } : {}), ...(parentId ? { parentId } : {}) };
    const done = await change((commandId) =>
      body
        ? administration.changeBody(id, { commandId, version: body.version, ...written })
        : administration.makeBody({ commandId, id, ...written }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={body ? l(body.name) : t('admin.newBody')}
      close={close}
      problem={problem}
      below={below}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
    >
      <LabelFields id="body-name" label={t('admin.bodyName')} value={form.name} onChange={(name) => put({ name })} />
      <FormField id="body-kind" label={t('admin.bodyKind')}>
        {(tied) => (
          <Select
            {...tied}
            value={form.kind}
            onChange={(kind: string) => put({ kind })}
            options={KINDS.map((kind) => ({ value: kind, label: of('admin.kind', kind, kind) }))}
          />
        )}
      </FormField>
      <FormField id="body-area" label={t('admin.area')} hint={areaName ? t('admin.areaNow', { area: areaName }) : undefined}>
        {(tied) => (
          <AreaCascader
            dedicated
            id={tied.id}
            empty={t('form.pick')}
            onChange={(path) => put({ areaId: path.at(-1)?.id ?? body?.areaId })}
          />
        )}
      </FormField>
      <BodyPicker
        id="body-parent"
        label={t('admin.parent')}
        value={form.parentId}
        without={id}
        onChange={(parentId) => setForm(({ parentId: _was, ...rest }) => ({ ...rest, ...(parentId ? { parentId } : {}) }))}
      />
      <FormField id="body-mark" label={t('admin.mark')} hint={t('admin.markHint')}>
        {(tied) => (
          <Input {...tied} maxLength={20} value={form.mark ?? ''} onChange={(event) => put({ mark: event.target.value.trim() })} />
        )}
      </FormField>
      <div className="field">
        <Checkbox checked={form.respondent} onChange={(event) => put({ respondent: event.target.checked })}>
          {t('admin.respondent')}
        </Checkbox>
      </div>
    </RegisterDrawer>
  );
};
