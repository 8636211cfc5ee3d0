import { useQuery } from '@tanstack/react-query';
import type { NetAreaView, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert, Button, Drawer, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { rezoningQuery } from '../queries.ts';
import { PreviewView } from './preview-view.tsx';
import type { useRezoningDraft } from './use-rezoning-draft.tsx';

interface DraftPanelProps {
  readonly made: ReturnType<typeof useRezoningDraft>;
  readonly staying: readonly NetAreaView[];
  readonly nameOf: (areaId: string) => string;
}

const sentence = (step: RezoningStep, nameOf: (id: string) => string): string => {
  switch (step.do) {
    case 'create':
      return step.name.zh;
    case 'merge':
      return `${step.areaIds.map(nameOf).join('、')} → ${step.into.name.zh}`;
    case 'split':
      return `${nameOf(step.areaId)} → ${step.parts.map(({ name }) => name.zh).join('、')}`;
    case 'renumber':
      return `${nameOf(step.areaId)} → ${step.code}`;
    case 'rename':
      return `${nameOf(step.areaId)} → ${step.name.zh}`;
    case 'hang':
      return `${nameOf(step.areaId)} → ${nameOf(step.parentId)}`;
    default:
      return nameOf(step.areaId);
  }
};

/** Steps that are prepared and not done: what they would move, and the decision by which they are done all together. */
export const DraftPanel = ({ made, staying, nameOf }: DraftPanelProps) => {
  const { t, of } = useWords();
  const { preview, found, changed, back, clear, decide } = made;
  const { id, steps, moves, reason, documentNumber } = made.draft;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ readonly id: string | undefined; readonly problem: unknown }>();
  const { data } = preview;
  const owed =
    data?.dependants.filter((one) => !moves.some((move) => move.id === one.id && staying.some((area) => area.id === move.areaId))) ?? [];
  const apply = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      const ids = new Set(data?.dependants.map((one) => one.id));
      await made.apply(moves.filter((move) => ids.has(move.id)));
    } catch (problem) {
      setRefused({ id, problem });
    } finally {
      setBusy(false);
    }
  };
  const told = changed ? <Alert role="status" type="warning" showIcon title={t('areas.changedMeanwhile')} /> : null;
  return (
    <section className="card" aria-labelledby="draft-title">
      <h2 id="draft-title">{t('areas.draft', { n: steps.length })}</h2>
      <FoundDraft found={found} drop={clear} />
      <p className="quiet">{t('areas.draftHint')}</p>
      {open ? null : told}
      {preview.error ? (
        <>
          <Failed problem={preview.error} again={() => void preview.refetch()} />
          <p className="quiet">{t('areas.stepsRefused')}</p>
        </>
      ) : null}
      <ol>
        {steps.slice(0, 50).map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added and taken away at the end
          <li key={i}>
            {step.do === 'create' ? t('areas.newOf', { kind: of('areas.kind', step.kind, '') }) : t(`areas.task.${step.do}`)}：
            {sentence(step, nameOf)}
          </li>
        ))}
        {steps.length > 50 ? <li>{t('areas.more', { n: steps.length - 50 })}</li> : null}
      </ol>
      <div className="row">
        <Button type="primary" disabled={!data} onClick={() => setOpen(true)}>
          {t('areas.preview')}
        </Button>
        <Button onClick={back}>{t('areas.undoStep')}</Button>
        <Button onClick={clear}>{t('areas.clear')}</Button>
      </div>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('areas.preview')} size={640}>
        {told}
        <Loaded query={preview}>
          {(shown) => <PreviewView preview={shown} moves={moves} onMoves={(next) => decide({ moves: next })} staying={staying} />}
        </Loaded>
        <form onSubmit={(event) => void apply(event)}>
          <h3>{t('areas.decision')}</h3>
          <FormField id="reason" label={t('areas.reason')}>
            {(tied) => (
              <Input.TextArea
                {...tied}
                required
                rows={2}
                maxLength={500}
                value={reason}
                onChange={({ target }) => decide({ reason: target.value })}
              />
            )}
          </FormField>
          <FormField id="document-number" label={t('areas.documentNumber')} hint={t('areas.documentNumberHint')}>
            {(tied) => (
              <Input {...tied} maxLength={100} value={documentNumber} onChange={({ target }) => decide({ documentNumber: target.value })} />
            )}
          </FormField>
          {owed.length > 0 ? <Alert type="info" showIcon title={t('areas.owed', { n: owed.length })} /> : null}
          {refused && refused.id === id ? <Failed problem={refused.problem} /> : null}
          <p>
            <Button type="primary" htmlType="submit" loading={busy} disabled={!data || owed.length > 0 || reason.trim() === ''}>
              {t('areas.apply')}
            </Button>
          </p>
        </form>
      </Drawer>
    </section>
  );
};

/** How far the placing of open cases is, after a re-zoning. */
export const Progress = ({ id }: { id: string }) => {
  const { t } = useWords();
  const { data } = useQuery(rezoningQuery(id));
  if (!data) return null;
  return (
    <Alert
      role="status"
      type={data.settled ? 'success' : 'info'}
      showIcon
      title={t(data.settled ? 'areas.settled' : 'areas.placing', { n: data.placed })}
    />
  );
};
