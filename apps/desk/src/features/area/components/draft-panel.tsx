import { useQuery } from '@tanstack/react-query';
import type { Move, NetAreaView, RezoningPreview, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import { Alert, Button, Drawer, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords, type Words } from '../../../lib/i18n/i18n.tsx';
import { Failed } from '../../../lib/load-state.tsx';
import { rezoningQuery } from '../queries.ts';
import { PreviewView } from './preview-view.tsx';

interface DraftPanelProps {
  readonly steps: readonly RezoningStep[];
  readonly preview: RezoningPreview | undefined;
  readonly staying: readonly NetAreaView[];
  readonly nameOf: (areaId: string) => string;
  readonly onBack: () => void;
  readonly onClear: () => void;
  /** Throws what was refused. */
  readonly onApply: (decision: { moves: readonly Move[]; reason: string; documentNumber: string }) => Promise<void>;
}

const sentence = (step: RezoningStep, nameOf: (id: string) => string, list: Words['list']): string => {
  switch (step.do) {
    case 'create':
      return step.name.zh;
    case 'merge':
      return `${list(step.areaIds.map(nameOf))} → ${step.into.name.zh}`;
    case 'split':
      return `${nameOf(step.areaId)} → ${list(step.parts.map(({ name }) => name.zh))}`;
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
export const DraftPanel = ({ steps, preview, staying, nameOf, onBack, onClear, onApply }: DraftPanelProps) => {
  const { t, list } = useWords('area');
  const [open, setOpen] = useState(false);
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [reason, setReason] = useState('');
  const [documentNumber, setDocumentNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const owed =
    preview?.dependants.filter(({ id }) => !moves.some((move) => move.id === id && staying.some((area) => area.id === move.areaId))) ?? [];
  const apply = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const ids = new Set(preview?.dependants.map(({ id }) => id));
      await onApply({ moves: moves.filter(({ id }) => ids.has(id)), reason, documentNumber });
    } catch (refused) {
      setProblem(refused);
      setBusy(false);
    }
  };
  return (
    <section className="card" aria-labelledby="draft-title">
      <h2 id="draft-title">{t('areas.draft', { n: steps.length })}</h2>
      <p className="quiet">{t('areas.draftHint')}</p>
      <ol>
        {steps.slice(0, 50).map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added and taken away at the end
          <li key={i}>
            {t(`areas.task.${step.do === 'create' && step.kind === 'dedicatedGrid' ? 'dedicated' : step.do}`)}：
            {sentence(step, nameOf, list)}
          </li>
        ))}
        {steps.length > 50 ? <li>{t('areas.more', { n: steps.length - 50 })}</li> : null}
      </ol>
      <div className="row">
        <Button type="primary" disabled={!preview} onClick={() => setOpen(true)}>
          {t('areas.preview')}
        </Button>
        <Button onClick={onBack}>{t('areas.undoStep')}</Button>
        <Button onClick={onClear}>{t('areas.clear')}</Button>
      </div>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('areas.preview')} size={640}>
        {preview ? <PreviewView preview={preview} moves={moves} onMoves={setMoves} staying={staying} /> : null}
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
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </FormField>
          <FormField id="document-number" label={t('areas.documentNumber')} hint={t('areas.documentNumberHint')}>
            {(tied) => (
              <Input {...tied} maxLength={100} value={documentNumber} onChange={({ target }) => setDocumentNumber(target.value)} />
            )}
          </FormField>
          {owed.length > 0 ? <Alert type="info" showIcon title={t('areas.owed', { n: owed.length })} /> : null}
          {problem ? <Failed problem={problem} /> : null}
          <p>
            <Button type="primary" htmlType="submit" loading={busy} disabled={owed.length > 0 || reason.trim() === ''}>
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
  const { t } = useWords('area');
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
