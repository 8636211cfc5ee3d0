import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Me } from '@tongxin/client/shapes.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { isLocalVersion } from '@tongxin/domain/variant/schema.ts';
import { Button, Drawer, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { beginDraft } from '../mutations.ts';
import { versionsQuery } from '../queries.ts';

interface CopyDrawerProps {
  readonly procedure: Procedure;
  readonly me: Me;
  readonly close: () => void;
}

/** Begins a variant: for which area. The area of one's post stands there until another is chosen. */
export const CopyDrawer = ({ procedure, me, close }: CopyDrawerProps) => {
  const { t, l } = useWords('procedure');
  const navigate = useNavigate();
  const own = me.posts.find((post) => post.capabilities.includes('procedure.vary'));
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const words = useProcedureWords();
  const { data: versions = [] } = useQuery(versionsQuery);
  const base = procedure.extends?.version;
  const newest = Math.max(
    0,
    ...versions.filter((one) => one.id === procedure.id && !isLocalVersion(one.version)).map((one) => one.version),
  );
  const [on, setOn] = useState(base);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const areaId = path.at(-1)?.id ?? own?.areaId;
    if (!areaId) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const id = await beginDraft(procedure, areaId, on);
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
        {base !== undefined && newest > base ? (
          <fieldset className="field">
            <legend>{t('procedure.copyOn')}</legend>
            <Radio.Group
              value={on}
              onChange={(event) => setOn(event.target.value)}
              options={[base, newest].map((value) => ({ value, label: words.version(value) }))}
            />
            <p className="quiet">{t('procedure.copyOnHint')}</p>
          </fieldset>
        ) : null}
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('procedure.copyDo')}
        </Button>
      </form>
    </Drawer>
  );
};
