import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import type { ProcedureDraft } from '@tongxin/client/shapes.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Finding } from '@tongxin/domain/soundness/schema.ts';
import { changeBetween, varied } from '@tongxin/domain/variant/rules.ts';
import { FIRST_LOCAL_VERSION, type VariantChange } from '@tongxin/domain/variant/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert, Button, Popconfirm } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { ProcedureDiagram } from '../../../lib/procedure/procedure-diagram.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { useSoundness } from '../../../lib/soundness/soundness.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { dropProcedureDraft, keepApart, putProcedureDraft } from '../mutations.ts';
import { CheckPanel } from './check-panel.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { EditPart } from './edit-part.tsx';
import { PublishDrawer } from './publish-drawer.tsx';

const SAVE_AFTER_MS = 800;

/** Keeps a change on the server as it is written: one saving at a time, each against the version that was seen. */
const useSaving = (draft: ProcedureDraft, change: VariantChange, fits: boolean) => {
  const [saved, setSaved] = useState({ version: draft.version, change: draft.change, at: draft.updatedAt });
  const [problem, setProblem] = useState<unknown>();
  /** What could not be saved is not sent again by itself, until it changes or somebody asks. */
  const [refused, setRefused] = useState<VariantChange>();
  const [busy, setBusy] = useState(false);
  const { id, procedureId, baseVersion, areaId } = draft;
  const pending = canonical(saved.change) !== canonical(change);
  const conflict = problem instanceof ApiProblem && problem.status === 409;
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { version, updatedAt } = await putProcedureDraft(id, { version: saved.version, procedureId, baseVersion, areaId, change });
      setSaved({ version, change, at: updatedAt });
    } catch (failure) {
      setProblem(failure);
      setRefused(change);
    }
    setBusy(false);
  };
  const latest = useRef<() => void>(undefined);
  latest.current = pending && fits && !busy && !conflict && refused !== change ? () => void save() : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written last is what is saved, a moment after the last key
  useEffect(() => {
    const timer = setTimeout(() => latest.current?.(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [change, busy]);
  // Whoever leaves at once loses nothing.
  useEffect(() => () => latest.current?.(), []);
  return { saved, problem, conflict, pending, busy, save };
};

interface DraftEditorProps {
  readonly draft: ProcedureDraft;
  readonly base: Procedure;
}

/** A variant while it is written: what it changes, what the check says of it, and the diagram with the way to what is wrong. */
export const DraftEditor = ({ draft, base }: DraftEditorProps) => {
  const { t, of, l, why, language } = useWords('procedure');
  const words = useProcedureWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [whole, setWhole] = useState<Procedure>(() => {
    const first = varied(base, draft.change, FIRST_LOCAL_VERSION);
    return first.ok ? first.definition : { ...base, version: FIRST_LOCAL_VERSION };
  });
  const [place, setPlace] = useState('general');
  const [shown, setShown] = useState<Finding>();
  const [publishing, setPublishing] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const change = useMemo(() => changeBetween(base, whole), [base, whole]);
  const fit = useMemo(() => varied(base, change, FIRST_LOCAL_VERSION), [base, change]);
  const soundness = useSoundness(fit.ok ? fit.definition : undefined);
  const { saved, problem: unsaved, conflict, pending, busy, save } = useSaving(draft, change, fit.ok);
  const finding = soundness.findings.find((one) => one.code === shown?.code && one.where === shown.where);
  const area = draft.area ? l(draft.area) : '';

  const look = () => client.resetQueries({ queryKey: keys.procedureDraft(draft.id) });
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    await work().catch(setProblem);
  };
  const apart = () =>
    attempt(async () => {
      const { procedureId, baseVersion, areaId } = draft;
      const draftId = await keepApart({ procedureId, baseVersion, areaId, change });
      await navigate({ to: '/procedures/drafts/$draftId', params: { draftId } });
    });
  const drop = () =>
    attempt(async () => {
      await dropProcedureDraft(draft.id, saved.version);
      await client.invalidateQueries({ queryKey: keys.procedureDrafts });
      await navigate({ to: '/procedures' });
    });
  const unfit = fit.ok ? undefined : of('problem', fit.code, t('procedure.unfit', { where: fit.where }));
  const standing = unfit
    ? t('procedure.unsaved')
    : busy
      ? t('procedure.saving')
      : pending
        ? t('procedure.unsaved')
        : t('procedure.saved', { time: formatInstant(saved.at, language) });
  const ready =
    fit.ok && !pending && !busy && soundness.state === 'checked' && !soundness.findings.length && Object.keys(change).length > 0;
  return (
    <>
      <p className="no-print">
        <Link to="/procedures">‹ {t('procedure.back')}</Link>
      </p>
      <div className="row">
        <h1>{t('procedure.editTitle', { title: l(whole.title) })}</h1>
        <span role="status" className="quiet">
          {standing}
        </span>
      </div>
      <p className="quiet">{t('procedure.editOn', { version: words.version(base.version), area })}</p>
      <div className="row field no-print">
        <Button type="primary" disabled={!ready} onClick={() => setPublishing(true)}>
          {t('procedure.publish')}
        </Button>
        <Popconfirm
          title={t('procedure.draftDelete')}
          description={t('procedure.draftDeleteSure')}
          okText={t('procedure.draftDelete')}
          cancelText={t('form.cancel')}
          onConfirm={() => void drop()}
        >
          <Button>{t('procedure.draftDelete')}</Button>
        </Popconfirm>
      </div>
      {conflict ? (
        <Alert
          role="alert"
          type="warning"
          showIcon
          className="field"
          title={t('procedure.conflict')}
          action={
            <span className="row">
              <Button size="small" onClick={() => void look()}>
                {t('procedure.conflictLook')}
              </Button>
              <Button size="small" onClick={() => void apart()}>
                {t('procedure.conflictKeep')}
              </Button>
            </span>
          }
        />
      ) : unsaved ? (
        <Alert
          role="alert"
          type="error"
          showIcon
          className="field"
          title={why(unsaved)}
          action={
            <Button size="small" onClick={() => void save()}>
              {t('app.again')}
            </Button>
          }
        />
      ) : null}
      <Wrong problem={problem} />
      <div className="columns editor">
        <EditPart base={base} whole={whole} change={change} place={place} go={setPlace} onChange={setWhole} />
        <div className="beside">
          <CheckPanel procedure={whole} soundness={soundness} unfit={unfit} shown={finding} show={setShown} go={setPlace} />
          <section className="card wide" aria-label={t('procedure.changes')}>
            <h2>{t('procedure.changes')}</h2>
            <DifferenceTable before={base} after={whole} none={t('procedure.changesNone')} />
          </section>
        </div>
      </div>
      <section className="card">
        <ProcedureDiagram procedure={whole} {...(finding ? { path: finding.path } : {})} />
      </section>
      {publishing ? (
        <PublishDrawer
          draftId={draft.id}
          version={saved.version}
          area={area}
          done={({ id, version }) => {
            void client.invalidateQueries({ queryKey: keys.procedureDrafts });
            void navigate({ to: '/procedures/$id/$version', params: { id, version: String(version) } });
          }}
          close={() => setPublishing(false)}
        />
      ) : null}
    </>
  );
};
