import { useNavigate } from '@tanstack/react-router';
import type { Me } from '@tongxin/client/shapes.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { Alert, Button, Drawer } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { beginDraft } from '../mutations.ts';

interface CopyDrawerProps {
  readonly procedure: Procedure;
  readonly me: Me;
  readonly close: () => void;
}

/** Begins a variant: for which area. The area of one's post stands there until another is chosen. */
export const CopyDrawer = ({ procedure, me, close }: CopyDrawerProps) => {
  const { t, l, why } = useWords();
  const navigate = useNavigate();
  const own = me.posts.find((post) => post.capabilities.includes('procedure.vary'));
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const areaId = path.at(-1)?.id ?? own?.areaId;
    if (!areaId) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const id = await beginDraft(procedure, areaId);
      await navigate({ to: '/procedures/drafts/$draftId', params: { draftId: id } });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <Drawer open title={t('procedure.copy')} onClose={close} size={480} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <form onSubmit={(event) => void begin(event)} noValidate aria-label={t('procedure.copy')}>
        <FormField id="copy-area" label={t('procedure.useArea')} hint={t('procedure.copyHint')}>
          {(tied) => (
            <AreaCascader id={tied.id} empty={own ? l(own.area) : t('form.pick')} value={path.map(({ id }) => id)} onChange={setPath} />
          )}
        </FormField>
        {problem ? <Alert role="alert" type="error" showIcon title={why(problem)} className="field" /> : null}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('procedure.copyDo')}
        </Button>
      </form>
    </Drawer>
  );
};
