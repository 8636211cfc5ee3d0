import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { Alert, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { passToMediation } from '../mutations.ts';

const SIDES = ['reporter', 'other'] as const;

/**
 * A matter that turns out to be a quarrel is offered mediation: what is read to its reporter, and what of it goes along. Nothing is taken over from
 * the case by itself: the reporter says what is passed on. The case goes on by its own procedure, with a note that says no more than that.
 */
export const MediationDrawer = ({ view, close }: { view: CaseView; close: () => void }) => {
  const { t } = useWords('dispute');
  const client = useQueryClient();
  const { busy, problem, change } = useChange();
  const [id] = useState(uuidv7);
  const [kind, setKind] = useState<DisputeKind>('neighbour');
  const [areaId, setAreaId] = useState(view.areaId);
  const [facts, setFacts] = useState('');
  const [sides, setSides] = useState({ reporter: { name: '', phone: '' }, other: { name: '', phone: '' } });
  const [agreed, setAgreed] = useState(false);
  const missing = !facts.trim()
    ? t('toMediation.facts')
    : SIDES.some((side) => !sides[side].name.trim())
      ? t('dispute.name')
      : !areaId
        ? t('admin.area')
        : !agreed && t('toMediation.agreed');
  const run = async (): Promise<void> => {
    if (!areaId || !agreed) return;
    const parties = SIDES.map((side) => {
      const [name, phone] = [sides[side].name.trim(), sides[side].phone.trim()];
      return { name, ...(phone ? { phone } : {}) };
    });
    const told = { id, kind, areaId, facts: facts.trim(), parties, consented: true as const };
    if (!(await change((commandId) => passToMediation(view.id, { commandId, ...told })))) return;
    void client.invalidateQueries({ queryKey: keys.case(view.id) });
    close();
  };
  const field = (side: (typeof SIDES)[number], what: 'name' | 'phone') => (
    <FormField id={`to-mediation-${side}-${what}`} label={t(`dispute.${what}`)}>
      {(tied) => (
        <Input
          {...tied}
          autoComplete="off"
          maxLength={what === 'name' ? 80 : 40}
          value={sides[side][what]}
          onChange={(event) => setSides((now) => ({ ...now, [side]: { ...now[side], [what]: event.target.value } }))}
        />
      )}
    </FormField>
  );
  return (
    <RegisterDrawer
      title={t('toMediation.offer')}
      close={close}
      problem={problem}
      submit={{ label: t('toMediation.send'), busy, missing, run: () => void run() }}
    >
      <Alert type="info" className="field" title={t('toMediation.read')} description={t('toMediation.words')} />
      <FormField id="to-mediation-facts" label={t('toMediation.facts')} hint={t('toMediation.factsHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={5000}
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={facts}
            onChange={(event) => setFacts(event.target.value)}
          />
        )}
      </FormField>
      <FormField id="to-mediation-kind" label={t('dispute.kind')}>
        {(tied) => (
          <Select
            {...tied}
            value={kind}
            onChange={(chosen: DisputeKind) => setKind(chosen)}
            options={DISPUTE_KINDS.map((value) => ({ value, label: t(`dispute.kind.${value}`) }))}
          />
        )}
      </FormField>
      {view.areaId ? null : (
        <FormField id="to-mediation-area" label={t('admin.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('admin.area')} onChange={(path) => setAreaId(path.at(-1)?.id)} />}
        </FormField>
      )}
      {SIDES.map((side) => (
        <fieldset key={side} className="field">
          <legend>{t(`toMediation.${side}`)}</legend>
          {field(side, 'name')}
          {field(side, 'phone')}
        </fieldset>
      ))}
      <p>
        <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
          {t('toMediation.agreed')}
        </Checkbox>
      </p>
    </RegisterDrawer>
  );
};
